namespace EdgeAlarm.Engine;

/// <summary>What can happen to an alarm's lifecycle.</summary>
internal enum LifecycleTrigger
{
    /// <summary>The condition became true after its on-delay.</summary>
    ConditionTrue,

    /// <summary>The condition became false after its off-delay.</summary>
    ConditionFalse,

    /// <summary>An operator acknowledges the present occurrence.</summary>
    Acknowledge,
}
