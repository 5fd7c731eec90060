namespace EdgeAlarm.Engine;

/// <summary>One row of the master alarm list, in the units in which the engine computes.</summary>
/// <param name="Id">Unique, for ever.</param>
/// <param name="Tag">Index of the tag it watches.</param>
/// <param name="Area">Where it belongs.</param>
/// <param name="Message">Operator text.</param>
/// <param name="Type">The condition.</param>
/// <param name="Setpoint">Limit or compared value, in the tag's unit.</param>
/// <param name="Deadband">Hysteresis on the way back, in the tag's unit; at least 0.</param>
/// <param name="OnDelay">How long the condition must stand, in ConditionTime; at least 0.</param>
/// <param name="OffDelay">How long it must be gone, in ConditionTime; at least 0.</param>
/// <param name="BadQuality">What bad quality does.</param>
/// <param name="Priority">Importance.</param>
/// <param name="Class">Name of the class.</param>
/// <param name="AckRequired">Whether an operator has to acknowledge each occurrence.</param>
public sealed record AlarmDefinition(
    string Id,
    int Tag,
    string Area,
    string Message,
    ConditionType Type,
    double Setpoint,
    double Deadband,
    TimeSpan OnDelay,
    TimeSpan OffDelay,
    BadQualityPolicy BadQuality,
    AlarmPriority Priority,
    string Class,
    bool AckRequired);
