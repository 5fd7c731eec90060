namespace EdgeAlarm.Engine;

/// <summary>
/// What figures need of an event, by names instead of indexes: so a recorded event says the same as the engine's, and a reloaded list changes nothing that was counted.
/// </summary>
public readonly record struct KpiEvent
{
    /// <summary>What happened.</summary>
    public required EventKind Kind { get; init; }

    /// <summary>Plant time at which the engine decided: when it was annunciated.</summary>
    public required PlantTime At { get; init; }

    /// <summary>When it happened in the plant.</summary>
    public required PlantTime ConditionTime { get; init; }

    /// <summary>Who or what is behind it.</summary>
    public required EventCause Cause { get; init; }

    /// <summary>The alarm's id; null for events of no alarm.</summary>
    public string? Alarm { get; init; }

    /// <summary>Its priority at that moment.</summary>
    public AlarmPriority Priority { get; init; }

    /// <summary>State after the event.</summary>
    public LifecycleState State { get; init; }

    /// <summary>What suppresses the alarm after the event; of an activation, what suppressed it when its condition became true.</summary>
    public SuppressionStates Suppression { get; init; }

    /// <summary>Circumstances.</summary>
    public EventFlags Flags { get; init; }

    /// <summary>The source's name, for events of a source as a whole; otherwise null.</summary>
    public string? Source { get; init; }

    /// <summary>Who acted.</summary>
    public string? By { get; init; }

    /// <summary>When what the event ends or extends began (a flood, a shelving); <see cref="PlantTime.Zero"/> where it has none.</summary>
    public PlantTime Since { get; init; }
}
