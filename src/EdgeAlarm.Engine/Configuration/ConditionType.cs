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

    /// <summary>Abnormal while the value is one of a set.</summary>
    InSet,

    /// <summary>Abnormal while one bit of an alarm word is set, or clear.</summary>
    Bit,

    /// <summary>Abnormal while some bits of an alarm word have a pattern, or have it not.</summary>
    Mask,

    /// <summary>Abnormal while the value is Bad or no number; where the definition says so, also while it is Uncertain or degraded.</summary>
    BadQuality,

    /// <summary>Abnormal while an expression over one or several tags is true.</summary>
    Expression,
}
