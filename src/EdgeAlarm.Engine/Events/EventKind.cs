namespace EdgeAlarm.Engine;

/// <summary>The kinds of event (ISA-18.2 and OPC 10000-9 words).</summary>
public enum EventKind
{
    /// <summary>The condition became true after its on-delay; a new occurrence.</summary>
    Activated,

    /// <summary>The condition became false after its off-delay.</summary>
    Returned,

    /// <summary>An operator acknowledged the occurrence.</summary>
    Acknowledged,

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
