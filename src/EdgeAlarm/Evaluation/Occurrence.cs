namespace EdgeAlarm.Evaluation;

/// <summary>An occurrence as the historian's rows tell it.</summary>
/// <param name="Activated">When it was raised.</param>
/// <param name="Returned">When it returned; null while it stands.</param>
internal sealed record Occurrence(DateTime Activated, DateTime? Returned)
{
    /// <summary>The occurrences of each alarm.</summary>
    public static ILookup<string, Occurrence> From(IReadOnlyList<StoredFact> facts)
    {
        var returned = facts.Where(fact => fact is { Kind: "Returned", Occurrence: not null })
            .GroupBy(fact => fact.Occurrence!, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Max(fact => fact.Time), StringComparer.Ordinal);
        return facts.Where(fact => fact is { Kind: "Activated", Alarm: not null, Occurrence: not null })
            .ToLookup(
                fact => fact.Alarm!,
                fact => new Occurrence(fact.Time, returned.TryGetValue(fact.Occurrence!, out var time) ? time : null),
                StringComparer.Ordinal);
    }

    /// <summary>Whether the alarm stood when the interval demanded it.</summary>
    public bool Answers(AbnormalInterval interval, TimeSpan slack) =>
        Activated <= interval.Due && (Returned is null || Returned >= interval.Due - slack);
}
