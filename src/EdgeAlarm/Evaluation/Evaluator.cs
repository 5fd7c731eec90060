namespace EdgeAlarm.Evaluation;

/// <summary>
/// Judges a run from outside: the plant's own value log on one side, the historian's table on the other. It shares no code with the engine, so that a fault there
/// cannot hide itself.
/// </summary>
/// <param name="rules">The alarm list.</param>
/// <param name="slack">Sampling, publishing and clock tolerance.</param>
internal sealed class Evaluator(IReadOnlyList<AlarmRule> rules, TimeSpan slack)
{
    private static readonly string[] Transitions = ["Activated", "Returned", "Acknowledged"];

    /// <summary>Compares a run.</summary>
    /// <param name="log">Everything the plant set.</param>
    /// <param name="stored">Everything the historian has of this gateway, in any order.</param>
    /// <param name="lastSeq">The gateway's last seq of each epoch.</param>
    /// <param name="through">The historian's watermark of each epoch.</param>
    /// <param name="from">When the gateway began to see.</param>
    /// <param name="until">Where the judgement ends.</param>
    public Verdict Judge(
        IReadOnlyList<LoggedValue> log,
        IReadOnlyList<StoredFact> stored,
        IReadOnlyDictionary<Guid, long> lastSeq,
        IReadOnlyDictionary<Guid, long> through,
        DateTime from,
        DateTime until)
    {
        var inOrder = stored.OrderBy(fact => fact.Epoch).ThenBy(fact => fact.Seq).ToList();
        var mustAlarm = PlantTruth.IntervalsThatMustAlarm(rules, log, from, until, slack);
        var occurrences = Occurrence.From(inOrder);
        var unanswered = mustAlarm.Where(interval => !occurrences[interval.Alarm].Any(occurrence => occurrence.Answers(interval, slack))).ToList();
        var missed = unanswered.Where(interval => !inOrder.Exists(fact => Excuses(fact, interval))).ToList();
        return new Verdict
        {
            Samples = log.Count,
            Raised = inOrder.Where(fact => fact.Kind is "Activated").Select(fact => (fact.Alarm, fact.Occurrence)).Distinct().Count(),
            Published = lastSeq.Values.Sum(),
            Receipted = through.Sum(epoch => Math.Min(epoch.Value, lastSeq.GetValueOrDefault(epoch.Key, epoch.Value))),
            Lost = lastSeq.Sum(epoch => epoch.Value - stored.Where(fact => fact.Epoch == epoch.Key && fact.Seq <= epoch.Value).Select(fact => fact.Seq).Distinct().Count()),
            Duplicates = CountDuplicates(inOrder),
            Judged = rules.Count,
            MustAlarm = mustAlarm.Count,
            InGap = unanswered.Count - missed.Count,
            Missed = missed,
        };
    }

    // a transition is the same transition whatever key it was stored under; a second activation without a return between is the first one told twice,
    // unless a gap lies between, in which the return may have gone unseen
    private static long CountDuplicates(List<StoredFact> inOrder)
    {
        var sameTransition = inOrder
            .Where(fact => Transitions.Contains(fact.Kind, StringComparer.Ordinal))
            .GroupBy(fact => (fact.Alarm, fact.Occurrence, fact.Kind))
            .Sum(group => group.Count() - 1L);
        var raisedTwice = inOrder
            .Where(fact => fact.Kind is "Activated" or "Returned" or "Gap" or "EpochStarted")
            .Aggregate((count: 0L, active: new HashSet<string>(StringComparer.Ordinal)), (seen, fact) =>
            {
                switch (fact.Kind)
                {
                    case "Activated":
                        return (seen.active.Add(fact.Alarm!) ? seen.count : seen.count + 1, seen.active);
                    case "Returned":
                        seen.active.Remove(fact.Alarm!);
                        return seen;
                    default:
                        seen.active.Clear();
                        return seen;
                }
            }).count;
        return Math.Max(sameTransition, raisedTwice);
    }

    private static bool Excuses(StoredFact fact, AbnormalInterval interval) =>
        fact is { Kind: "Gap", GapStart: { } start, GapEnd: { } end }
        && (fact.Tag is null || string.Equals(fact.Tag, interval.Tag, StringComparison.Ordinal))
        && start < interval.Due && end > interval.Start;
}
