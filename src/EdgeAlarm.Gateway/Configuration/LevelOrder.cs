using EdgeAlarm.Engine;

namespace EdgeAlarm.Gateway.Configuration;

/// <summary>Finds levels of one tag that stand in the wrong order: a HiHi at or below a Hi warns of nothing, and a Hi at or below a Lo is always there.</summary>
internal static class LevelOrder
{
    private static readonly ConditionType[] Upwards = [ConditionType.LoLo, ConditionType.Lo, ConditionType.Hi, ConditionType.HiHi];

    /// <summary>Tells each row whose level is on the wrong side of another row's. Levels that a tag holds move, and are not compared.</summary>
    public static void Check(IEnumerable<(TableRow Row, AlarmDefinition Alarm)> rows)
    {
        var levels = rows.Where(row => Upwards.Contains(row.Alarm.Type) && row.Alarm.SetpointTag is null && row.Row.Text("Setpoint").Length > 0);
        foreach (var tag in levels.GroupBy(row => row.Alarm.Tag))
        {
            foreach (var (row, alarm) in tag)
            {
                var rank = Array.IndexOf(Upwards, alarm.Type);
                var wrong = tag.FirstOrDefault(other => Array.IndexOf(Upwards, other.Alarm.Type) < rank && other.Alarm.Setpoint >= alarm.Setpoint);
                if (wrong.Alarm is { } below)
                {
                    row.Fault("Setpoint", FormattableString.Invariant($"is no {alarm.Type} beside the {below.Type} of line {wrong.Row.Line}, {below.Id}, at {below.Setpoint}; it is to lie above it."));
                    continue;
                }

                CheckDeadband(row, alarm, tag.Select(other => other.Alarm));
            }
        }
    }

    // one that still stands where the next milder level, or the other side's, has begun or returned, tells the operator a state in which the plant is not any more
    private static void CheckDeadband(TableRow row, AlarmDefinition alarm, IEnumerable<AlarmDefinition> others)
    {
        var isUpwards = alarm.Type is ConditionType.Hi or ConditionType.HiHi;
        var returnsAt = isUpwards ? alarm.Setpoint - alarm.Deadband : alarm.Setpoint + alarm.Deadband;
        var passed = others.FirstOrDefault(other => isUpwards
            ? other.Setpoint < alarm.Setpoint && other.Setpoint >= returnsAt
            : other.Setpoint > alarm.Setpoint && other.Setpoint <= returnsAt);
        if (passed is not null && alarm.Deadband > 0)
        {
            row.Fault("Deadband", FormattableString.Invariant($"lets the alarm return at {returnsAt}, and {passed.Id} stands at {passed.Setpoint}; it is to return before the next level."));
        }
    }
}
