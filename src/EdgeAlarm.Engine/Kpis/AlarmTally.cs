namespace EdgeAlarm.Engine;

/// <summary>What figures remember of one alarm: its days, and how it stands.</summary>
internal sealed class AlarmTally(string id)
{
    /// <summary>The alarm's id.</summary>
    public string Id => id;

    /// <summary>Its days, at the place of each in the ring of days.</summary>
    public AlarmDay[] Days { get; } = new AlarmDay[KpiRules.PeriodDays];

    /// <summary>Its priority when it was last told of.</summary>
    public AlarmPriority Priority { get; set; }

    /// <summary>Its lifecycle.</summary>
    public LifecycleState State { get; set; }

    /// <summary>What suppresses it.</summary>
    public SuppressionStates Suppression { get; set; }

    /// <summary>ConditionTime since when it is active without a break; <see cref="PlantTime.Never"/> where it is not.</summary>
    public PlantTime ActiveSince { get; set; } = PlantTime.Never;

    /// <summary>When it was annunciated and waits for its acknowledgement; <see cref="PlantTime.Zero"/> where nothing waits.</summary>
    public PlantTime UnacknowledgedSince { get; set; }

    /// <summary>Whether the present occurrence was counted.</summary>
    public bool IsCounted { get; set; }

    /// <summary>Whether it began to chatter, and neither was its end told nor did it rest.</summary>
    public bool IsChattering { get; set; }

    /// <summary>Plant time of its last activation.</summary>
    public PlantTime LastActivation { get; set; }

    /// <summary>When its last occurrence ended that was fleeting, by ConditionTime; <see cref="PlantTime.Never"/> where the last one was not.</summary>
    public PlantTime FleetedAt { get; set; } = PlantTime.Never;

    /// <summary>The day on which that was counted.</summary>
    public long FleetedOn { get; set; }

    /// <summary>When its shelving began; <see cref="PlantTime.Zero"/> where it is not shelved.</summary>
    public PlantTime ShelvedSince { get; set; }

    /// <summary>When it was taken out of service; <see cref="PlantTime.Zero"/> where it is in service.</summary>
    public PlantTime OutOfServiceSince { get; set; }

    /// <summary>Whether somebody waits for its acknowledgement who can see it.</summary>
    public bool IsShownUnacknowledged => Suppression == SuppressionStates.None
        && State is LifecycleState.Unacknowledged or LifecycleState.ReturnedUnacknowledged or LifecycleState.LatchedUnacknowledged;

    /// <summary>Whether it stands on the operator's list with its condition true.</summary>
    public bool IsStanding => ActiveSince != PlantTime.Never && Suppression == SuppressionStates.None;

    /// <summary>Whether nothing of it is left that a figure could need.</summary>
    public bool IsForgotten => State == LifecycleState.Normal && Suppression == SuppressionStates.None && Array.TrueForAll(Days, static day => day.IsEmpty);

    /// <summary>Whether it has stood for too long at a moment.</summary>
    public bool IsStaleAt(PlantTime time) => IsStanding && time - ActiveSince > KpiRules.StaleAfter;

    /// <summary>Whether it chatters at a moment. A list may have it no more before its end is told.</summary>
    public bool IsChatteringAt(PlantTime time) => IsChattering && time - LastActivation < ChatterWatch.QuietFor;

    /// <summary>Its figures over the period.</summary>
    public AlarmDay Sum()
    {
        var sum = default(AlarmDay);
        foreach (ref readonly var day in Days.AsSpan())
        {
            sum.Annunciated += day.Annunciated;
            sum.Fleeting += day.Fleeting;
            sum.Chattering += day.Chattering;
        }

        return sum;
    }
}
