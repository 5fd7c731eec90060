namespace EdgeAlarm.PlantSimulator.Scenarios;

/// <summary>Reads steps; remembers the time of the step before, which a step without <c>at</c> inherits.</summary>
internal sealed class ScenarioStepParser
{
    private const string Statements =
        "`TAG = ...`, `TAG quality NAME`, `TAG freeze`, `TAG mute`, `TAG resume`, `SOURCE lost for 30s`, `SOURCE back`, `expect ...`, `note ...`";

    private TimeSpan _time;

    /// <summary>The step; <see langword="null"/> where the line has a fault, which then stands in the line.</summary>
    internal ScenarioStep? Parse(ScenarioLine line)
    {
        if (line.TakeIf("from"))
        {
            return ParseRamp(line);
        }

        if (line.TakeIf("at"))
        {
            if (!line.TakeDuration(out var at))
            {
                return null;
            }

            _time = at;
        }

        var step = ParseStatement(line);
        return line.ExpectEnd() ? step : null;
    }

    private RampStep? ParseRamp(ScenarioLine line)
    {
        if (!line.TakeDuration(out var from) || !line.Expect("to"))
        {
            return null;
        }

        var end = line.Peek;
        if (!line.TakeDuration(out var until) || (until <= from && !line.Fail(end, "a time later than the one behind `from`"))
            || !line.Expect("every") || !line.TakePositiveDuration(out var every))
        {
            return null;
        }

        var tag = line.Take();
        _time = until;
        return IsName(line, tag) && line.Expect("=") && line.Expect("ramp") && line.TakeValue(out var first, out _) && line.Expect("to")
            && line.TakeValue(out var last, out _) && line.ExpectEnd()
            ? new RampStep(from, line.Number, line.Text, until, every, tag, first, last)
            : null;
    }

    private ScenarioStep? ParseStatement(ScenarioLine line)
    {
        var first = line.Take();
        if (line.TakeIf("="))
        {
            return IsName(line, first) ? ParseValue(line, first) : null;
        }

        if (first.Text == "expect")
        {
            return line.AtEnd ? Missing(line, "what is expected") : new ExpectationStep(_time, line.Number, line.Text, line.RestWords());
        }

        if (first.Text == "note")
        {
            return new NoteStep(_time, line.Number, line.Text, line.Rest());
        }

        if (ScenarioText.OperatorActions.Contains(first.Text))
        {
            return line.AtEnd ? Missing(line, "an alarm") : new OperatorStep(_time, line.Number, line.Text, first, line.RestWords());
        }

        return ScenarioText.SystemParts.Contains(first.Text)
            ? new SystemStep(_time, line.Number, line.Text, first, line.RestWords())
            : ParseTagOrSource(line, first);
    }

    private ScenarioStep? ParseTagOrSource(ScenarioLine line, ScenarioWord name)
    {
        if (line.AtEnd)
        {
            line.Fail(name, Statements + NearestName.Hint(name.Text, [.. ScenarioText.OperatorActions, .. ScenarioText.SystemParts, "expect", "note"]));
            return null;
        }

        if (!IsName(line, name))
        {
            return null;
        }

        var verb = line.Take();
        switch (verb.Text)
        {
            case "freeze":
                return new TagModeStep(_time, line.Number, line.Text, name, TagMode.Freeze);
            case "mute":
                return new TagModeStep(_time, line.Number, line.Text, name, TagMode.Mute);
            case "resume":
                return new TagModeStep(_time, line.Number, line.Text, name, TagMode.Resume);
            case "quality":
                return line.AtEnd ? Missing(line, "the name of a quality such as Good or BadSensorFailure") : new QualityStep(_time, line.Number, line.Text, name, line.Take());
            case "lost":
                return !line.TakeIf("for")
                    ? new SourceLostStep(_time, line.Number, line.Text, name, null)
                    : line.TakePositiveDuration(out var duration) ? new SourceLostStep(_time, line.Number, line.Text, name, duration) : null;
            case "back":
                return new SourceBackStep(_time, line.Number, line.Text, name);
            default:
                line.Fail(verb, Statements + NearestName.Hint(verb.Text, ["quality", "freeze", "mute", "resume", "lost", "back"]));
                return null;
        }
    }

    private ScenarioStep? ParseValue(ScenarioLine line, ScenarioWord tag)
    {
        if (line.Peek.Text == "ramp")
        {
            line.Fail(line.Peek, "`from A to B every D TAG = ramp X to Y` (a ramp needs its time)");
            return null;
        }

        if (line.TakeIf("pulse"))
        {
            return line.TakePositiveDuration(out var width) && line.TakeValue(out var peak, out var writtenPeak)
                ? new PulseStep(_time, line.Number, line.Text, tag, width, writtenPeak, peak)
                : null;
        }

        if (line.TakeIf("toggle"))
        {
            return ParseHalf(line, out var one) && line.Expect(",") && ParseHalf(line, out var two)
                ? new ToggleStep(_time, line.Number, line.Text, tag, one, two)
                : null;
        }

        return line.TakeValue(out var value, out var written) ? new ConstantStep(_time, line.Number, line.Text, tag, written, value) : null;
    }

    private static bool ParseHalf(ScenarioLine line, out ToggleHalf half)
    {
        half = default;
        if (!line.TakeValue(out var value, out var written) || !line.Expect("for") || !line.TakePositiveDuration(out var duration))
        {
            return false;
        }

        half = new ToggleHalf(written, value, duration);
        return true;
    }

    private static ScenarioStep? Missing(ScenarioLine line, string what)
    {
        line.Fail(line.Peek, what);
        return null;
    }

    private static bool IsName(ScenarioLine line, ScenarioWord word) =>
        (word.Text.Length is > 0 and <= 200 && word.Text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-'))
        || line.Fail(word, "a name of letters, digits, `_`, `.`, `-`");
}
