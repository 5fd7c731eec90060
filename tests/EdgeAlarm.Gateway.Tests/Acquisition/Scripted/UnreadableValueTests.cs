using EdgeAlarm.Engine;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Services;
using EdgeAlarm.TestServers.Scripted;

namespace EdgeAlarm.Gateway.Tests.Acquisition.Scripted;

/// <summary>A variable whose value's bytes are none costs its own tag, and what stood behind it in the message; nothing goes round for ever.</summary>
[Trait("Field", "F-13")]
public sealed class UnreadableValueTests
{
    // deeper than any decoder has to bear (OPC 10000-6 §5.1.5)
    private static readonly DataValue Unreadable = Enumerable.Range(0, 120).Aggregate(new DataValue(Variant.From(1.0)), (inner, _) => new DataValue(Variant.From(inner)));

    [Fact]
    public async Task It_is_told_as_not_monitored_and_the_others_go_on_in_the_same_subscription()
    {
        await using var plc = new ScriptedPlc();
        await plc.StartLiveAsync();
        await PublishAsync(plc, (1, new(Variant.From(5.0))), (2, Unreadable));
        await plc.SeenAsync(sink => sink.MonitoredTags.Any(tag => tag is { Tag: 1, Result.IsBad: true }), "the tag as not monitored");
        plc.Server.Set("TT103", 6);
        await plc.UntilAsync(_ => plc.Values(2)[^1] == 6, "a later value of another tag");
        await plc.PassAsync(TimeSpan.FromMinutes(1), step: TimeSpan.FromSeconds(1));

        Assert.Equal([0, 5], plc.Values());
        Assert.Equal(StatusCodes.BadDecodingError.Code, plc.Sink.MonitoredTags[^1].Result.Code);
        Assert.Contains(plc.Log.Lines, line => line.Id == 1017 && line.Text.Contains("PT102", StringComparison.Ordinal) && line.Text.Contains("Nested deeper than 100", StringComparison.Ordinal));
        Assert.Single(plc.Server.Received<DeleteMonitoredItemsRequest>());
        Assert.Single(plc.Server.Received<CreateMonitoredItemsRequest>());
        Assert.Empty(plc.Sink.Downs);
        Assert.Empty(plc.Sink.Gaps);
    }

    [Fact]
    public async Task It_is_read_alone_rarer_and_rarer_and_monitored_again_once_it_can_be_read()
    {
        await using var plc = new ScriptedPlc();
        await plc.StartLiveAsync(options => options with { RetryItemsAfter = TimeSpan.FromSeconds(10) });
        await PublishAsync(plc, (2, Unreadable));
        await plc.PassAsync(TimeSpan.FromMinutes(5), step: TimeSpan.FromSeconds(1));
        // 20, 30, 40 ... seconds apart: seven in five minutes, where a fixed interval would be thirty
        Assert.InRange(ReadAlone(plc), 5, 8);
        plc.Server.Set("PT102", 7);
        await plc.UntilAsync(_ => plc.Values(1)[^1] == 7, "the value", step: TimeSpan.FromSeconds(1));
        await plc.UntilAsync(sink => sink.Gaps.Count == 1, "the gap of the tag");
        Assert.Equal((1, GapCause.ConnectionLost), (plc.Sink.Gaps[0].Tag, plc.Sink.Gaps[0].Cause));
        Assert.True(plc.Sink.MonitoredTags[^1] is { Tag: 1, Result.IsGood: true });
        Assert.Empty(plc.Sink.Downs);
    }

    // nobody can find the values behind it: their gap is told, and new items tell what they are now, once
    [Fact]
    public async Task Where_values_stood_behind_it_their_gap_is_told_and_the_subscription_is_made_anew_once_without_it()
    {
        await using var plc = new ScriptedPlc();
        plc.Server.Do(plant => plant.KeepsPublishes = true);
        await plc.StartLiveAsync();
        await PublishAsync(plc, (1, new(Variant.From(5.0))), (2, Unreadable), (3, new(Variant.From(9.0))));
        await plc.UntilAsync(sink => sink.Ups.Count == 2, "new items");
        await plc.PassAsync(TimeSpan.FromMinutes(3), step: TimeSpan.FromSeconds(1));

        Assert.Equal(5, plc.Values()[1]);
        Assert.Equal(GapCause.RepublishFailed, plc.Sink.Gaps[0].Cause);
        Assert.Equal(2, plc.Server.Received<CreateSubscriptionRequest>().Count);
        var again = plc.Server.Received<CreateMonitoredItemsRequest>()[1].Read<CreateMonitoredItemsRequest>();
        Assert.DoesNotContain(again.ItemsToCreate, item => item.ItemToMonitor.NodeId.ToString().Contains("PT102", StringComparison.Ordinal));
        Assert.Equal(StatusCodes.BadDecodingError.Code, plc.Sink.MonitoredTags.Last(tag => tag.Tag == 1).Result.Code);
        Assert.Single(plc.Sink.Downs);
        plc.Server.Set("TT103", 11);
        await plc.UntilAsync(_ => plc.Values(2)[^1] == 11, "a value of the tag behind it");
    }

    private static int ReadAlone(ScriptedPlc plc) => plc.Server.Received<ReadRequest>().Count(
        request => request.Read<ReadRequest>() is { NodesToRead: [{ AttributeId: AttributeIds.Value } node] } && node.NodeId.ToString().Contains("PT102", StringComparison.Ordinal));

    // readers get the same value of PT102 from now on
    private static async Task PublishAsync(ScriptedPlc plc, params MonitoredItemNotification[] values)
    {
        uint sequence = 0;
        plc.Server.Do(plant =>
        {
            plant.SetRaw("PT102", Unreadable);
            sequence = plant.Subscriptions[0].NextSequence++;
        });
        await plc.Server.PublishAsync(ScriptedServer.Message(1, sequence, ExtensionObject.From(new DataChangeNotification { MonitoredItems = values })));
    }

    private static async Task PublishAsync(ScriptedPlc plc, params (uint Handle, DataValue Value)[] values) =>
        await PublishAsync(plc, [.. values.Select(value => new MonitoredItemNotification(value.Handle, value.Value))]);
}
