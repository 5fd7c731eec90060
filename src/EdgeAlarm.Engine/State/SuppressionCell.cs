namespace EdgeAlarm.Engine;

/// <summary>The state of one suppression by design.</summary>
internal struct SuppressionCell
{
    /// <summary>Where it stands.</summary>
    public SuppressionPhase Phase;

    /// <summary>While it suppresses: when that began, on the plant-time scale.</summary>
    public PlantTime Since;

    /// <summary>When the running delay, or the longest time, is over; <see cref="PlantTime.Never"/> if none runs.</summary>
    public PlantTime Due;

    /// <summary>Its delays are others now: one that runs has the new length, counted from where it began.</summary>
    public void Redelay(SuppressionGroupDefinition old, SuppressionGroupDefinition now) => Due = Phase switch
    {
        SuppressionPhase.Off => PlantTime.Never,
        SuppressionPhase.Entering => Due + (now.Entry - old.Entry),
        SuppressionPhase.On => Since + now.Max,
        SuppressionPhase.Leaving => PlantTime.Min(Due + (now.Exit - old.Exit), Since + now.Max),
        SuppressionPhase.Expired => PlantTime.Never,
    };

    /// <summary>Whether its alarms are suppressed.</summary>
    public readonly bool IsSuppressing => Phase is SuppressionPhase.On or SuppressionPhase.Leaving;
}
