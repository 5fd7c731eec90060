namespace EdgeAlarm.Engine;

/// <summary>
/// Makes one alarm of its levels. Each level is a condition of its own, with its delay and deadband as if it were an alarm; here is decided which of those that stand the
/// alarm shows: the side of the one that came last, since a value that came from the other side is another danger, and the worst of that side.
/// </summary>
internal static class Levels
{
    /// <summary>The order in which the conditions of an alarm's levels stand: the worse first, so that a jump over both tells one.</summary>
    public static int Order(AlarmLevel level) => level switch
    {
        AlarmLevel.None => 0,
        AlarmLevel.HiHi => 1,
        AlarmLevel.Hi => 2,
        AlarmLevel.LoLo => 3,
        AlarmLevel.Lo => 4,
    };

    /// <summary>The condition of a level, as a definition of its own.</summary>
    public static AlarmDefinition ConditionOf(AlarmDefinition alarm, LevelDefinition level) => alarm with
    {
        Type = level.Level switch
        {
            AlarmLevel.HiHi => ConditionType.HiHi,
            AlarmLevel.Hi => ConditionType.Hi,
            AlarmLevel.LoLo => ConditionType.LoLo,
            AlarmLevel.Lo => ConditionType.Lo,
            AlarmLevel.None => throw new InvariantViolation($"{alarm.Id} has a level that is none."),
        },
        Setpoint = level.Setpoint,
        IsExclusive = level.IsExclusive,
        OnDelay = level.OnDelay,
        Levels = default,
    };

    /// <summary>A level of an alarm came or went: puts the alarm's own condition and level right.</summary>
    /// <param name="state">The engine's state.</param>
    /// <param name="alarm">Index of the alarm.</param>
    /// <param name="time">When; the alarm's own times never go back.</param>
    /// <returns>What that does to its lifecycle; null for nothing.</returns>
    public static LifecycleTrigger? Take(EngineState state, int alarm, ref PlantTime time)
    {
        ref var cell = ref state.Alarms[alarm];
        ref var handling = ref state.Handling[alarm];
        var before = cell.Condition ? handling.Level : AlarmLevel.None;
        var now = Standing(state, alarm);
        if (now == before)
        {
            return null;
        }

        time = PlantTime.Max(time, cell.Since);
        (cell.Condition, cell.Since) = (now != AlarmLevel.None, time);

        // the last level is kept while the indication stands: a return and its acknowledgement are about it
        handling.Level = now == AlarmLevel.None ? before : now;
        return now == AlarmLevel.None ? LifecycleTrigger.ConditionFalse
            : before == AlarmLevel.None ? LifecycleTrigger.ConditionTrue
            : IsEased(before, now) ? LifecycleTrigger.Eased
            : LifecycleTrigger.Worsened;
    }

    private static AlarmLevel Standing(EngineState state, int alarm)
    {
        var levels = state.Rules[alarm].Definition.Levels.Span;
        var newest = -1;
        for (var index = 0; index < levels.Length; index++)
        {
            ref readonly var cell = ref state.Alarms[state.LevelsFrom(alarm) + index];
            if (cell.Condition && (newest < 0 || cell.Since > state.Alarms[state.LevelsFrom(alarm) + newest].Since))
            {
                newest = index;
            }
        }

        for (var index = 0; newest >= 0 && index < levels.Length; index++)
        {
            if (state.Alarms[state.LevelsFrom(alarm) + index].Condition && IsHigh(levels[index].Level) == IsHigh(levels[newest].Level))
            {
                return levels[index].Level;
            }
        }

        return AlarmLevel.None;
    }

    private static bool IsEased(AlarmLevel before, AlarmLevel now) => (before, now) is (AlarmLevel.HiHi, AlarmLevel.Hi) or (AlarmLevel.LoLo, AlarmLevel.Lo);

    private static bool IsHigh(AlarmLevel level) => level is AlarmLevel.Hi or AlarmLevel.HiHi;
}
