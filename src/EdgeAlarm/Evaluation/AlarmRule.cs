using EdgeAlarm.Engine;

namespace EdgeAlarm.Evaluation;

/// <summary>A row of the master alarm list as the evaluator reads it. Its reading of a value is written apart from the engine's on purpose.</summary>
/// <param name="Alarm">The alarm's id.</param>
/// <param name="Tag">The tag's name.</param>
/// <param name="OnDelay">How long the value must be abnormal.</param>
/// <param name="IsAbnormal">Whether a value is abnormal, without deadband.</param>
internal sealed record AlarmRule(string Alarm, string Tag, TimeSpan OnDelay, Predicate<double> IsAbnormal)
{
    /// <summary>The rules of a configuration: of those alarms that the values of one tag alone decide, each value by itself.</summary>
    public static IReadOnlyList<AlarmRule> From(AlarmConfiguration configuration) =>
    [
        .. from alarm in configuration.Alarms
           let abnormal = Abnormal(alarm)
           where abnormal is not null
           select new AlarmRule(alarm.Id, configuration.Tags[alarm.Tag].Name, alarm.OnDelay, abnormal),
    ];

    private static Predicate<double>? Abnormal(AlarmDefinition alarm) => alarm.Type switch
    {
        _ when alarm.SetpointTag is not null => null,
        ConditionType.HiHi or ConditionType.Hi => value => alarm.IsExclusive ? value > alarm.Setpoint : value >= alarm.Setpoint,
        ConditionType.LoLo or ConditionType.Lo => value => alarm.IsExclusive ? value < alarm.Setpoint : value <= alarm.Setpoint,
        ConditionType.Equal => value => value == alarm.Setpoint,
        ConditionType.NotEqual => value => value != alarm.Setpoint,
        ConditionType.InSet => value => alarm.Set.Items.Contains(value),
        ConditionType.Bit or ConditionType.Mask => value => alarm.Bits.IsAbnormal(unchecked((ulong)(long)value)),
        _ => null,
    };
}
