using System.Diagnostics;

namespace EdgeAlarm.Engine;

/// <summary>
/// Says what the condition of an alarm makes of the last values of the tags that it reads and of the time, and of nothing else: its cone is all that it can see. Where time
/// alone will make it say something else, it leaves word when: <see cref="AlarmCell.TurnsAt"/>.
/// </summary>
internal sealed class ConditionJudge(EngineState state)
{
    /// <summary>What the condition of an alarm says at a moment.</summary>
    public Truth Judge(int alarm, in Moment moment)
    {
        ref readonly var rule = ref state.Rules[alarm];
        var definition = rule.Definition;
        ref readonly var watched = ref Tag(alarm, definition.Tag);
        var value = state.ReadingOf(alarm, definition.Tag, moment.Delivering);
        var other = definition.SetpointTag is { } index ? state.ReadingOf(alarm, index, moment.Delivering) : 0;
        ref var cell = ref state.Alarms[alarm];
        cell.TurnsAt = PlantTime.Never;
        if (double.IsNaN(other))
        {
            return Truth.Unknown;
        }

        var memory = state.MemoryOf(alarm);
        return definition.Type switch
        {
            ConditionType.DevHi or ConditionType.DevLo when rule.Memory > 0 =>
                double.IsNaN(value) ? Truth.Unknown : Deviation.Judge(memory, definition, in moment, value, other, moment.IsStanding, out cell.TurnsAt),
            ConditionType.HiHi or ConditionType.Hi or ConditionType.Lo or ConditionType.LoLo or ConditionType.Equal or ConditionType.NotEqual or ConditionType.DevHi
                or ConditionType.DevLo => rule.CompareWith(value, other, moment.IsStanding),
            ConditionType.InSet => Discrete.IsInSet(value, definition.Set.Span),
            ConditionType.Bit or ConditionType.Mask => Discrete.HasBits(value, watched.Last.Value, definition.Bits),
            ConditionType.BadQuality => Measurement.IsBad(in watched, definition.CountsUncertain),
            ConditionType.Expression => Of(state.ValueOf(alarm, definition.Expression!, moment.Delivering)),
            ConditionType.CountInTime => Of(Counted(alarm, definition, in moment, value)) is var happened and not Truth.Unknown
                ? CountInTime.Judge(memory, definition, in moment, happened == Truth.Abnormal, out cell.TurnsAt)
                : Truth.Unknown,
            ConditionType.TimeAbnormal => Of(Counted(alarm, definition, in moment, value)) is var timed and not Truth.Unknown
                ? TimeAbnormal.Judge(memory, definition, in moment, timed == Truth.Abnormal, out cell.TurnsAt)
                : Truth.Unknown,
            _ when double.IsNaN(value) => Truth.Unknown,
            ConditionType.RateUp or ConditionType.RateDown => Rate.Judge(memory, definition, in moment, value, moment.IsStanding, out cell.TurnsAt),
            ConditionType.Discrepancy => Discrepancy.Judge(memory, definition, in moment, value, other, out cell.TurnsAt),
            ConditionType.Stale => Stale.Judge(memory, definition, in moment, in watched, out cell.TurnsAt),
            ConditionType.Flatline => Flatline.Judge(memory, definition, in moment, value, out cell.TurnsAt),
            ConditionType.Heartbeat => Heartbeat.Judge(memory, definition, in moment, in watched, out cell.TurnsAt),
            _ => throw new InvariantViolation($"No condition is known by the name {definition.Type}."),
        };
    }

    /// <summary>The values that a condition reads cannot be evaluated from a moment on: what it counts stands still.</summary>
    public void Stop(int alarm, PlantTime time)
    {
        var memory = state.MemoryOf(alarm);
        switch (state.Rules[alarm].Definition.Type)
        {
            case ConditionType.RateUp or ConditionType.RateDown:
                Rate.Stop(memory);
                break;
            case ConditionType.Discrepancy or ConditionType.Flatline or ConditionType.Heartbeat or ConditionType.CountInTime or ConditionType.TimeAbnormal:
                new WindowClock(memory).Stop(time);
                break;
        }
    }

    private double Counted(int alarm, AlarmDefinition definition, in Moment moment, double value) =>
        definition.Expression is { } expression ? state.ValueOf(alarm, expression, moment.Delivering) : value;

    private static Truth Of(double value) => double.IsNaN(value) ? Truth.Unknown : value == 0 ? Truth.Normal : Truth.Abnormal;

    private ref readonly TagCell Tag(int alarm, int tag)
    {
        Debug.Assert(state.ConeOf(alarm).Contains(tag), "a condition reads a tag outside of its cone");
        return ref state.Tags[tag];
    }
}
