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

    public required IReadOnlyList<StatusAlarm> Standing { get; init; }

    public required IReadOnlyList<StatusCondition> Conditions { get; init; }

    public required int Alarms { get; init; }

    public required int NotArmedCount { get; init; }

    public required IReadOnlyList<StatusNotArmed> NotArmed { get; init; }

    public required IReadOnlyList<StatusSource> Sources { get; init; }

    public required StatusOutbox Outbox { get; init; }

    public required StatusUplink Uplink { get; init; }

    private const int ListedMax = 200;

    /// <summary>Puts the report together.</summary>
    public static StatusReport Of(Site site, GatewayState state, IEnumerable<SourceStatus> sources, OutboxState outbox, UplinkState uplink, DateTimeOffset now)
    {
        var notArmed = state.Alarms.Where(alarm => !alarm.Armed.IsArmed).ToList();
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
            Standing =
            [
                .. state.Alarms.Where(alarm => alarm.State.Lifecycle is not LifecycleState.Normal)
                    .Select(alarm => new StatusAlarm(alarm.Definition.Id, alarm.State.Lifecycle.ToString(), alarm.Definition.Priority.ToString(), alarm.Definition.Message, new DateTime(alarm.State.Since.Ticks, DateTimeKind.Utc)))
                    .Take(ListedMax),
            ],
            Conditions = [.. state.Conditions.Take(ListedMax).Select(condition => new StatusCondition(condition.Name, condition.Detail, new DateTime(condition.Since.Ticks, DateTimeKind.Utc)))],
            NotArmedCount = notArmed.Count,
            NotArmed = [.. notArmed.Take(ListedMax).Select(alarm => new StatusNotArmed(alarm.Definition.Id, state.Tags[alarm.Definition.Tag].Definition.Name, alarm.Armed.Text ?? alarm.Armed.Reason.ToString()))],
            Sources = [.. sources.Select(StatusSource.Of)],
            Outbox = new(outbox.Count, outbox.Draining.First, outbox.Draining.Last, outbox.IsRefilling),
            Uplink = new(uplink.IsConnected, uplink.Through, uplink.Unconfirmed, uplink.LastReceiptAt, uplink.Problem),
        };
    }
}
