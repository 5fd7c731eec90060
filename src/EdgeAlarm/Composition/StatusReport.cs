using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Acquisition;
using EdgeAlarm.Gateway.Alarming;
using EdgeAlarm.Gateway.Configuration;
using EdgeAlarm.Gateway.Outbox;
using EdgeAlarm.Gateway.Uplink;

namespace EdgeAlarm.Composition;

/// <summary>A gateway at one moment, as <c>edgealarm status</c> shows it.</summary>
internal sealed record StatusReport
{
    public required string Site { get; init; }

    public required string Gateway { get; init; }

    public required string Version { get; init; }

    public required int ProcessId { get; init; }

    public required DateTimeOffset At { get; init; }

    public required Guid Epoch { get; init; }

    public required long LastSeq { get; init; }

    public required long Samples { get; init; }

    public required StatusArmed Armed { get; init; }

    /// <summary>How many alarms stand or wait; <see cref="Standing"/> names the first of them.</summary>
    public required int StandingCount { get; init; }

    public required IReadOnlyList<StatusAlarm> Standing { get; init; }

    /// <summary>How many system conditions stand; <see cref="Conditions"/> names the first of them.</summary>
    public required int ConditionCount { get; init; }

    public required IReadOnlyList<StatusCondition> Conditions { get; init; }

    public required int Alarms { get; init; }

    public required int NotArmedCount { get; init; }

    /// <summary>How many reasons there are; <see cref="NotArmed"/> has those of the most alarms.</summary>
    public required int NotArmedReasons { get; init; }

    public required IReadOnlyList<StatusNotArmed> NotArmed { get; init; }

    public required IReadOnlyList<StatusSource> Sources { get; init; }

    public required StatusOutbox Outbox { get; init; }

    public required StatusUplink Uplink { get; init; }

    /// <summary>The figures of the alarm system; null before they were made.</summary>
    public required StatusKpis? Kpis { get; init; }

    /// <summary>The recorder's disk; null before the first look at it.</summary>
    public StatusDisk? Disk { get; init; }

    private const int ListedMax = 200;
    private const int NamedMax = 20;

    /// <summary>Puts the report together.</summary>
    public static StatusReport Of(Site site, GatewayState state, IEnumerable<SourceStatus> sources, OutboxState outbox, UplinkState uplink, DateTimeOffset now)
    {
        var notArmed = state.Alarms.Where(alarm => !alarm.Armed.IsArmed).ToList();
        var reasons = notArmed
            .GroupBy(alarm => alarm.Armed.Text ?? alarm.Armed.Reason.ToString(), alarm => alarm.Definition.Id, StringComparer.Ordinal)
            .Select(reason => new StatusNotArmed(reason.Key, reason.Count(), [.. reason.Take(NamedMax)]))
            .OrderByDescending(reason => reason.Count)
            .ToList();
        var standing = state.Alarms.Where(alarm => alarm.State.Lifecycle is not LifecycleState.Normal).ToList();
        return new()
        {
            Site = site.Settings.Site,
            Gateway = site.Settings.Gateway,
            Version = GatewayHost.Version,
            ProcessId = Environment.ProcessId,
            At = now,
            Epoch = state.Epoch,
            LastSeq = state.LastSeq,
            Samples = state.Figures.Samples,
            Alarms = state.Alarms.Length,
            Armed = StatusArmed.Of(state, uplink),
            StandingCount = standing.Count,
            Standing =
            [
                .. standing.Take(ListedMax)
                    .Select(alarm => new StatusAlarm(alarm.Name, alarm.State.Lifecycle.ToString(), alarm.Priority.ToString(), alarm.Message, new DateTime(alarm.State.Since.Ticks, DateTimeKind.Utc))),
            ],
            ConditionCount = state.Conditions.Length,
            Conditions = [.. state.Conditions.Take(ListedMax).Select(condition => new StatusCondition(condition.Name, condition.Detail, new DateTime(condition.Since.Ticks, DateTimeKind.Utc)))],
            NotArmedCount = notArmed.Count,
            NotArmedReasons = reasons.Count,
            NotArmed = [.. reasons.Take(ListedMax)],
            Kpis = state.Kpis is { } kpis ? StatusKpis.Of(kpis) : null,
            Disk = state.Space is { } space ? StatusDisk.Of(space) : null,
            Sources = [.. sources.Select(StatusSource.Of)],
            Outbox = new(outbox.Count, outbox.Draining.First, outbox.Draining.Last, outbox.IsRefilling),
            Uplink = new(uplink.IsConnected, uplink.Through, uplink.Unconfirmed, uplink.LastReceiptAt, uplink.Problem),
        };
    }
}
