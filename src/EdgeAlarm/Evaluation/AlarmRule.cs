using EdgeAlarm.Engine;

namespace EdgeAlarm.Evaluation;

/// <summary>A row of the master alarm list as the evaluator reads it. Its reading of a value is written apart from the engine's on purpose.</summary>
/// <param name="Alarm">The alarm's id.</param>
/// <param name="Tag">The tag's name.</param>
/// <param name="OnDelay">How long the value must be abnormal.</param>
/// <param name="IsAbnormal">Whether a value is abnormal, without deadband.</param>
internal sealed record AlarmRule(string Alarm, string Tag, TimeSpan OnDelay, Predicate<double> IsAbnormal)
{
    /// <summary>The rules of a configuration.</summary>
    public static IReadOnlyList<AlarmRule> From(AlarmConfiguration configuration) =>
        [.. configuration.Alarms.Select(alarm => new AlarmRule(alarm.Id, configuration.Tags[alarm.Tag].Name, alarm.OnDelay, Abnormal(alarm.Type, alarm.Setpoint)))];

    private static Predicate<double> Abnormal(ConditionType type, double setpoint) => type switch
    {
        ConditionType.HiHi or ConditionType.Hi => value => value >= setpoint,
        ConditionType.LoLo or ConditionType.Lo => value => value <= setpoint,
        ConditionType.Equal => value => value == setpoint,
        ConditionType.NotEqual => value => value != setpoint,
    };
}
