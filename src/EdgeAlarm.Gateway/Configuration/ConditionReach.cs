using EdgeAlarm.Engine;

namespace EdgeAlarm.Gateway.Configuration;

/// <summary>
/// Finds conditions that no value of the watched tag's range brings, or that none ends again: an alarm that cannot come protects nobody, and one that never goes tells its
/// second occurrence to nobody.
/// </summary>
/// <param name="row">The row; takes the faults.</param>
/// <param name="name">Name of the watched tag.</param>
/// <param name="low">Lower end of its range.</param>
/// <param name="high">Upper end of its range, above <paramref name="low"/>.</param>
internal sealed class ConditionReach(TableRow row, string name, double low, double high)
{
    private double Width => high - low;

    /// <summary>Tells what is wrong with a condition that was read without a fault.</summary>
    public void Check(AlarmDefinition alarm)
    {
        switch (alarm.Type)
        {
            case ConditionType.HiHi or ConditionType.Hi or ConditionType.Lo or ConditionType.LoLo:
                CheckLimit(alarm, "Setpoint");
                break;
            case ConditionType.Limits:
                foreach (var level in alarm.Levels.Span)
                {
                    CheckLimit(alarm with { Type = Enum.Parse<ConditionType>(level.Level.ToString()), Setpoint = level.Setpoint, IsExclusive = level.IsExclusive }, level.Level.ToString());
                }

                break;
            case ConditionType.Equal or ConditionType.NotEqual when alarm.SetpointTag is null:
                CheckWithin(alarm.Setpoint);
                break;
            case ConditionType.InSet:
                foreach (var value in alarm.Set.Items)
                {
                    CheckWithin(value);
                }

                break;
            case ConditionType.DevHi or ConditionType.DevLo or ConditionType.RateUp or ConditionType.RateDown when Math.Abs(alarm.Setpoint) > Width:
                row.Fault("Setpoint", FormattableString.Invariant($"is more than the value of {name} can move, {low} to {high}: the alarm could never come."));
                break;
            case ConditionType.Flatline when alarm.Deadband >= Width:
                row.Fault("Deadband", FormattableString.Invariant($"is as large as the range of {name}, {low} to {high}: whatever the value does would count as standing still."));
                break;
            case ConditionType.Equal or ConditionType.NotEqual or ConditionType.DevHi or ConditionType.DevLo or ConditionType.RateUp or ConditionType.RateDown
                or ConditionType.Flatline or ConditionType.Bit or ConditionType.Mask or ConditionType.Discrepancy or ConditionType.Stale or ConditionType.Heartbeat
                or ConditionType.BadQuality or ConditionType.CountInTime or ConditionType.TimeAbnormal or ConditionType.Expression:
                break;
        }
    }

    private void CheckLimit(AlarmDefinition alarm, string column)
    {
        if (alarm.Deadband >= Width)
        {
            row.Fault("Deadband", FormattableString.Invariant($"is as large as the range of {name}, {low} to {high}: the alarm would never return."));
            return;
        }

        if (alarm.SetpointTag is not null || !CheckWithin(alarm.Setpoint, column))
        {
            return;
        }

        var isUpwards = alarm.Type is ConditionType.HiHi or ConditionType.Hi;
        var returnsAt = isUpwards ? alarm.Setpoint - alarm.Deadband : alarm.Setpoint + alarm.Deadband;
        if (alarm.IsExclusive && alarm.Setpoint == (isUpwards ? high : low))
        {
            row.Fault(column, FormattableString.Invariant($"is the end of the range of {name}, {low} to {high}, and the value is to be beyond it: the alarm could never come."));
        }
        else if (alarm.Deadband > 0 && (returnsAt < low || returnsAt > high))
        {
            row.Fault("Deadband", FormattableString.Invariant($"lets the alarm return at {returnsAt}, outside of the range of {name}, {low} to {high}: it would never return."));
        }
    }

    private bool CheckWithin(double setpoint, string column = "Setpoint")
    {
        var isWithin = setpoint >= low && setpoint <= high;
        if (!isWithin)
        {
            row.Fault(column, FormattableString.Invariant($"lies outside of the range of {name}, {low} to {high}."));
        }

        return isWithin;
    }
}
