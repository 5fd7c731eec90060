namespace EdgeAlarm.Engine;

/// <summary>
/// How much of the plant was seen: time counts as seen for each source that delivers. The time in which the gateway did not run, all of it since its last sign of life, was not.
/// </summary>
internal sealed class CollectorCoverage(KpiDays days)
{
    private readonly SortedSet<string> _up = new(StringComparer.Ordinal);

    /// <summary>The sources that deliver.</summary>
    public IReadOnlyCollection<string> Up => _up;

    /// <summary>How many sources there are.</summary>
    public int Sources { get; set; }

    /// <summary>Up to when time is accounted for; <see cref="PlantTime.Zero"/> before anything was told.</summary>
    public PlantTime Until { get; set; }

    /// <summary>The sources are these now.</summary>
    public void Configure(IReadOnlyCollection<string> sources)
    {
        Sources = sources.Count;
        _up.IntersectWith(sources);
    }

    /// <summary>A source delivers.</summary>
    public void SourceUp(string source) => _up.Add(source);

    /// <summary>A source delivers nothing.</summary>
    public void SourceDown(string source) => _up.Remove(source);

    /// <summary>The gateway started: since its last sign of life nothing was seen, and no source is up.</summary>
    public void Started(PlantTime at)
    {
        _up.Clear();
        Account(at);
    }

    /// <summary>The gateway lives; the present day is there already.</summary>
    public void Account(PlantTime to)
    {
        if (Until == PlantTime.Zero)
        {
            // before it was told anything the gateway saw nothing
            days.Add(KpiDays.BeginOfBin(to), to, Sources, seen: 0, flood: 0);
        }
        else if (to > Until)
        {
            days.Add(Until, to, Sources, Math.Min(_up.Count, Sources), flood: 0);
        }

        Until = PlantTime.Max(Until, to);
    }
}
