using System.Diagnostics;

namespace EdgeAlarm.Engine;

/// <summary>Says what the condition of an alarm makes of the last values of the tags that it reads, and of nothing else: its cone is all that it can see.</summary>
internal sealed class ConditionJudge(EngineState state)
{
    /// <summary>What the condition of an alarm says now.</summary>
    public Truth Judge(int alarm)
    {
        ref readonly var rule = ref state.Rules[alarm];
        var definition = rule.Definition;
        ref readonly var watched = ref Tag(alarm, definition.Tag);
        var isStanding = state.Alarms[alarm].Condition;
        return definition.Type switch
        {
            ConditionType.HiHi or ConditionType.Hi or ConditionType.Lo or ConditionType.LoLo or ConditionType.Equal or ConditionType.NotEqual =>
                definition.SetpointTag is { } other
                    ? rule.CompareWith(watched.Reading, Tag(alarm, other).Reading, isStanding)
                    : rule.Compare(watched.Reading, isStanding),
            ConditionType.InSet => Discrete.IsInSet(watched.Reading, definition.Set.Span),
            ConditionType.Bit or ConditionType.Mask => Discrete.HasBits(watched.Reading, watched.Last.Value, definition.Bits),
            ConditionType.BadQuality => Measurement.IsBad(in watched, definition.CountsUncertain),
            ConditionType.Expression => Of(state.ValueOf(definition.Expression!, onlyLive: false)),
        };
    }

    private static Truth Of(double value) => double.IsNaN(value) ? Truth.Unknown : value == 0 ? Truth.Normal : Truth.Abnormal;

    private ref readonly TagCell Tag(int alarm, int tag)
    {
        Debug.Assert(state.ConeOf(alarm).Contains(tag), "a condition reads a tag outside of its cone");
        return ref state.Tags[tag];
    }
}
