namespace EdgeAlarm.Engine;

/// <summary>Ten minutes: what was annunciated, and how much of the plant was seen.</summary>
internal struct KpiBin
{
    /// <summary>Annunciated alarms.</summary>
    public int Annunciated;

    /// <summary>Source-ticks that were to be seen: the time since its begin, times the sources.</summary>
    public long Wanted;

    /// <summary>Source-ticks that were seen.</summary>
    public long Seen;

    /// <summary>Ticks of floods that have ended.</summary>
    public long Flood;
}
