namespace EdgeAlarm.Engine;

/// <summary>What can happen to an alarm's lifecycle.</summary>
internal enum LifecycleTrigger
{
    /// <summary>The condition became true after its on-delay.</summary>
    ConditionTrue,

    /// <summary>The condition became false after its off-delay.</summary>
    ConditionFalse,

    /// <summary>The condition stands, at a worse level than before or on the other side.</summary>
    Worsened,

    /// <summary>The condition stands, at a milder level than before.</summary>
    Eased,

    /// <summary>An operator acknowledges the present occurrence.</summary>
    Acknowledge,

    /// <summary>An operator resets the latch.</summary>
    Reset,

    /// <summary>The time of a timed latch is over.</summary>
    ResetDue,

    /// <summary>The alarm has stood for its re-alarm time since it was annunciated or acknowledged.</summary>
    ReAlarmDue,

    /// <summary>The last of its suppressions ended.</summary>
    SuppressionEnded,

    /// <summary>A new configuration has the alarm no more.</summary>
    Withdraw,
}
