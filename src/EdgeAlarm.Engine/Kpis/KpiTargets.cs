namespace EdgeAlarm.Engine;

/// <summary>Targets and limits of the figures (ISA-18.2 §16.4, EEMUA 191, and the grading of public reports), for one operator position.</summary>
public static class KpiTargets
{
    /// <summary>Annunciated alarms in ten minutes, on average.</summary>
    public static readonly KpiTarget PerBin = new(1, 2, IsBelow: false, Rates);

    /// <summary>Annunciated alarms in an hour, on average.</summary>
    public static readonly KpiTarget PerHour = new(6, 12, IsBelow: false, Rates);

    /// <summary>Annunciated alarms in a day, on average.</summary>
    public static readonly KpiTarget PerDay = new(144, 288, IsBelow: false, Rates);

    /// <summary>Percent of hours with more than <see cref="KpiRules.HourMax"/>.</summary>
    public static readonly KpiTarget HoursBeyond = new(1, null, IsBelow: true, Rates);

    /// <summary>Percent of bins with more than <see cref="KpiRules.BinMax"/>.</summary>
    public static readonly KpiTarget BinsBeyond = new(1, 5, IsBelow: true, Rates);

    /// <summary>The most in a bin.</summary>
    public static readonly KpiTarget BinPeak = new(KpiRules.BinMax, null, IsBelow: false, Rates);

    /// <summary>Percent of time in flood.</summary>
    public static readonly KpiTarget Flood = new(1, 5, IsBelow: true, "ISA-18.2 16.4, floods");

    /// <summary>Percent that the most frequent alarms contribute.</summary>
    public static readonly KpiTarget Top = new(1, 5, IsBelow: true, "ISA-18.2 16.4, frequent alarms");

    /// <summary>Alarms that chattered. No number of them is acceptable.</summary>
    public static readonly KpiTarget Chattering = new(0, 3, IsBelow: false, Nuisances);

    /// <summary>Alarms that were fleeting. No number of them is acceptable.</summary>
    public static readonly KpiTarget Fleeting = new(0, 3, IsBelow: false, Nuisances);

    /// <summary>Stale alarms, on any day.</summary>
    public static readonly KpiTarget Stale = new(0, 5, IsBelow: false, "ISA-18.2 16.4, stale alarms");

    /// <summary>Alarms that stand now.</summary>
    public static readonly KpiTarget Standing = new(10, null, IsBelow: true, "EEMUA 191, standing alarms");

    /// <summary>Alarms that are shelved now.</summary>
    public static readonly KpiTarget Shelved = new(30, null, IsBelow: true, "EEMUA 191, shelved alarms");

    /// <summary>Points that the share of a priority differs from the recommended one, at most.</summary>
    public static readonly KpiTarget PriorityDeviation = new(5, 15, IsBelow: false, "ISA-18.2 16.4, priority distribution");

    /// <summary>Percent that returned before anybody acknowledged.</summary>
    public static readonly KpiTarget ReturnedUnacknowledged = new(15, null, IsBelow: false, "ISA-18.2 16, operator response");

    private const string Rates = "ISA-18.2 16.4, alarm rates";
    private const string Nuisances = "ISA-18.2 16.4, chattering and fleeting alarms";

    /// <summary>Percent of annunciated alarms that a priority should have: the highest first.</summary>
    /// <param name="priority">A priority that is annunciated.</param>
    /// <exception cref="InvariantViolation">It is journal, which is never annunciated.</exception>
    public static double ShareOf(AlarmPriority priority) => priority switch
    {
        AlarmPriority.Critical => 1,
        AlarmPriority.High => 5,
        AlarmPriority.Medium => 15,
        AlarmPriority.Low => 80,
        AlarmPriority.Journal => throw new InvariantViolation("Journal entries are not annunciated."),
    };
}
