namespace EdgeAlarm.Engine;

/// <summary>The whole state of the figures. Only data: what happens to it is elsewhere.</summary>
internal sealed class KpiState
{
    /// <summary>The days.</summary>
    public KpiDays Days { get; } = new();

    /// <summary>What was seen of the plant.</summary>
    public CollectorCoverage Coverage { get; }

    /// <summary>The floods.</summary>
    public FloodLog Floods { get; }

    /// <summary>How fast persons acknowledge.</summary>
    public OperatorPace Pace { get; } = new();

    /// <summary>The alarms.</summary>
    public AlarmTallies Tallies { get; } = new();

    /// <summary>Plant time of the last event or sign of life.</summary>
    public PlantTime At { get; set; }

    /// <summary>A state of which nothing is counted.</summary>
    public KpiState() => (Coverage, Floods) = (new(Days), new(Days));
}
