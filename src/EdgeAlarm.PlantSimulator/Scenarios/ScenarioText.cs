namespace EdgeAlarm.PlantSimulator.Scenarios;

/// <summary>
/// Reads the text format of scenarios: one step a line, indentation free, <c>#</c> begins a comment. A step without <c>at</c> has the
/// time of the step before it (behind a <c>from ... to</c>, its end). The header lines are <c>scenario TITLE</c>, <c>uses FILE</c> and
/// <c>repeat every DURATION</c>.
/// </summary>
public static class ScenarioText
{
    /// <summary>The longest text that is read, in characters.</summary>
    public const int LengthMax = 4 * 1024 * 1024;

    /// <summary>The first words of operator steps.</summary>
    public static IReadOnlyList<string> OperatorActions { get; } = ["ack", "reset", "shelve", "unshelve", "suppress", "unsuppress", "remove", "return"];

    /// <summary>The first words of system steps.</summary>
    public static IReadOnlyList<string> SystemParts { get; } = ["restart", "kill", "reload", "clock", "disk", "broker", "historian"];

    /// <summary>Reads a scenario. Any text gives an answer; nothing is thrown.</summary>
    /// <param name="file">The file's name, for the faults.</param>
    /// <param name="text">Its content.</param>
    public static ScenarioReading Read(string file, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > LengthMax)
        {
            return new ScenarioReading(null, [new ScenarioFault(file, 1, 1, $"{text.Length} characters", $"at most {LengthMax}")]);
        }

        var header = new ScenarioHeader();
        var parser = new ScenarioStepParser();
        var steps = new List<ScenarioStep>();
        var faults = new List<ScenarioFault>();
        var number = 0;
        foreach (var raw in text.TrimStart('\uFEFF').Split('\n'))
        {
            var line = new ScenarioLine(file, ++number, raw.TrimEnd('\r'));
            if (!line.IsEmpty && !header.TryTake(line) && line.Fault is null && parser.Parse(line) is { } step)
            {
                steps.Add(step);
            }

            if (line.Fault is { } fault)
            {
                faults.Add(fault);
            }
        }

        header.Check(file, steps, faults);
        return faults.Count > 0
            ? new ScenarioReading(null, [.. faults.OrderBy(fault => fault.Line)])
            : new ScenarioReading(new Scenario(file, header.Title!, header.Uses, header.RepeatEvery, [.. steps.OrderBy(step => step.At)]), []);
    }
}
