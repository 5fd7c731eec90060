namespace EdgeAlarm.Engine;

/// <summary>Where a suppression by design stands.</summary>
internal enum SuppressionPhase : byte
{
    /// <summary>The trigger does not hold.</summary>
    Off,

    /// <summary>It holds, and the entry delay runs.</summary>
    Entering,

    /// <summary>It suppresses.</summary>
    On,

    /// <summary>It ended, and the alarms settle.</summary>
    Leaving,

    /// <summary>It lasted as long as it may: it suppresses nothing until the trigger has been seen to end.</summary>
    Expired,
}
