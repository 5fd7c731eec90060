using EdgeAlarm.PlantSimulator.Scenarios;

namespace EdgeAlarm.RuleTests;

/// <summary>
/// Reads what stands behind <c>expect</c>: <c>ALARM raised within 5s</c>, <c>ALARM not raised for 30s</c>, <c>ALARM acknowledged</c>, <c>ALARM not armed because "bad quality"</c>,
/// <c>PLC1 gap within 5s</c>, <c>nothing until 110s</c>.
/// </summary>
internal static class ExpectationParser
{
    /// <summary>Understands an expectation; null where the reader has a fault.</summary>
    public static Expectation? Parse(WordReader words, TimeSpan at, RuleNames names)
    {
        var parsed = words.TakeIf("nothing", "until") ? Silence(words, at) : Named(words, names);
        return words.Fault is null && words.ExpectEnd() ? parsed : null;
    }

    private static SilenceExpectation? Silence(WordReader words, TimeSpan at)
    {
        var until = words.Peek;
        return words.TakeDuration(out var time) && (time > at || words.Fail(until, "a time of the scenario later than the expectation's")) ? new(time) : null;
    }

    private static Expectation? Named(WordReader words, RuleNames names)
    {
        var name = words.Peek.Text;
        if (names.Sources.Contains(name, StringComparer.Ordinal) || names.Tags.Contains(name, StringComparer.Ordinal))
        {
            words.Take();
            return words.Expect("gap") && words.Expect("within") && words.TakeDuration(out var within) ? new GapExpectation(name, within) : null;
        }

        if (!words.TakeName(names.Alarms, "`nothing until TIME`, a source, a tag or an alarm of the list", out _))
        {
            return null;
        }

        var isNot = words.TakeIf("not");
        var what = words.Take();
        if (words.TakeIf(isNot ? "for" : "within"))
        {
            return !AlarmWords.Transitions.TryGetValue(what.Text, out var kind)
                ? Refuse(words, what, $"a transition: {string.Join(", ", AlarmWords.Transitions.Keys.Order(StringComparer.Ordinal))}")
                : words.TakeDuration(out var within) ? new TransitionExpectation(name, kind, within, isNot) : null;
        }

        if (AlarmWords.States.IndexOf(what.Text) < 0)
        {
            return Refuse(words, what, $"a state: {string.Join(", ", AlarmWords.States)}; or a transition with `within 5s`, or `not` and `for 5s`: {string.Join(", ", AlarmWords.Transitions.Keys.Order(StringComparer.Ordinal))}");
        }

        string? because = null;
        return !words.TakeIf("because") || words.TakeText("words of the reason in quotes", out because) ? new StateExpectation(name, what.Text, isNot, because) : null;
    }

    private static Expectation? Refuse(WordReader words, ScenarioWord word, string allowed)
    {
        words.Fail(word, allowed);
        return null;
    }
}
