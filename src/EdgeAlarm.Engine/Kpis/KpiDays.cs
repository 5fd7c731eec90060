namespace EdgeAlarm.Engine;

/// <summary>The days of the period, as a ring: a day takes the place of the one a period before it.</summary>
internal sealed class KpiDays
{
    private readonly KpiDay[] _days = [.. Enumerable.Range(0, KpiRules.PeriodDays).Select(_ => new KpiDay())];

    /// <summary>The present day; 0 before anything was told.</summary>
    public long Present { get; set; }

    /// <summary>The first day of the period.</summary>
    public long First => Present - KpiRules.PeriodDays + 1;

    /// <summary>When the period begins.</summary>
    public PlantTime Begin => KpiRules.BeginOf(Math.Max(0, First));

    /// <summary>The place of a day in the ring.</summary>
    public static int PlaceOf(long day) => (int)(day % KpiRules.PeriodDays);

    /// <summary>A day by its number; meaningful within the period.</summary>
    public KpiDay this[long day] => _days[PlaceOf(day)];

    /// <summary>Whether a day belongs to the period.</summary>
    public bool Has(long day) => day >= First && day <= Present;

    /// <summary>The bin of a time within the period.</summary>
    public ref KpiBin BinOf(PlantTime time) => ref this[KpiRules.DayOf(time)].Bins[time.Ticks % TimeSpan.TicksPerDay / KpiRules.Bin.Ticks];

    /// <summary>Adds an interval to the bins in which it lies, piece by piece; what is before the period is left out.</summary>
    /// <param name="from">Its begin.</param>
    /// <param name="to">Its end, within the period.</param>
    /// <param name="wanted">How many sources were to be seen.</param>
    /// <param name="seen">How many were.</param>
    /// <param name="flood">1 for a flood, otherwise 0.</param>
    public void Add(PlantTime from, PlantTime to, int wanted, int seen, int flood)
    {
        from = PlantTime.Max(from, Begin);
        while (from < to)
        {
            var end = PlantTime.Min(to, EndOfBin(from));
            ref var bin = ref BinOf(from);
            bin.Wanted += (end - from).Ticks * wanted;
            bin.Seen += (end - from).Ticks * seen;
            bin.Flood += (end - from).Ticks * flood;
            from = end;
        }
    }

    /// <summary>When the bin of a time begins.</summary>
    public static PlantTime BeginOfBin(PlantTime time) => new(time.Ticks / KpiRules.Bin.Ticks * KpiRules.Bin.Ticks);

    private static PlantTime EndOfBin(PlantTime time) => BeginOfBin(time) + KpiRules.Bin;
}
