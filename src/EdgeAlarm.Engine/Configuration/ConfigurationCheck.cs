namespace EdgeAlarm.Engine;

/// <summary>Demands of a configuration what the engine relies on. People's mistakes are told by whoever reads their files; what arrives here wrong is a fault of ours.</summary>
internal static class ConfigurationCheck
{
    // shorter ones have parts of no length
    private static readonly TimeSpan WindowMin = TimeSpan.FromMilliseconds(1);

    /// <summary>Demands it.</summary>
    /// <exception cref="InvariantViolation">An index is out of range, a number is not finite, a delay or deadband is negative, or an id stands twice.</exception>
    public static void Demand(AlarmConfiguration configuration)
    {
        foreach (var tag in configuration.Tags)
        {
            Demand(tag.Source >= 0 && tag.Source < configuration.Sources.Length, tag.Name, "has no source of the configuration");
        }

        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var alarm in configuration.Alarms)
        {
            Demand(ids.Add(alarm.Id), alarm.Id, "stands twice");
            Demand(alarm.Tag >= 0 && alarm.Tag < configuration.Tags.Length, alarm.Id, "has no tag of the configuration");
            Demand(double.IsFinite(alarm.Setpoint), alarm.Id, "has a setpoint that is no finite number");
            Demand(double.IsFinite(alarm.Deadband) && alarm.Deadband >= 0, alarm.Id, "has a deadband that is no finite number of at least 0");
            Demand(alarm.OnDelay >= TimeSpan.Zero && alarm.OffDelay >= TimeSpan.Zero, alarm.Id, "has a negative delay");
            Demand(alarm.Type != ConditionType.Expression || alarm.Expression is not null, alarm.Id, "has no expression");
            Demand(alarm.Expression is not { } read || read.Tags.Span.Contains(alarm.Tag), alarm.Id, "has an expression that does not read its tag");
            Demand(alarm.Cone.All(tag => tag >= 0 && tag < configuration.Tags.Length), alarm.Id, "reads a tag that is none of the configuration");
            Demand(alarm.Window == TimeSpan.Zero || alarm.Window >= WindowMin, alarm.Id, "has a window that is too short to be kept");
            Demand(!alarm.Type.NeedsWindow() || alarm.Window > TimeSpan.Zero, alarm.Id, "has no window");
            Demand(!NeedsOther(alarm.Type) || alarm.SetpointTag is not null, alarm.Id, "has no tag to compare with");
            Demand(alarm.Type != ConditionType.CountInTime || alarm.Setpoint is >= 1 and <= AlarmDefinition.CountMax, alarm.Id, "counts further than it can");
            Demand(alarm.Type != ConditionType.TimeAbnormal || (alarm.Setpoint >= 0 && alarm.Setpoint <= alarm.Window.TotalSeconds), alarm.Id, "times more than its window");
            Demand((alarm.Bits.Pattern & ~alarm.Bits.Mask) == 0, alarm.Id, "has a pattern outside of its mask");
            Demand(Enum.IsDefined(alarm.Type) && Enum.IsDefined(alarm.BadQuality), alarm.Id, "has a type or policy that this engine does not know");
            DemandLevels(alarm);
            Demand(configuration, alarm.Id, alarm.Handling);
        }

        foreach (var group in configuration.SuppressionGroups)
        {
            Demand(configuration, group);
        }
    }

    private static void DemandLevels(AlarmDefinition alarm)
    {
        Demand((alarm.Type == ConditionType.Limits) == (alarm.Levels.Span.Length > 0), alarm.Id, "has levels without the type for them, or the type without levels");
        var last = 0;
        foreach (var level in alarm.Levels.Span)
        {
            Demand(Enum.IsDefined(level.Level) && Levels.Order(level.Level) > last, alarm.Id, "has levels that are not in their order");
            Demand(double.IsFinite(level.Setpoint) && level.OnDelay >= TimeSpan.Zero, alarm.Id, "has a level whose limit is no finite number, or whose delay is negative");
            last = Levels.Order(level.Level);
        }
    }

    private static void Demand(AlarmConfiguration configuration, string id, AlarmHandling handling)
    {
        var times = (ReadOnlySpan<TimeSpan>)[handling.LatchFor, handling.ReAlarm, handling.ShelveMax, handling.OutOfServiceMax];
        foreach (var time in times)
        {
            Demand(time >= TimeSpan.Zero, id, "has a negative time");
        }

        Demand(Enum.IsDefined(handling.Latch) && (handling.Latch == LatchMode.Timed) == (handling.LatchFor > TimeSpan.Zero), id, "has a latch without its time, or a time without its latch");
        Demand(handling.SuppressionGroup >= -1 && handling.SuppressionGroup < configuration.SuppressionGroups.Length, id, "has no suppression of the configuration");
        Demand(handling.FirstOutGroup >= -1 && handling.FirstOutGroup < configuration.FirstOutGroups.Length, id, "has no first-out group of the configuration");
    }

    private static void Demand(AlarmConfiguration configuration, SuppressionGroupDefinition group)
    {
        Demand(group.Entry >= TimeSpan.Zero && group.Exit >= TimeSpan.Zero && group.Max > TimeSpan.Zero, group.Name, "has a time that is not possible");
        var isKnown = group.Trigger switch
        {
            SuppressionTrigger.Holds holds => holds.Expression.Tags.Items.All(tag => tag >= 0 && tag < configuration.Tags.Length),
            SuppressionTrigger.AlarmActive alarm => alarm.Alarm >= 0 && alarm.Alarm < configuration.Alarms.Length,
            _ => false,
        };
        Demand(isKnown, group.Name, "has a trigger that is not of the configuration");
        Demand(!IsCircular(configuration, group), group.Name, "suppresses in a circle: alarms would hide each other");
    }

    // From an alarm that suppresses to what suppresses that one; a path that is longer than there are groups comes back to where it was.
    private static bool IsCircular(AlarmConfiguration configuration, SuppressionGroupDefinition group)
    {
        for (var steps = 0; steps <= configuration.SuppressionGroups.Length; steps++)
        {
            if (group.Trigger is not SuppressionTrigger.AlarmActive { Alarm: var alarm } || configuration.Alarms[alarm].Handling.SuppressionGroup is not (>= 0 and var next))
            {
                return false;
            }

            group = configuration.SuppressionGroups[next];
        }

        return true;
    }

    private static bool NeedsOther(ConditionType type) => type is ConditionType.DevHi or ConditionType.DevLo or ConditionType.Discrepancy;

    private static void Demand(bool holds, string name, string fault)
    {
        if (!holds)
        {
            throw new InvariantViolation($"The configuration was not validated: {name} {fault}.");
        }
    }
}
