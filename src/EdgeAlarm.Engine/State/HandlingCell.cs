namespace EdgeAlarm.Engine;

/// <summary>What was done with one alarm: its lifecycle, what suppresses it, and the timers of both. They run in plant time, whether its source is up or not.</summary>
internal struct HandlingCell : IDue
{
    /// <summary>The present occurrence, or the last.</summary>
    public OccurrenceId Occurrence;

    /// <summary>The shelving; null if it is not shelved.</summary>
    public Inhibition? Shelf;

    /// <summary>The time out of service; null if it is in service.</summary>
    public Inhibition? Service;

    /// <summary>When a standing alarm is annunciated again; <see cref="PlantTime.Never"/> if not.</summary>
    public PlantTime ReAlarmDue;

    /// <summary>When a timed latch resets itself; <see cref="PlantTime.Never"/> if not.</summary>
    public PlantTime ResetDue;

    /// <summary>ConditionTime of the last activation, and of the two before it.</summary>
    public ActivationTimes Activations;

    /// <summary>Plant time at which chattering is over, if no activation comes before; <see cref="PlantTime.Never"/> if it does not chatter.</summary>
    public PlantTime QuietDue;

    /// <summary>Activations since chattering began.</summary>
    public int Chatter;

    /// <summary>The lifecycle.</summary>
    public LifecycleState Lifecycle;

    /// <summary>The level that it shows; while it does not stand, the last one; None where it has no levels.</summary>
    public AlarmLevel Level;

    /// <summary>Whether its suppression group suppresses it.</summary>
    public bool IsSuppressedByDesign;

    /// <inheritdoc />
    public PlantTime Due { get; set; }

    /// <summary>Nothing was done yet.</summary>
    public static HandlingCell Untouched => new() { ReAlarmDue = PlantTime.Never, ResetDue = PlantTime.Never, QuietDue = PlantTime.Never, Due = PlantTime.Never };

    /// <summary>What suppresses it.</summary>
    public readonly SuppressionStates Suppression =>
        (Shelf is null ? SuppressionStates.None : SuppressionStates.Shelved)
        | (IsSuppressedByDesign ? SuppressionStates.SuppressedByDesign : SuppressionStates.None)
        | (Service is null ? SuppressionStates.None : SuppressionStates.OutOfService);

    /// <summary>Whether its indication stands: anything but Normal.</summary>
    public readonly bool IsStanding => Lifecycle != LifecycleState.Normal;
}
