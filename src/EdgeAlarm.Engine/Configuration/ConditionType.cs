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
}
