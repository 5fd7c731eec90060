namespace EdgeAlarm.Engine;

/// <summary>The levels that one alarm may have; of those that stand it shows one at a time (OPC 10000-9 §5.8.19, ExclusiveLimitAlarmType).</summary>
public enum AlarmLevel : byte
{
    /// <summary>None: the alarm has no levels, or none stands.</summary>
    None,

    /// <summary>High.</summary>
    Hi,

    /// <summary>High high; worse than high.</summary>
    HiHi,

    /// <summary>Low.</summary>
    Lo,

    /// <summary>Low low; worse than low.</summary>
    LoLo,
}
