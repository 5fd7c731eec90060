namespace EdgeAlarm.Engine;

/// <summary>The state of one alarm.</summary>
/// <param name="Lifecycle">Its lifecycle state.</param>
/// <param name="Condition">Whether the condition stands, after its delays.</param>
/// <param name="Occurrence">The present occurrence, or the last one where the alarm is Normal; <see cref="OccurrenceId.None"/> if there never was one.</param>
/// <param name="Since">ConditionTime of the last change of the condition; <see cref="PlantTime.Zero"/> if it never changed.</param>
/// <param name="Deadline">When a running delay ends, in ConditionTime; <see cref="PlantTime.Never"/> if none runs.</param>
public readonly record struct AlarmState(LifecycleState Lifecycle, bool Condition, OccurrenceId Occurrence, PlantTime Since, PlantTime Deadline)
{
    /// <summary>The level that it shows while its condition stands; None where it has no levels.</summary>
    public AlarmLevel Level { get; init; }

    /// <summary>What suppresses it.</summary>
    public SuppressionStates Suppression { get; init; }

    /// <summary>The shelving; null if it is not shelved.</summary>
    public Inhibition? Shelf { get; init; }

    /// <summary>The time out of service; null if it is in service.</summary>
    public Inhibition? OutOfService { get; init; }
}
