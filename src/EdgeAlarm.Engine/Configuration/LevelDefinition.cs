namespace EdgeAlarm.Engine;

/// <summary>One level of an alarm of the type <see cref="ConditionType.Limits"/>. Deadband, off-delay and all else are the alarm's.</summary>
/// <param name="Level">Which; each stands once in an alarm, never None.</param>
/// <param name="Setpoint">The limit, in the tag's unit.</param>
/// <param name="IsExclusive">Whether the limit itself is still normal.</param>
/// <param name="OnDelay">How long the value must be beyond it, in ConditionTime; at least 0.</param>
/// <param name="Priority">Importance of the alarm while it shows this level.</param>
/// <param name="Message">Operator text meanwhile.</param>
public sealed record LevelDefinition(AlarmLevel Level, double Setpoint, bool IsExclusive, TimeSpan OnDelay, AlarmPriority Priority, string Message);
