namespace EdgeAlarm.Engine;

/// <summary>The kinds of event (ISA-18.2 and OPC 10000-9 words).</summary>
public enum EventKind
{
    /// <summary>The condition became true after its on-delay, or stood when its last suppression ended; a new occurrence.</summary>
    Activated,

    /// <summary>The condition became false after its off-delay.</summary>
    Returned,

    /// <summary>The alarm stands and shows a worse level, or one of the other side; a new occurrence.</summary>
    Worsened,

    /// <summary>The alarm stands and shows a milder level of the same side; nothing is annunciated.</summary>
    Eased,

    /// <summary>An operator acknowledged the occurrence.</summary>
    Acknowledged,

    /// <summary>The latch was reset, by an operator or by its time.</summary>
    Reset,

    /// <summary>The alarm has stood for its re-alarm time: it is annunciated again, as the same occurrence.</summary>
    ReAlarmed,

    /// <summary>An operator shelved the alarm, or shelved it for longer.</summary>
    Shelved,

    /// <summary>The shelving ended; the reason says how.</summary>
    Unshelved,

    /// <summary>The plant's state suppresses the alarm by design; the reason says which.</summary>
    Suppressed,

    /// <summary>That ended.</summary>
    Unsuppressed,

    /// <summary>The alarm was taken out of service, or for longer.</summary>
    RemovedFromService,

    /// <summary>It is in service again.</summary>
    ReturnedToService,

    /// <summary>What an operator wanted was refused; the reason says what, and why. Nothing changed.</summary>
    CommandRefused,

    /// <summary>A new configuration has the alarm no more, while something of it stood.</summary>
    Withdrawn,

    /// <summary>The alarm comes and goes so often that nobody can act on it; each edge is told still.</summary>
    ChatteringBegan,

    /// <summary>It has been quiet again.</summary>
    ChatteringEnded,

    /// <summary>More alarms come than people can handle; each is told still.</summary>
    FloodBegan,

    /// <summary>That ended; the reason sums it up.</summary>
    FloodEnded,

    /// <summary>The alarm, tag or source can no longer make an alarm; the reason says why.</summary>
    ArmedLost,

    /// <summary>It can again.</summary>
    ArmedRestored,

    /// <summary>An interval in which samples were lost.</summary>
    Gap,

    /// <summary>First event of an epoch.</summary>
    EpochStarted,

    /// <summary>The state of one alarm, as part of the full statement that follows <see cref="EpochStarted"/>.</summary>
    Statement,

    /// <summary>The gateway started.</summary>
    GatewayStarted,

    /// <summary>A configuration took effect.</summary>
    ConfigurationChanged,

    /// <summary>The wall clock stepped.</summary>
    ClockStepped,

    /// <summary>A poison input was left out.</summary>
    Skipped,

    /// <summary>Something about the gateway itself began.</summary>
    SystemConditionRaised,

    /// <summary>It ended.</summary>
    SystemConditionCleared,

    /// <summary>A later build derives other events than were recorded.</summary>
    ReplayMismatch,
}
