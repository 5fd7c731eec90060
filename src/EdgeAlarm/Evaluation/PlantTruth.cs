namespace EdgeAlarm.Evaluation;

/// <summary>Finds in the plant's value log what had to alarm.</summary>
internal static class PlantTruth
{
    /// <summary>Every interval in which a rule's tag was abnormal for longer than the on-delay and the slack, in <paramref name="from"/> to <paramref name="until"/>.</summary>
    /// <param name="rules">The alarm list.</param>
    /// <param name="log">The value log.</param>
    /// <param name="from">When the gateway began to see.</param>
    /// <param name="until">Where the judgement ends.</param>
    /// <param name="slack">Sampling, publishing and two clocks: shorter excursions may or may not be seen.</param>
    public static List<AbnormalInterval> IntervalsThatMustAlarm(
        IReadOnlyList<AlarmRule> rules, IReadOnlyList<LoggedValue> log, DateTime from, DateTime until, TimeSpan slack)
    {
        var byTag = log.GroupBy(value => value.Tag, StringComparer.Ordinal).ToDictionary(tag => tag.Key, tag => tag.ToList(), StringComparer.Ordinal);
        var intervals = new List<AbnormalInterval>();
        foreach (var rule in rules)
        {
            if (byTag.TryGetValue(rule.Tag, out var values))
            {
                foreach (var (start, end) in AbnormalStretches(rule, values, until))
                {
                    var seenFrom = start > from ? start : from;
                    var due = seenFrom + rule.OnDelay + slack;
                    if (due < end)
                    {
                        intervals.Add(new(rule.Alarm, rule.Tag, seenFrom, due, end));
                    }
                }
            }
        }

        return intervals;
    }

    private static IEnumerable<(DateTime Start, DateTime End)> AbnormalStretches(AlarmRule rule, List<LoggedValue> values, DateTime until)
    {
        DateTime? start = null;
        foreach (var value in values.TakeWhile(value => value.Time < until))
        {
            var abnormal = !value.IsBad && rule.IsAbnormal(value.Value);
            if (abnormal)
            {
                start ??= value.Time;
            }
            else if (start is { } begun)
            {
                yield return (begun, value.Time);
                start = null;
            }
        }

        if (start is { } standing)
        {
            yield return (standing, until);
        }
    }
}
