namespace EdgeAlarm.Engine;

/// <summary>The condition of an alarm (column Type of the master alarm list).</summary>
public enum ConditionType
{
    /// <summary>Abnormal at or above the setpoint; the highest of two high levels.</summary>
    HiHi,

    /// <summary>Abnormal at or above the setpoint.</summary>
    Hi,

    /// <summary>Abnormal at or below the setpoint.</summary>
    Lo,

    /// <summary>Abnormal at or below the setpoint; the lowest of two low levels.</summary>
    LoLo,

    /// <summary>Abnormal while the value equals the setpoint.</summary>
    Equal,

    /// <summary>Abnormal while the value differs from the setpoint.</summary>
    NotEqual,

    /// <summary>Abnormal while the value is above a setpoint that another tag holds, by the offset or more.</summary>
    DevHi,

    /// <summary>Abnormal while it is below it, by the offset or more.</summary>
    DevLo,

    /// <summary>Abnormal while the value has risen by the setpoint or more within the window.</summary>
    RateUp,

    /// <summary>Abnormal while it has fallen by the setpoint or more within the window.</summary>
    RateDown,

    /// <summary>Abnormal while the value is one of a set.</summary>
    InSet,

    /// <summary>Abnormal while one bit of an alarm word is set, or clear.</summary>
    Bit,

    /// <summary>Abnormal while some bits of an alarm word have a pattern, or have it not.</summary>
    Mask,

    /// <summary>Abnormal while a feedback differs from its command for longer than the travel time, or without a command.</summary>
    Discrepancy,

    /// <summary>Abnormal while nothing came of the tag for the window, though its source is up.</summary>
    Stale,

    /// <summary>Abnormal while the value has moved by no more than the deadband for the window.</summary>
    Flatline,

    /// <summary>Abnormal while the value has not changed for the window.</summary>
    Heartbeat,

    /// <summary>Abnormal while something became true as often as the setpoint within the window.</summary>
    CountInTime,

    /// <summary>Abnormal while something was true for the setpoint, in seconds, of the window.</summary>
    TimeAbnormal,

    /// <summary>Abnormal while the value is Bad or no number; where the definition says so, also while it is Uncertain or degraded.</summary>
    BadQuality,

    /// <summary>Abnormal while an expression over one or several tags is true.</summary>
    Expression,

    /// <summary>Abnormal while the value is beyond one of several levels, of which the alarm shows one at a time.</summary>
    Limits,
}
