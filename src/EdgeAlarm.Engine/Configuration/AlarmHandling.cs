namespace EdgeAlarm.Engine;

/// <summary>What happens to an alarm beside its condition: latch, re-alarm, what may suppress it and who may do that. What a class says is resolved already.</summary>
public sealed record AlarmHandling
{
    /// <summary>Longest shelving where neither the alarm nor its class says otherwise: one shift.</summary>
    public static readonly TimeSpan ShelveMaxDefault = TimeSpan.FromHours(8);

    /// <summary>Longest time out of service where the class says nothing.</summary>
    public static readonly TimeSpan OutOfServiceMaxDefault = TimeSpan.FromDays(7);

    /// <summary>Three activations within so long are chattering where the class says nothing.</summary>
    public static readonly TimeSpan ChatterWithinDefault = TimeSpan.FromSeconds(60);

    /// <summary>So short an occurrence is fleeting where the class says nothing.</summary>
    public static readonly TimeSpan FleetingWithinDefault = TimeSpan.FromSeconds(10);

    /// <summary>What a row without handling has: no latch, no re-alarm, shelving for a shift, a week out of service.</summary>
    public static readonly AlarmHandling Default = new();

    /// <summary>The latch.</summary>
    public LatchMode Latch { get; init; }

    /// <summary>Time of a <see cref="LatchMode.Timed"/> latch, in plant time from the return; otherwise zero.</summary>
    public TimeSpan LatchFor { get; init; }

    /// <summary>How long after it was annunciated or acknowledged a standing alarm is annunciated again, in plant time; zero for never.</summary>
    public TimeSpan ReAlarm { get; init; }

    /// <summary>Longest shelving, all extensions counted; zero: it is never shelved. Too long hides a danger, too short makes operators shelve by habit.</summary>
    public TimeSpan ShelveMax { get; init; } = ShelveMaxDefault;

    /// <summary>Longest time out of service, all extensions counted; zero: never.</summary>
    public TimeSpan OutOfServiceMax { get; init; } = OutOfServiceMaxDefault;

    /// <summary>Whether an acknowledgement needs a note.</summary>
    public bool IsNoteRequired { get; init; }

    /// <summary>Highly managed (safety, environment): never shelved, acknowledged with a note, and out of service only with a second person's approval.</summary>
    public bool IsHighlyManaged { get; init; }

    /// <summary>Three activations within so long are chattering, the first and the third included; more than zero, and less than the five minutes of quiet that end it.</summary>
    public TimeSpan ChatterWithin { get; init; } = ChatterWithinDefault;

    /// <summary>An occurrence that stood no longer and that nobody acted on was fleeting; zero where only what comes and goes in the same moment is.</summary>
    public TimeSpan FleetingWithin { get; init; } = FleetingWithinDefault;

    /// <summary>Index of what suppresses it by design; -1 for nothing.</summary>
    public int SuppressionGroup { get; init; } = -1;

    /// <summary>Index of its first-out group; -1 for none.</summary>
    public int FirstOutGroup { get; init; } = -1;
}
