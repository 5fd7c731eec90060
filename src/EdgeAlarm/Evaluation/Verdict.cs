namespace EdgeAlarm.Evaluation;

/// <summary>What the evaluator found.</summary>
internal sealed record Verdict
{
    /// <summary>Values that the plant set.</summary>
    public required long Samples { get; init; }

    /// <summary>Occurrences that were raised.</summary>
    public required long Raised { get; init; }

    /// <summary>Events that the gateway published, by their highest seq.</summary>
    public required long Published { get; init; }

    /// <summary>Events that the historian confirmed.</summary>
    public required long Receipted { get; init; }

    /// <summary>Events that were published and are not in the store.</summary>
    public required long Lost { get; init; }

    /// <summary>Transitions that are in the store more than once.</summary>
    public required long Duplicates { get; init; }

    /// <summary>Abnormal intervals of the plant that had to alarm, have no alarm and lie in no recorded gap.</summary>
    public required IReadOnlyList<AbnormalInterval> Missed { get; init; }

    /// <summary>Alarms that were judged: those that the values of one tag alone decide. The others' rules are proved by <c>edgealarm test</c>, not here.</summary>
    public required int Judged { get; init; }

    /// <summary>Abnormal intervals that had to alarm.</summary>
    public required long MustAlarm { get; init; }

    /// <summary>Those of them that have no alarm but lie in a recorded gap.</summary>
    public required long InGap { get; init; }

    /// <summary>Whether nothing was lost, double or missed.</summary>
    public bool IsClean => Lost == 0 && Duplicates == 0 && Missed.Count == 0;
}
