namespace EdgeAlarm.Engine.Tests.Promises;

/// <summary>The end of all disturbances: every source delivers by new subscriptions, on request after a start of the gateway, every inhibition is ended, and each tag has a good value that lasts.</summary>
internal static class Recovery
{
    /// <summary>Values on this side and on the other side of the limit of a plain alarm; null for the others.</summary>
    public static (double Normal, double Abnormal)? Values(AlarmDefinition alarm) => alarm is { SetpointTag: null } ? alarm.Type switch
    {
        ConditionType.HiHi or ConditionType.Hi => (-1e6, 1e6),
        ConditionType.Lo or ConditionType.LoLo => (1e6, -1e6),
        ConditionType.Equal => (alarm.Setpoint + 1, alarm.Setpoint),
        ConditionType.NotEqual => (alarm.Setpoint, alarm.Setpoint + 1),
        ConditionType.Limits => (50, 1e6),
        _ => null,
    }
    : null;

    public static IEnumerable<object> Steps(AlarmEngine engine, bool isRestart)
    {
        var configuration = engine.Configuration;
        var at = engine.Now + TimeSpan.FromSeconds(1);
        if (isRestart)
        {
            yield return new GatewayStarted(at, new(at.Ticks), WallClockWentBack: false);
        }

        yield return new SystemConditionChanged(at, GatewayConditions.Unrecorded, false, "the disk has room again");

        for (var source = 0; source < configuration.Sources.Length; source++)
        {
            yield return new SourceClockMeasured(at, source, TimeSpan.Zero, Synchronised: true);
            yield return new SourceUp(at, source, isRestart ? SourceRecovery.Connected : SourceRecovery.Recreated);
        }

        for (var tag = 0; tag < configuration.Tags.Length; tag++)
        {
            yield return new TagMonitored(at, tag, Quality.Good);
        }

        foreach (var alarm in configuration.Alarms)
        {
            yield return new UnshelveCommand(at, Guid.Empty, alarm.Id, "operator1", "");
            yield return new ReturnToServiceCommand(at, Guid.Empty, alarm.Id, "operator1", "proved");
        }

        for (var tag = 0; tag < configuration.Tags.Length; tag++)
        {
            yield return Sample(tag, 0, at);
        }

        var later = at + TimeSpan.FromMinutes(2);
        yield return new Tick(later);

        // who was silent meanwhile speaks again
        for (var tag = 0; tag < configuration.Tags.Length; tag++)
        {
            yield return Sample(tag, 0, later);
        }
    }

    /// <summary>A value that stands for as long as an alarm waits.</summary>
    public static IEnumerable<object> Steps(AlarmEngine engine, AlarmDefinition alarm, double value)
    {
        var at = engine.Now + TimeSpan.FromSeconds(1);
        yield return Sample(alarm.Tag, value, at);
        yield return new Tick(at + TimeSpan.FromTicks(Math.Max(OnDelay(alarm).Ticks, alarm.OffDelay.Ticks)));
    }

    /// <summary>How long at most an alarm waits: with levels, the longest of theirs.</summary>
    public static TimeSpan OnDelay(AlarmDefinition alarm) => alarm.Levels.Span.IsEmpty ? alarm.OnDelay : alarm.Levels.Span.ToArray().Max(level => level.OnDelay);

    private static Sample Sample(int tag, double value, PlantTime at) => new(tag, TagValue.From(value), Quality.Good, new(at.Ticks), UtcTime.Missing, new(at.Ticks), at);
}
