namespace EdgeAlarm.Engine;

/// <summary>What is counted how: the definitions of the figures (ISA-18.2 §16, IEC 62682), in one place so that a report can state them.</summary>
public static class KpiRules
{
    /// <summary>UTC days over which figures speak, today included: 30, the least for an assessment. Fewer are noise.</summary>
    public const int PeriodDays = 30;

    /// <summary>Bins of a day.</summary>
    public const int BinsPerDay = 144;

    /// <summary>Bins of an hour.</summary>
    public const int BinsPerHour = 6;

    /// <summary>More annunciated alarms in a bin than one operator can handle.</summary>
    public const int BinMax = 10;

    /// <summary>More annunciated alarms in an hour than one operator can handle.</summary>
    public const int HourMax = 30;

    /// <summary>How many of the most frequent alarms are named.</summary>
    public const int TopCount = 10;

    /// <summary>A bin or hour of which more than one part in so many was not seen is not valid.</summary>
    public const int BlindShare = 10;

    /// <summary>Acknowledgements of one person within <see cref="RubberStampWithin"/> beyond which nobody can have read what was acknowledged.</summary>
    public const int RubberStampCount = 5;

    /// <summary>A bin: the UTC clock's ten minutes from :00, :10 and so on.</summary>
    public static readonly TimeSpan Bin = TimeSpan.FromMinutes(10);

    /// <summary>Continuously active for longer is stale.</summary>
    public static readonly TimeSpan StaleAfter = TimeSpan.FromHours(24);

    /// <summary>A fleeting alarm that is annunciated again so soon is none: it chatters.</summary>
    public static readonly TimeSpan FleetingRepeat = TimeSpan.FromSeconds(60);

    /// <summary>The time in which <see cref="RubberStampCount"/> counts.</summary>
    public static readonly TimeSpan RubberStampWithin = TimeSpan.FromSeconds(10);

    /// <summary>An acknowledgement that comes sooner was not thought about.</summary>
    public static readonly TimeSpan ReadWithin = TimeSpan.FromSeconds(2);

    /// <summary>The priorities that are annunciated, in the order of their number.</summary>
    internal const int Priorities = (int)AlarmPriority.Journal;

    /// <summary>The UTC day of a time.</summary>
    internal static long DayOf(PlantTime time) => time.Ticks / TimeSpan.TicksPerDay;

    /// <summary>When a UTC day begins.</summary>
    internal static PlantTime BeginOf(long day) => new(day * TimeSpan.TicksPerDay);
}
