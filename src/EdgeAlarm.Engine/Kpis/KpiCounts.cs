namespace EdgeAlarm.Engine;

/// <summary>What is counted of a day beside its bins.</summary>
internal record struct KpiCounts
{
    /// <summary>Annunciated again because they stood: part of the annunciated ones.</summary>
    public long ReAlarms;

    /// <summary>Found active by the first samples after a start or a reconnection: not counted as annunciated.</summary>
    public long ActiveAtStart;

    /// <summary>Of priority journal: recorded, never annunciated.</summary>
    public long Journal;

    /// <summary>Would have been annunciated, had nothing suppressed them.</summary>
    public long Hidden;

    /// <summary>Annunciated ones that returned before anybody acknowledged.</summary>
    public long ReturnedUnacknowledged;

    /// <summary>Acknowledgements.</summary>
    public long Acknowledged;

    /// <summary>Acknowledgements that nobody can have thought about.</summary>
    public long RubberStamped;

    /// <summary>Shelvings that ended.</summary>
    public long Shelvings;

    /// <summary>Of these, by their time.</summary>
    public long ShelvingsExpired;

    /// <summary>Of these, by an operator.</summary>
    public long ShelvingsByOperator;

    /// <summary>How long they were, in ticks.</summary>
    public long ShelvedTicks;

    /// <summary>The longest of them, in ticks.</summary>
    public long ShelvedTicksMax;

    /// <summary>Floods that ended.</summary>
    public long Floods;

    /// <summary>Alarms annunciated in them.</summary>
    public long FloodAlarms;

    /// <summary>Stale alarms at the end of the day.</summary>
    public long Stale;

    /// <summary>Adds those of another day.</summary>
    public void Add(in KpiCounts other)
    {
        ReAlarms += other.ReAlarms;
        ActiveAtStart += other.ActiveAtStart;
        Journal += other.Journal;
        Hidden += other.Hidden;
        ReturnedUnacknowledged += other.ReturnedUnacknowledged;
        Acknowledged += other.Acknowledged;
        RubberStamped += other.RubberStamped;
        Shelvings += other.Shelvings;
        ShelvingsExpired += other.ShelvingsExpired;
        ShelvingsByOperator += other.ShelvingsByOperator;
        ShelvedTicks += other.ShelvedTicks;
        ShelvedTicksMax = Math.Max(ShelvedTicksMax, other.ShelvedTicksMax);
        Floods += other.Floods;
        FloodAlarms += other.FloodAlarms;
        Stale = Math.Max(Stale, other.Stale);
    }
}
