namespace EdgeAlarm.Wire;

/// <summary>
/// One event as it crosses the network (JSON, version 1) and as the historian keeps it. Members that an event does not have are left out of the JSON. It is
/// self-contained: a reader needs no other message to understand it.
/// </summary>
public sealed record EventMessage
{
    /// <summary>Version of the format; 1.</summary>
    public int Version { get; init; } = 1;

    /// <summary>Site id.</summary>
    public required string Site { get; init; }

    /// <summary>Gateway id.</summary>
    public required string Gateway { get; init; }

    /// <summary>The epoch of the gateway's journal.</summary>
    public required Guid Epoch { get; init; }

    /// <summary>Dense from 1 within the epoch.</summary>
    public required long Seq { get; init; }

    /// <summary>What happened, a word of the standard (Activated, Returned, Acknowledged, ArmedLost, Gap ...).</summary>
    public required string Kind { get; init; }

    /// <summary>What stands behind it: process, operator, configuration or system.</summary>
    public required string Cause { get; init; }

    /// <summary>The alarm's id.</summary>
    public string? Alarm { get; init; }

    /// <summary>The occurrence: <c>{epoch}:{seq}</c> of its Activated event.</summary>
    public string? Occurrence { get; init; }

    /// <summary>Lifecycle state after the event.</summary>
    public string? State { get; init; }

    /// <summary>What suppresses the alarm, any together: shelved, suppressedByDesign, outOfService. Empty where it is annunciated.</summary>
    public IReadOnlyList<string> Suppression { get; init; } = [];

    /// <summary>The level that an alarm with levels shows, or showed last: <c>HiHi</c>, <c>Hi</c>, <c>Lo</c>, <c>LoLo</c>; null for others.</summary>
    public string? Level { get; init; }

    /// <summary>Priority, lower case; that of the level where the alarm shows one, as its message and setpoint are.</summary>
    public string? Priority { get; init; }

    /// <summary>Class of the alarm.</summary>
    public string? Class { get; init; }

    /// <summary>Area of the alarm.</summary>
    public string? Area { get; init; }

    /// <summary>Operator text.</summary>
    public string? Message { get; init; }

    /// <summary>Source (PLC) it belongs to.</summary>
    public string? Source { get; init; }

    /// <summary>Tag it belongs to.</summary>
    public string? Tag { get; init; }

    /// <summary>The value that decided; NaN and infinities travel as strings.</summary>
    public double? Value { get; init; }

    /// <summary>Engineering unit of the value.</summary>
    public string? Unit { get; init; }

    /// <summary>The limit it was compared with.</summary>
    public double? Setpoint { get; init; }

    /// <summary>OPC UA StatusCode of the value, as received.</summary>
    public uint? Status { get; init; }

    /// <summary>The PLC's time of the value.</summary>
    public DateTime? SourceTime { get; init; }

    /// <summary>The OPC UA server's time of the value.</summary>
    public DateTime? ServerTime { get; init; }

    /// <summary>The gateway's wall clock at the reception of the value.</summary>
    public DateTime? ReceivedAt { get; init; }

    /// <summary>The gateway's monotonic time at which the engine decided.</summary>
    public required DateTime PlantTime { get; init; }

    /// <summary>When it happened in the plant, on the plant-time scale; the historian's event_time.</summary>
    public required DateTime ConditionTime { get; init; }

    /// <summary>Estimated offset of the source's clock (plant time minus source time).</summary>
    public double? ClockOffsetMilliseconds { get; init; }

    /// <summary>Whether that offset is good enough to trust the source's time.</summary>
    public bool? ClockSynchronised { get; init; }

    /// <summary>Circumstances, e.g. activeAtStart, late, acrossGap.</summary>
    public IReadOnlyList<string> Flags { get; init; } = [];

    /// <summary>Name of a system condition.</summary>
    public string? Name { get; init; }

    /// <summary>Who acted.</summary>
    public string? By { get; init; }

    /// <summary>Reason, comment or detail.</summary>
    public string? Reason { get; init; }

    /// <summary>Begin of the gap.</summary>
    public DateTime? IntervalStart { get; init; }

    /// <summary>End of the gap.</summary>
    public DateTime? IntervalEnd { get; init; }
}
