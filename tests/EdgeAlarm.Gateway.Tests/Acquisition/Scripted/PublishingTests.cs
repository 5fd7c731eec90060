using EdgeAlarm.Engine;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Services;
using EdgeAlarm.TestServers.Scripted;

namespace EdgeAlarm.Gateway.Tests.Acquisition.Scripted;

/// <summary>The machinery of Publish under servers that count, hurry, tire and stray in their own ways.</summary>
public sealed class PublishingTests
{
    // sequential publishing froze for ever when the first number was more than 1
    [Fact]
    [Trait("Field", "F-19")]
    public async Task A_server_whose_numbers_do_not_begin_at_one_delivers_and_does_not_make_items_anew_for_ever()
    {
        await using var plc = new ScriptedPlc();
        plc.Server.On<CreateMonitoredItemsRequest>(_ =>
        {
            plc.Server.Plant.Subscriptions[^1].NextSequence = 5;
            return ScriptedReply.Polite;
        });
        plc.Start();
        await plc.UntilAsync(sink => sink.Samples.Select(sample => sample.Tag).Distinct().Count() == ScriptedPlc.Tags.Count, "the first samples");
        await plc.PassAsync(TimeSpan.FromSeconds(20));
        plc.Server.Set("LT101", 5);
        await plc.UntilAsync(_ => plc.Values()[^1] == 5, "a later value");
        Assert.InRange(plc.Server.Received<CreateMonitoredItemsRequest>().Count, 1, 2);
        Assert.InRange(plc.Sink.Downs.Count, 0, 1);
        Assert.NotEmpty(plc.Sink.Gaps);
    }

    [Fact]
    [Trait("Field", "F-19")]
    public async Task Messages_that_overtake_each_other_are_delivered_in_the_order_of_their_numbers()
    {
        await using var plc = new ScriptedPlc();
        await plc.StartLiveAsync();
        var next = plc.Server.Plant.Subscriptions[0].NextSequence;
        foreach (var value in (uint[])[3, 2, 4])
        {
            await plc.Server.PublishAsync(ScriptedServer.Message(1, next - 2 + value, Data(Handle(plc), value)));
        }

        await plc.SeenAsync(_ => plc.Values().Count == 4, "three messages");
        Assert.Equal([0, 2, 3, 4], plc.Values());
        Assert.Empty(plc.Sink.Gaps);
        Assert.Empty(plc.Server.Received<RepublishRequest>());
    }

    [Fact]
    public async Task Two_lost_messages_that_a_keep_alive_gives_away_are_republished_in_order()
    {
        await using var plc = new ScriptedPlc();
        await plc.StartLiveAsync();
        plc.Server.LoseNext(2);
        plc.Server.Set("LT101", 1);
        plc.Server.Set("LT101", 2);
        await plc.UntilAsync(_ => plc.Values()[^1] == 2, "both");
        Assert.Equal([0, 1, 2], plc.Values());
        Assert.Empty(plc.Sink.Gaps);
        Assert.Empty(plc.Sink.Downs);
    }

    [Fact]
    [Trait("Field", "F-8")]
    public async Task A_lost_message_that_the_server_forgot_becomes_a_gap_and_its_value_comes_with_new_items()
    {
        await using var plc = new ScriptedPlc();
        await plc.StartLiveAsync();
        plc.Server.LoseNext();
        plc.Server.Set("LT101", 95);
        plc.Server.Do(plant => plant.Subscriptions[0].ForgetSent());
        await plc.UntilAsync(_ => plc.Values()[^1] == 95, "the value");
        Assert.Contains(plc.Sink.Gaps, gap => gap.Cause == GapCause.RepublishFailed);
    }

    [Fact]
    public async Task A_message_that_comes_twice_is_handed_on_once()
    {
        await using var plc = new ScriptedPlc();
        await plc.StartLiveAsync();
        plc.Server.Set("LT101", 1);
        await plc.SeenAsync(_ => plc.Values()[^1] == 1, "the value");
        await plc.Server.PublishAsync(ScriptedServer.Message(1, plc.Server.Plant.Subscriptions[0].NextSequence - 1, Data(Handle(plc), 1)));
        plc.Server.Set("LT101", 2);
        await plc.SeenAsync(_ => plc.Values()[^1] == 2, "the value after");
        Assert.Equal([0, 1, 2], plc.Values());
        Assert.Empty(plc.Sink.Gaps);
    }

    // 4,294,967,295 is followed by 1
    [Fact]
    public async Task The_numbers_of_a_subscription_that_lived_for_years_wrap_to_one_without_a_gap()
    {
        await using var plc = new ScriptedPlc();
        plc.Server.On<CreateMonitoredItemsRequest>(_ =>
        {
            plc.Server.Plant.Subscriptions[^1].NextSequence = uint.MaxValue - 2;
            return ScriptedReply.Polite;
        });
        plc.Start();
        await plc.UntilAsync(sink => sink.Samples.Select(sample => sample.Tag).Distinct().Count() == ScriptedPlc.Tags.Count, "the first samples");
        var gaps = plc.Sink.Gaps.Count;
        for (var value = 1; value <= 5; value++)
        {
            plc.Server.Set("LT101", value);
            await plc.UntilAsync(_ => plc.Values()[^1] == value, "each value");
        }

        Assert.Equal(gaps, plc.Sink.Gaps.Count);
        Assert.Contains(plc.Sink.Notifications, message => message.Sequence == uint.MaxValue);
        Assert.Contains(plc.Sink.Notifications, message => message.Sequence == 1);
    }

    // Kepware bears ten, FactoryTalk fewer; who sends on is answered with errors for ever
    [Fact]
    [Trait("Field", "F-10")]
    public async Task A_server_that_bears_only_two_publish_requests_is_sent_no_more_and_goes_on_delivering()
    {
        await using var plc = new ScriptedPlc();
        plc.Server.On<PublishRequest>(_ => plc.Server.Plant.WaitingPublishes >= 2 ? ScriptedReply.Fault(StatusCodes.BadTooManyPublishRequests) : ScriptedReply.Polite);
        await plc.StartLiveAsync();
        await plc.SeenAsync(_ => plc.Log.Lines.Any(line => line.Text.Contains("bears only 2", StringComparison.Ordinal)), "the lowered window");
        var sent = plc.Server.Received<PublishRequest>().Count;
        for (var value = 1; value <= 20; value++)
        {
            plc.Server.Set("LT101", value);
            await plc.SeenAsync(_ => plc.Values()[^1] == value, "each value");
        }

        Assert.InRange(plc.Server.Received<PublishRequest>().Count - sent, 18, 22);
        Assert.Empty(plc.Sink.Downs);
    }

    // late Publish requests are given up by some servers; that is no dead subscription
    [Fact]
    [Trait("Field", "F-10")]
    public async Task Publish_requests_that_the_server_gives_up_are_sent_again()
    {
        await using var plc = new ScriptedPlc();
        await plc.StartLiveAsync();
        for (var given = 0; given < 12; given++)
        {
            await plc.Server.PublishAsync(ScriptedReply.Fault(StatusCodes.BadTimeout));
        }

        plc.Server.Set("LT101", 1);
        await plc.SeenAsync(_ => plc.Values()[^1] == 1, "a value");
        Assert.Empty(plc.Sink.Downs);
    }

    // a healthy session was flagged as dead and reconnected every thirty seconds
    [Fact]
    [Trait("Field", "F-15")]
    public async Task Data_counts_as_life_where_a_server_sends_no_keep_alives_and_answers_no_reads()
    {
        await using var plc = new ScriptedPlc();
        await plc.StartLiveAsync();
        plc.Server.KeepsAlive = false;
        plc.Server.On<ReadRequest>(_ => ScriptedReply.Silence);
        for (var value = 1; value <= 60; value++)
        {
            plc.Server.Set("LT101", value);
            await plc.PassAsync(TimeSpan.FromSeconds(2), step: TimeSpan.FromSeconds(0.5));
        }

        await plc.SeenAsync(_ => plc.Values()[^1] == 60, "two minutes of data");
        Assert.Empty(plc.Sink.Downs);
        Assert.Equal(Enumerable.Range(0, 61).Select(value => (double)value), plc.Values());
    }

    // a default that went from 5 to 50 seconds made a watchdog see dead servers
    [Fact]
    [Trait("Field", "F-16")]
    public async Task The_watchdog_waits_as_long_as_the_server_revised_and_no_longer()
    {
        await using var plc = new ScriptedPlc();
        plc.Server.KeepsAlive = false;
        plc.Server.Do(plant => plant.Revise = response => response with { RevisedPublishingIntervalMs = 1000, RevisedMaxKeepAliveCount = 20 });
        await plc.StartLiveAsync();
        await plc.PassAsync(TimeSpan.FromSeconds(21));
        Assert.Empty(plc.Sink.Downs);
        await plc.UntilAsync(sink => sink.Downs.Count == 1, "the silence", within: TimeSpan.FromSeconds(10));
    }

    // responses that nobody asked for, or that come when nobody waits any more
    [Fact]
    public async Task Stray_and_late_answers_are_dropped()
    {
        await using var plc = new ScriptedPlc();
        await plc.StartLiveAsync();
        plc.Server.On<ReadRequest>(_ => ScriptedReply.Silence, times: 1);
        var before = plc.Server.Received<ReadRequest>().Count;
        await plc.UntilAsync(_ => plc.Server.Received<ReadRequest>().Count > before, "a read of the server's state");
        var late = plc.Server.Received<ReadRequest>()[before];
        await plc.PassAsync(TimeSpan.FromSeconds(20));
        plc.Server.Answer(late, ScriptedReply.Of(new ReadResponse { Results = [new(), new(), new()] }));
        plc.Server.Answer(late, ScriptedReply.Of(new PublishResponse { SubscriptionId = 1 }), requestId: 999_999);
        await plc.Server.PublishAsync(ScriptedServer.Message(77, 9, Data(1, 666)));
        plc.Server.Set("LT101", 1);
        await plc.SeenAsync(_ => plc.Values()[^1] == 1, "a value");
        Assert.Equal([0, 1], plc.Values());
        Assert.Empty(plc.Sink.Downs);
        Assert.Empty(plc.Sink.Gaps);
    }

    // the server forgets an acknowledged message, and a crash of ours would lose it
    [Fact]
    public async Task Nothing_is_acknowledged_before_it_is_flushed_and_everything_after()
    {
        await using var plc = new ScriptedPlc();
        await plc.StartLiveAsync();
        var connection = plc.Sink.Connection!;
        plc.Sink.Connection = null; // a journal that does not come to flush
        for (var value = 1; value <= 6; value++)
        {
            plc.Server.Set("LT101", value);
            await plc.SeenAsync(_ => plc.Values()[^1] == value, "each value");
        }

        Assert.DoesNotContain(Acknowledged(plc), sequence => sequence > 1);
        connection.Flushed(1, 5);
        plc.Server.Set("LT101", 7);
        await plc.SeenAsync(_ => Acknowledged(plc).Contains(5u), "the acknowledgements");
        Assert.Equal([2u, 3u, 4u, 5u], Acknowledged(plc).Where(sequence => sequence > 1));
    }

    private static IEnumerable<uint> Acknowledged(ScriptedPlc plc) =>
        plc.Server.Received<PublishRequest>().SelectMany(request => request.Read<PublishRequest>().SubscriptionAcknowledgements).Select(acknowledgement => acknowledgement.SequenceNumber);

    private static uint Handle(ScriptedPlc plc) => plc.Server.Plant.Subscriptions[0].Handles[NodeId.Text(2, "LT101")];

    internal static ExtensionObject Data(uint handle, double value) => ExtensionObject.From(
        new DataChangeNotification { MonitoredItems = [new(handle, new(Variant.From(value), default, 639_000_000_000_000_000 + (long)value, 639_000_000_000_000_000))] });
}
