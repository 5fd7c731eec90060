namespace EdgeAlarm.Engine;

/// <summary>One UTC day of a site. Made once and used again a period later.</summary>
internal sealed class KpiDay
{
    /// <summary>Its bins.</summary>
    public KpiBin[] Bins { get; } = new KpiBin[KpiRules.BinsPerDay];

    /// <summary>Annunciated alarms, by priority.</summary>
    public long[] ByPriority { get; } = new long[KpiRules.Priorities];

    /// <summary>Times from annunciation to acknowledgement, by priority.</summary>
    public DurationHistogram[] Responses { get; } = [.. Enumerable.Range(0, KpiRules.Priorities).Select(_ => new DurationHistogram())];

    /// <summary>What else was counted.</summary>
    public KpiCounts Counts;

    /// <summary>Begins another day.</summary>
    public void Clear()
    {
        Array.Clear(Bins);
        Array.Clear(ByPriority);
        Array.ForEach(Responses, static each => each.Clear());
        Counts = default;
    }
}
