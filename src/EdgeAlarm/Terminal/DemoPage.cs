using System.Globalization;
using EdgeAlarm.Composition;
using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Alarming;
using EdgeAlarm.Historian.Intake;
using EdgeAlarm.Historian.Storage;
using EdgeAlarm.Wire;

namespace EdgeAlarm.Terminal;

/// <summary>Reads what the page shows from the running demo.</summary>
internal static class DemoPage
{
    private const int EventsShown = 40;
    private static readonly TimeSpan ReceiptLagMax = TimeSpan.FromSeconds(5);

    public static async Task<PageModel> ReadAsync(Demo demo, TimeSpan up, DateTimeOffset now, string answer, CancellationToken cancellationToken)
    {
        var state = demo.Gateway.Pump.State;
        return new PageModel
        {
            Title = $"{demo.Site.Settings.Site}/{demo.Site.Settings.Gateway}   configuration {demo.Site.Normalised.Hash[..12]}",
            Up = up,
            Chain = Chain(demo, state, now),
            Tags = [.. state.Tags.Select(Tag)],
            Alarms = [.. state.Alarms.Select(Alarm)],
            Events = demo.Historian.Phase == HistorianPhase.Active ? [.. (await demo.Store.LatestAsync(EventsShown, cancellationToken)).Select(Event)] : [],
            Answer = answer,
        };
    }

    /// <summary>An event of the store as a row.</summary>
    public static EventRow Event(StoredEvent stored)
    {
        var message = EventJson.Parse(System.Text.Encoding.UTF8.GetBytes(stored.Payload));
        var subject = message.Alarm ?? message.Tag ?? message.Source ?? message.Name ?? "gateway";
        var text = message.Message ?? message.Reason ?? string.Empty;
        var value = message.Value is { } number ? $"  {number.ToString("0.##", CultureInfo.InvariantCulture)} {message.Unit}".TrimEnd() : string.Empty;
        var by = message.By is { } person ? $"  by {person}" : string.Empty;
        return new EventRow(stored.Key.Seq, stored.EventTime.ToLocalTime(), stored.Kind, subject, $"{text}{value}{by}", stored.StoredAt - stored.EventTime);
    }

    private static List<LinkRow> Chain(Demo demo, GatewayState state, DateTimeOffset now)
    {
        var figures = state.Figures;
        var (outbox, uplink, historian, plant) = (demo.Gateway.Outbox, demo.Gateway.Uplink, demo.Historian, demo.PlantLoad);
        var down = state.Alarms.FirstOrDefault(alarm => alarm.Armed.Reason == ArmedReason.SourceDown);
        var armed = state.Alarms.Count(alarm => alarm.Armed.IsArmed);
        var behind = state.LastSeq - uplink.Through;
        var receiptAge = uplink.LastReceiptAt is { } at ? now - at : (TimeSpan?)null;
        return
        [
            new("plant", plant.Sessions > 0, $"{plant.ValuesLogged} values set, {plant.Sessions} OPC UA session, {plant.MonitoredItems} monitored items"),
            new("OPC UA", down is null, down is null ? $"{figures.Samples} samples, {figures.DuplicateSamples} known already" : down.Armed.Text ?? "down"),
            new("journal", state.FlushedPosition > 0, $"{state.FlushedPosition:#,0} bytes flushed in {figures.Flushes} flushes, the longest took {figures.LongestFlush.TotalMilliseconds:0.0} ms"),
            new("engine", armed == state.Alarms.Length, $"{state.LastSeq} events, {armed} of {state.Alarms.Length} alarms armed"),
            new("outbox", outbox.Failure is null, outbox.Failure ?? $"{outbox.Count} wait for their receipt"),
            new("broker", uplink.IsConnected, uplink.Problem ?? $"{uplink.Acknowledged} events taken, {uplink.Repeated} repeats"),
            new("historian", historian.Phase == HistorianPhase.Active, historian.Trouble ?? $"{historian.Stored} events committed, {historian.Duplicates} known already, {historian.Conflicts} conflicts"),
            new(
                "receipt",
                behind == 0 || receiptAge < ReceiptLagMax,
                $"through {uplink.Through} of {state.LastSeq}{(receiptAge is { } age ? $", the last {age.TotalSeconds:0.0} s ago" : string.Empty)}"),
        ];
    }

    private static TagRow Tag(TagState tag)
    {
        if (tag.Last is not { } last)
        {
            return new(tag.Definition.Name, "-", tag.Definition.Unit, "no sample yet");
        }

        var value = last.Value.Kind == TagValueKind.Boolean ? (last.Value.Bits != 0 ? "on" : "off") : last.Value.AsNumber().ToString("0.0", CultureInfo.InvariantCulture);
        var quality = last.Quality.IsBad ? "bad" : last.Quality.IsUncertain ? "uncertain" : last.Quality.IsDegraded ? "degraded" : string.Empty;
        return new(tag.Definition.Name, value, tag.Definition.Unit, quality);
    }

    private static AlarmRow Alarm(AlarmStatus alarm) => new(
        alarm.Definition.Id,
        alarm.State.Lifecycle,
        alarm.Priority,
        alarm.Message,
        alarm.Definition.AckRequired,
        alarm.State.Since.Ticks > 0 ? new DateTime(alarm.State.Since.Ticks, DateTimeKind.Utc).ToLocalTime() : null,
        alarm.Armed.IsArmed ? null : alarm.Armed.Text ?? alarm.Armed.Reason.ToString());
}
