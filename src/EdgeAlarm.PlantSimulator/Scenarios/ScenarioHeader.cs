namespace EdgeAlarm.PlantSimulator.Scenarios;

/// <summary>The header lines of a scenario, each at most once.</summary>
internal sealed class ScenarioHeader
{
    internal string? Title { get; private set; }

    internal string? Uses { get; private set; }

    internal TimeSpan? RepeatEvery { get; private set; }

    /// <summary>Takes the line if it is a header line; a wrong one leaves its fault in the line and counts as taken.</summary>
    internal bool TryTake(ScenarioLine line)
    {
        var first = line.Peek;
        switch (first.Text)
        {
            case "scenario":
                line.Take();
                Title = Once(line, first, Title, TakeText(line, "the title"));
                return true;
            case "uses":
                line.Take();
                Uses = Once(line, first, Uses, TakeText(line, "an alarm list such as ../alarms.csv"));
                return true;
            case "repeat":
                line.Take();
                if (line.Expect("every") && line.TakePositiveDuration(out var every) && line.ExpectEnd())
                {
                    RepeatEvery = RepeatEvery is null ? every : Refuse(line, first, RepeatEvery);
                }

                return true;
            default:
                return false;
        }
    }

    /// <summary>What only the whole file can tell.</summary>
    internal void Check(string file, List<ScenarioStep> steps, List<ScenarioFault> faults)
    {
        if (Title is null && faults.TrueForAll(fault => fault.Value != "scenario"))
        {
            faults.Add(new ScenarioFault(file, 1, 1, string.Empty, "`scenario TITLE` as the first line"));
        }

        if (RepeatEvery is not { } every)
        {
            return;
        }

        foreach (var step in steps)
        {
            var last = step is RampStep ramp ? ramp.Until : step.At;
            if (last >= every)
            {
                faults.Add(new ScenarioFault(file, step.Line, 1, step.Text, $"steps before {every.TotalSeconds:0.###} s, where the round ends (`repeat every`)"));
            }
        }
    }

    private static string? TakeText(ScenarioLine line, string what)
    {
        var rest = line.Peek;
        var text = line.Rest();
        if (text.Length == 0)
        {
            line.Fail(rest, what);
            return null;
        }

        return text;
    }

    private static string? Once(ScenarioLine line, ScenarioWord word, string? before, string? now) =>
        before is null ? now : Refuse(line, word, before);

    private static T Refuse<T>(ScenarioLine line, ScenarioWord word, T before)
    {
        line.Fail(word, $"`{word.Text}` once");
        return before;
    }
}
