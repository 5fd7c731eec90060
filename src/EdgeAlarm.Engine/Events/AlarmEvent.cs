namespace EdgeAlarm.Engine;

/// <summary>One event: a fact that leaves the engine with its place in the dense sequence of its epoch.</summary>
public sealed record AlarmEvent
{
    /// <summary>The epoch it belongs to.</summary>
    public required Guid Epoch { get; init; }

    /// <summary>Dense from 1 within the epoch.</summary>
    public required long Seq { get; init; }

    /// <summary>What happened.</summary>
    public required EventKind Kind { get; init; }

    /// <summary>Who or what is behind it.</summary>
    public required EventCause Cause { get; init; }

    /// <summary>Plant time at which the engine decided.</summary>
    public required PlantTime At { get; init; }

    /// <summary>ConditionTime of the transition: when it happened in the plant. Equals <see cref="At"/> where no sample stands behind it.</summary>
    public required PlantTime ConditionTime { get; init; }

    /// <summary>Index of the alarm, or -1.</summary>
    public int Alarm { get; init; } = -1;

    /// <summary>The occurrence it belongs to, or <see cref="OccurrenceId.None"/>.</summary>
    public OccurrenceId Occurrence { get; init; }

    /// <summary>State after the event, for events of an alarm.</summary>
    public LifecycleState State { get; init; }

    /// <summary>
    /// What suppresses the alarm after the event. An <see cref="EventKind.Activated"/> tells only what suppressed it already when the condition became true: what came later
    /// hides no alarm that was there before.
    /// </summary>
    public SuppressionStates Suppression { get; init; }

    /// <summary>The level that the alarm shows, or showed last while it stood; None where it has no levels or nothing of it stands.</summary>
    public AlarmLevel Level { get; init; }

    /// <summary>Index of the tag, or -1.</summary>
    public int Tag { get; init; } = -1;

    /// <summary>Index of the source, or -1.</summary>
    public int Source { get; init; } = -1;

    /// <summary>The sample that decided, where one did.</summary>
    public Sample? Sample { get; init; }

    /// <summary>Circumstances.</summary>
    public EventFlags Flags { get; init; }

    /// <summary>The name of a system condition; otherwise null.</summary>
    public string? Name { get; init; }

    /// <summary>Who acted, for operator events.</summary>
    public string? By { get; init; }

    /// <summary>Reason, comment or detail.</summary>
    public string? Reason { get; init; }

    /// <summary>Begin and end of a gap.</summary>
    public (PlantTime Start, PlantTime End)? Interval { get; init; }

    /// <summary>Offset of the source's clock at that moment (plant time minus source clock); null where no source stands behind the event or it was never measured.</summary>
    public TimeSpan? ClockOffset { get; init; }

    /// <summary>Whether that offset was good enough to trust SourceTime; null together with <see cref="ClockOffset"/>.</summary>
    public bool? ClockSynchronised { get; init; }
}
