using EdgeAlarm.Engine;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Services;
using Microsoft.Extensions.Time.Testing;

namespace EdgeAlarm.Gateway.Tests.Acquisition.Scripted;

/// <summary>Values, qualities and times as real servers send them: what arrives is what was sent, and what cannot be trusted is never taken for Good.</summary>
public sealed class ValueTests
{
    // a filter that the server refuses leaves an item that never reports; a default trigger that ignores values reports nothing
    [Fact]
    [Trait("Field", "F-4")]
    [Trait("Field", "F-6")]
    public async Task Items_are_created_without_any_filter_reporting_with_a_queue_that_keeps_the_newest()
    {
        await using var plc = new ScriptedPlc();
        await plc.StartLiveAsync();
        var items = plc.Server.Received<CreateMonitoredItemsRequest>().Single().Read<CreateMonitoredItemsRequest>();
        Assert.Equal(TimestampsToReturn.Both, items.TimestampsToReturn);
        Assert.Equal(StandardNodes.ServerStatusCurrentTime, items.ItemsToCreate[^1].ItemToMonitor.NodeId);
        Assert.All(items.ItemsToCreate[..^1], item =>
        {
            Assert.True(item.RequestedParameters.Filter.IsNull);
            Assert.Equal((MonitoringMode.Reporting, true), (item.MonitoringMode, item.RequestedParameters.DiscardOldest));
            Assert.True(item.RequestedParameters.QueueSize >= 10);
        });
    }

    [Fact]
    [Trait("Field", "F-4")]
    public async Task An_item_that_the_server_refuses_is_told_as_not_monitored_with_the_servers_reason()
    {
        await using var plc = new ScriptedPlc();
        plc.Server.Do(plant => plant.Refused["PT102"] = StatusCodes.BadFilterNotAllowed);
        plc.Start();
        await plc.SeenAsync(sink => sink.Samples.Count >= 2, "the other tags");
        Assert.Equal(StatusCodes.BadFilterNotAllowed.Code, plc.Sink.MonitoredTags.Single(tag => tag.Tag == 1).Result.Code);
        Assert.Contains(plc.Log.Lines, line => line.Text.Contains("BadFilterNotAllowed", StringComparison.Ordinal) && line.Text.Contains("PT102", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Field", "F-5")]
    public async Task A_status_that_changes_alone_arrives_with_the_value_that_stayed()
    {
        await using var plc = new ScriptedPlc();
        await plc.StartLiveAsync();
        plc.Server.Set("LT101", 50);
        plc.Server.Set("LT101", 50, StatusCodes.BadSensorFailure);
        plc.Server.Set("LT101", 50);
        await plc.SeenAsync(_ => plc.Values().Count == 4, "three changes");
        Assert.Equal([0u, StatusCodes.BadSensorFailure.Code, 0u], plc.Sink.Samples.Where(sample => sample.Tag == 0).Skip(1).Select(sample => sample.Quality.Code));
    }

    // an S7-1500 under load says GoodOverload of elements that it did not check
    [Theory]
    [Trait("Field", "F-3")]
    [Trait("Field", "F-28")]
    [Trait("Field", "F-30")]
    [InlineData(0x00000000u, "good")]
    [InlineData(0x00000400u, "good")] // InfoBits without a flag
    [InlineData(0x002F0000u, "degraded")] // GoodOverload
    [InlineData(0x00960000u, "degraded")] // GoodLocalOverride
    [InlineData(0x40000000u, "uncertain")]
    [InlineData(0x408F0000u, "uncertain")] // UncertainNoCommunicationLastUsableValue
    [InlineData(0x80000000u, "bad")]
    [InlineData(0x808C0100u, "bad")] // BadSensorFailure, limited low
    [InlineData(0x8FFF0000u, "bad")] // a vendor's own
    [InlineData(0xC0000000u, "bad")] // the reserved severity; 0xC0 in the highest byte is what OPC DA called good
    public async Task Every_class_of_status_arrives_bit_by_bit_and_what_is_unknown_is_bad(uint code, string verdict)
    {
        await using var plc = new ScriptedPlc();
        await plc.StartLiveAsync();
        plc.Server.Set("LT101", 50, new(code));
        await plc.SeenAsync(_ => plc.Values().Count == 2, "the value");
        var quality = plc.Sink.Samples.Last(sample => sample.Tag == 0).Quality;
        Assert.Equal(code, quality.Code);
        var said = (quality.IsGood, quality.IsDegraded, quality.IsUncertain, quality.IsBad) switch
        {
            (true, false, false, false) => "good",
            (true, true, false, false) => "degraded",
            (false, false, true, false) => "uncertain",
            (false, false, false, true) => "bad",
            _ => "a contradiction",
        };
        Assert.Equal(verdict, said);
    }

    // 1152 = 0x480: the loss travels in a value that calls itself Good
    [Fact]
    [Trait("Field", "F-2")]
    public async Task The_overflow_bit_in_a_good_value_becomes_a_gap_of_its_tag_before_the_value()
    {
        await using var plc = new ScriptedPlc();
        await plc.StartLiveAsync();
        await plc.PassAsync(TimeSpan.FromSeconds(3));
        plc.Server.Set("PT102", 7, new(0x00000480));
        await plc.SeenAsync(_ => plc.Values(1)[^1] == 7, "the value");
        var gap = Assert.Single(plc.Sink.Gaps);
        Assert.Equal((1, GapCause.Overflow), (gap.Tag, gap.Cause));
        Assert.InRange((gap.End - gap.Start).TotalSeconds, 2.5, 3.5);
    }

    // WinCC sends no ServerTimestamp; an edge simulator froze its SourceTimestamp while the value went on
    [Fact]
    [Trait("Field", "F-67")]
    public async Task Values_whose_source_time_stands_still_or_whose_server_time_is_missing_all_arrive_across_a_break_too()
    {
        await using var plc = new ScriptedPlc();
        await plc.StartLiveAsync();
        var frozen = plc.Time.GetUtcNow().UtcTicks;
        plc.Server.Set("LT101", 1, sourceTicks: frozen, serverTicks: 0);
        plc.Server.Set("LT101", 2, sourceTicks: frozen, serverTicks: 0);
        await plc.SeenAsync(_ => plc.Values()[^1] == 2, "values");
        plc.Server.Cut();
        plc.Server.Set("LT101", 3, sourceTicks: frozen, serverTicks: 0);
        await plc.UntilAsync(_ => plc.Values()[^1] == 3, "the value behind the break");
        Assert.Equal([0, 1, 2, 3], plc.Values());
        Assert.All(plc.Sink.Samples.Where(sample => sample.Tag == 0).Skip(1), sample => Assert.True(sample is { ServerTime.IsMissing: true, SourceTime.IsMissing: false }));
        Assert.True(plc.Sink.Samples.Select(sample => sample.PlantTime.Ticks).SequenceEqual(plc.Sink.Samples.Select(sample => sample.PlantTime.Ticks).Order()));
    }

    // one read in fifty was 0 with Good, and "check the server" was all that could be said: here the record shows what the server sent
    [Fact]
    [Trait("Field", "F-7")]
    public async Task A_zero_with_good_status_arrives_as_the_server_sent_it_neither_swallowed_nor_smoothed()
    {
        await using var plc = new ScriptedPlc();
        await plc.StartLiveAsync();
        foreach (var value in (double[])[51.5, 0, 51.5])
        {
            plc.Server.Set("LT101", value);
        }

        await plc.SeenAsync(_ => plc.Values().Count == 4, "three values");
        Assert.Equal([0, 51.5, 0, 51.5], plc.Values());
    }

    // the program was loaded anew: the node went and came again, the subscription stayed valid and the item stayed dead
    [Fact]
    [Trait("Field", "F-21")]
    public async Task A_node_that_went_and_returned_under_a_living_subscription_is_monitored_again_by_a_new_item()
    {
        await using var plc = new ScriptedPlc();
        await plc.StartLiveAsync();
        plc.Server.Set("PT102", 0, StatusCodes.BadNodeIdUnknown);
        await plc.SeenAsync(sink => sink.Samples.Any(sample => sample is { Tag: 1, Quality.IsBad: true }), "the loss of the node");
        plc.Server.Do(plant => plant.Subscriptions[0].Handles.Clear()); // the old items never report again
        plc.Server.Set("PT102", 5);
        await plc.UntilAsync(_ => plc.Values(1)[^1] == 5, "the returned node", within: TimeSpan.FromMinutes(1));
        Assert.Single(plc.Server.Received<DeleteMonitoredItemsRequest>());
        Assert.Empty(plc.Sink.Downs);
    }

    [Fact]
    [Trait("Field", "F-21")]
    public async Task A_start_time_that_moves_under_a_living_subscription_means_new_items_behind_a_gap()
    {
        await using var plc = new ScriptedPlc();
        await plc.StartLiveAsync();
        await plc.PassAsync(TimeSpan.FromSeconds(10));
        plc.Server.Do(plant => plant.StartTicks = plc.Time.GetUtcNow().UtcTicks);
        await plc.UntilAsync(sink => sink.Ups.Count == 2, "new items", within: TimeSpan.FromSeconds(10));
        Assert.Contains("restarted", plc.Sink.Downs.Single().Reason, StringComparison.Ordinal);
        Assert.NotEmpty(plc.Sink.Gaps);
    }

    // intervals that came from the wall clock went wrong when it was set, and items were lost
    [Theory]
    [Trait("Field", "F-66")]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task A_wall_clock_that_is_set_by_an_hour_breaks_nothing_and_plant_time_goes_on(int hours)
    {
        var time = new SettableClock(new DateTimeOffset(2026, 3, 1, 6, 0, 0, TimeSpan.Zero));
        await using var plc = new ScriptedPlc(time);
        await plc.StartLiveAsync();
        plc.Server.Set("LT101", 1);
        await plc.SeenAsync(_ => plc.Values()[^1] == 1, "a value before");
        time.Set(TimeSpan.FromHours(hours));
        await plc.PassAsync(TimeSpan.FromSeconds(30));
        plc.Server.Set("LT101", 2);
        await plc.SeenAsync(_ => plc.Values()[^1] == 2, "a value after");
        var (before, after) = (plc.Sink.Samples[^2], plc.Sink.Samples[^1]);
        Assert.InRange((after.PlantTime - before.PlantTime).TotalSeconds, 29, 32);
        Assert.InRange(TimeSpan.FromTicks(after.ReceivedAt.Ticks - before.ReceivedAt.Ticks).TotalHours, hours - 0.1, hours + 0.1);
        Assert.Empty(plc.Sink.Downs);
        Assert.Empty(plc.Sink.Gaps);
    }

    private sealed class SettableClock(DateTimeOffset start) : FakeTimeProvider(start)
    {
        private TimeSpan _ahead;

        public void Set(TimeSpan ahead) => _ahead = ahead;

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _ahead;

        public override long GetTimestamp() => base.GetUtcNow().UtcTicks;
    }
}
