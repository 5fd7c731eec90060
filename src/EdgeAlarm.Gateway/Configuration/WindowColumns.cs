using EdgeAlarm.Engine;

namespace EdgeAlarm.Gateway.Configuration;

/// <summary>Reads the conditions that are judged over time: Setpoint, Deadband, Window and what is counted or timed.</summary>
/// <param name="row">The row.</param>
/// <param name="tags">All tags.</param>
/// <param name="tag">Index of the tag that the row watches; -1 where it names none.</param>
internal sealed class WindowColumns(TableRow row, TagTable tags, int tag)
{
    private static readonly TimeSpan WindowMin = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan WindowMax = TimeSpan.FromDays(7);

    /// <summary>Whether a type makes anything of a window.</summary>
    public static bool MayHaveWindow(ConditionType type) => type.NeedsWindow() || type is ConditionType.DevHi or ConditionType.DevLo or ConditionType.Discrepancy;

    /// <summary>The definition with its condition; faults are told at the row.</summary>
    public AlarmDefinition ReadInto(AlarmDefinition alarm)
    {
        alarm = alarm with { Window = ReadWindow(alarm.Type) };
        switch (alarm.Type)
        {
            case ConditionType.RateUp or ConditionType.RateDown:
                return ReadRate(alarm);
            case ConditionType.Discrepancy:
                return ReadDiscrepancy(alarm);
            case ConditionType.Flatline:
                Refuse("Setpoint", alarm.Type);
                return alarm with { Deadband = ReadDistance("Deadband", row.Text("Deadband")) };
            case ConditionType.Stale or ConditionType.Heartbeat:
                Refuse("Setpoint", alarm.Type);
                Refuse("Deadband", alarm.Type);
                return alarm;
            case ConditionType.CountInTime or ConditionType.TimeAbnormal:
                Refuse("Deadband", alarm.Type);
                return (alarm.Type == ConditionType.CountInTime ? ReadCount(alarm) : ReadTime(alarm)) with
                {
                    Expression = row.Text("Expression").Length > 0 ? ConditionColumns.ReadExpression(row, tags, tag) : null,
                };
            default:
                throw new ArgumentOutOfRangeException(nameof(alarm), alarm.Type, "no condition over time");
        }
    }

    /// <summary>The window; required where the type says nothing without it.</summary>
    public TimeSpan ReadWindow(ConditionType type)
    {
        if (type.NeedsWindow() && row.Required("Window").Length == 0)
        {
            return WindowMin;
        }

        var window = row.Time("Window", TimeSpan.Zero);
        if ((type.NeedsWindow() || window != TimeSpan.Zero) && (window < WindowMin || window > WindowMax))
        {
            row.Fault("Window", $"is to be from {WindowMin.TotalMilliseconds:0}ms to {WindowMax.TotalDays:0}d.");
            return WindowMin;
        }

        if (tag >= 0 && type is ConditionType.Stale or ConditionType.Heartbeat && window <= tags.Settings[tag].Sampling)
        {
            row.Fault("Window", $"is not longer than the sampling of {tags.Settings[tag].Name}, {tags.Settings[tag].Sampling.TotalMilliseconds:0} ms: it would alarm between two samples.");
        }

        return window;
    }

    private AlarmDefinition ReadRate(AlarmDefinition alarm)
    {
        var text = row.Required("Setpoint");
        var change = text.Length == 0 ? 0 : new SetpointText(row, tags, tag).ReadDistance("Setpoint", text);
        var deadband = ReadDistance("Deadband", row.Text("Deadband"));
        if (change <= 0 && text.Length > 0)
        {
            row.Fault("Setpoint", $"is the change within the window at which the alarm comes, more than 0; {alarm.Type} says the direction.");
        }
        else if (deadband >= change && deadband > 0)
        {
            row.Fault("Deadband", "is as large as the setpoint: the alarm would not return where the value stands still.");
        }

        return alarm with { Setpoint = change, Deadband = deadband };
    }

    private AlarmDefinition ReadDiscrepancy(AlarmDefinition alarm)
    {
        var (offset, feedback) = new SetpointText(row, tags, tag).Read(row.Required("Setpoint"));
        if (row.Text("Setpoint").Length > 0 && (feedback is null || offset != 0))
        {
            row.Fault("Setpoint", "is the tag of the feedback, as XV101_OPEN; Tag is the command, Window the travel time, Deadband what they may differ by.");
        }

        return alarm with { SetpointTag = feedback, Deadband = ReadDistance("Deadband", row.Text("Deadband")) };
    }

    private AlarmDefinition ReadCount(AlarmDefinition alarm)
    {
        var count = row.Required("Setpoint").Length == 0 ? 1 : row.Number("Setpoint") ?? 1;
        if (count is < 1 or > AlarmDefinition.CountMax || count != Math.Floor(count))
        {
            row.Fault("Setpoint", $"is how often within the window, a whole number from 1 to {AlarmDefinition.CountMax}.");
        }

        return alarm with { Setpoint = count };
    }

    private AlarmDefinition ReadTime(AlarmDefinition alarm)
    {
        var seconds = row.Required("Setpoint").Length == 0 ? 0 : row.Number("Setpoint") ?? alarm.Window.TotalSeconds;
        if (row.Text("Setpoint").Length > 0 && (seconds <= 0 || seconds > alarm.Window.TotalSeconds))
        {
            row.Fault("Setpoint", FormattableString.Invariant($"is how many seconds of the window, more than 0 and at most {alarm.Window.TotalSeconds}."));
        }

        return alarm with { Setpoint = seconds };
    }

    private double ReadDistance(string column, string text)
    {
        var distance = text.Length == 0 ? 0 : new SetpointText(row, tags, tag).ReadDistance(column, text);
        if (distance < 0)
        {
            row.Fault(column, "is at least 0.");
            return 0;
        }

        return distance;
    }

    private void Refuse(string column, ConditionType type)
    {
        if (row.Text(column) is { Length: > 0 } text && text is not "0")
        {
            row.Fault(column, $"has no meaning for {type}; leave it blank.");
        }
    }
}
