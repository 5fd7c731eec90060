namespace EdgeAlarm.Engine.Tests.Properties;

/// <summary>The conditions of the naive model: what each says of the last values of its tags, as the manual puts it. Null where it cannot be said.</summary>
internal static class PlainConditions
{
    public static List<int> Reads(AlarmDefinition alarm) =>
        [.. new[] { alarm.Tag }.Concat(alarm.SetpointTag is { } other ? [other] : []).Concat(alarm.Expression is { } expression ? expression.Tags.Items : []).Distinct()];

    public static bool? Judge(AlarmDefinition alarm, List<NaiveModel.Tag> tags, bool standing)
    {
        var tag = tags[alarm.Tag];
        var value = Value(tag);
        return alarm.Type switch
        {
            ConditionType.HiHi or ConditionType.Hi or ConditionType.DevHi => Limit(alarm, tags) is { } limit && value is { } high
                ? Beyond(high, limit, alarm.IsExclusive) || (standing && Beyond(high, limit - alarm.Deadband, alarm.IsExclusive))
                : null,
            ConditionType.Lo or ConditionType.LoLo or ConditionType.DevLo => Limit(alarm, tags) is { } limit && value is { } low
                ? Beyond(-low, -limit, alarm.IsExclusive) || (standing && Beyond(-low, -limit - alarm.Deadband, alarm.IsExclusive))
                : null,
            ConditionType.Equal => Limit(alarm, tags) is { } limit && value is { } number ? number == limit : null,
            ConditionType.NotEqual => Limit(alarm, tags) is { } limit && value is { } number ? number != limit : null,
            ConditionType.InSet => value is { } member ? alarm.Set.Items.Contains(member) : null,
            ConditionType.Bit or ConditionType.Mask => value is null || tag.Value.Kind == TagValueKind.Real ? null : HasPattern(alarm.Bits, tag.Value) != alarm.Bits.Differs,
            ConditionType.Expression => PlainExpression.Value(alarm.Expression!, [.. alarm.Expression!.Tags.Items.Select(read => Value(tags[read]))]) is { } truth ? truth != 0 : null,
            ConditionType.BadQuality => tag.Sampled == "no" ? null : value is null || (alarm.CountsUncertain && tag.Quality >> 16 != 0),
            _ => throw new InvalidOperationException($"{alarm.Type} is judged over time."),
        };
    }

    /// <summary>Whether two rows have the same condition, apart from which tags it is about.</summary>
    public static bool SayTheSame(AlarmDefinition one, AlarmDefinition other) =>
        (one.Type, one.Setpoint, one.Deadband, one.OnDelay, one.OffDelay) == (other.Type, other.Setpoint, other.Deadband, other.OnDelay, other.OffDelay)
        && (one.SetpointTag is null, one.IsExclusive, one.Bits, one.CountsUncertain, one.Window) == (other.SetpointTag is null, other.IsExclusive, other.Bits, other.CountsUncertain, other.Window)
        && one.Levels.Equals(other.Levels)
        && one.Set.Span.SequenceEqual(other.Set.Span)
        && SayTheSame(one.Expression, other.Expression);

    /// <summary>Whether two expressions have the same steps, apart from which tags they are about.</summary>
    public static bool SayTheSame(Expression? one, Expression? other) =>
        one is null ? other is null : other is not null && one.Steps.Span.SequenceEqual(other.Steps.Span);

    public static double? Value(NaiveModel.Tag tag) => tag.Usable && tag.Sampled != "no" ? tag.Value.AsNumber() : null;

    // Infinity less infinity is no limit.
    private static double? Limit(AlarmDefinition alarm, List<NaiveModel.Tag> tags) => alarm.SetpointTag is not { } other ? alarm.Setpoint : Value(tags[other]) + alarm.Setpoint;

    private static bool Beyond(double value, double limit, bool exclusive) => exclusive ? value > limit : value >= limit;

    private static bool HasPattern(BitPattern bits, TagValue word) =>
        Enumerable.Range(0, 64).All(bit => (bits.Mask >> bit & 1) == 0 || (bits.Pattern >> bit & 1) == (ulong)(word.Bits >> bit & 1));
}
