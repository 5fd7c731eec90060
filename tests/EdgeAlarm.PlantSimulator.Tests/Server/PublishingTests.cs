using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Services;
using EdgeAlarm.PlantSimulator.Scenarios;
using EdgeAlarm.PlantSimulator.Server;
using EdgeAlarm.PlantSimulator.Subscriptions;

namespace EdgeAlarm.PlantSimulator.Tests.Server;

public class PublishingTests
{
    [Fact]
    public void Every_sampled_change_is_delivered_in_order_with_the_time_it_was_set()
    {
        var server = Ready(out var subscription);
        server.Watch(subscription, "TAG00000", samplingMs: 100, queue: 10);
        server.Publish();
        var values = VirtualServer.Values(Assert.Single(server.Advance(500)));

        // the first value, then one for each of the five changes until the publishing cycle
        Assert.Equal(6, values.Length);
        Assert.All(values.Zip(values.Skip(1)), pair => Assert.True(pair.Second.SourceTicks > pair.First.SourceTicks));
        Assert.All(values.Skip(1), value => Assert.Equal(value.SourceTicks, value.ServerTicks));

        // the tag is a counter: one up each change, after the value that it had before the load began
        Assert.All(values.Skip(1).Zip(values.Skip(2)), pair => Assert.Equal(1, pair.Second.Value.AsDouble() - pair.First.Value.AsDouble()));
    }

    [Fact, Trait("Field", "F-2")]
    public void A_queue_that_is_too_short_loses_the_oldest_and_says_so_in_a_good_status()
    {
        var server = Ready(out var subscription);
        Assert.Equal(3u, server.Watch(subscription, "TAG00000", samplingMs: 100, queue: 3).RevisedQueueSize);
        server.Publish();
        var values = VirtualServer.Values(Assert.Single(server.Advance(500)));
        Assert.Equal([0x0480u, 0u, 0u], values.Select(value => value.Status.Code));
        Assert.Equal(3, server.Core.Publishing.ValuesLost);
    }

    [Fact]
    public void A_pulse_shorter_than_the_sampling_interval_is_not_seen_and_one_that_is_longer_is()
    {
        var server = Ready(out var subscription);
        server.Watch(subscription, "LT102", samplingMs: 100);
        server.Plant["LT102"].SetScript(50, server.Now);
        server.Publish();
        server.Advance(510);
        server.Plant["LT102"].SetPulse(97, server.Now);
        server.Advance(50);
        server.Plant["LT102"].SetPulse(null, server.Now);
        server.Publish();
        Assert.Empty(server.Advance(940).SelectMany(VirtualServer.Values));
        server.Plant["LT102"].SetPulse(98, server.Now);
        server.Advance(120);
        server.Plant["LT102"].SetPulse(null, server.Now);
        Assert.Equal([98, 50], server.Advance(400).SelectMany(VirtualServer.Values).Select(value => value.Value.AsDouble()));
    }

    // OPC 10000-4 §5.14.1.2: the first message comes within the first cycle, even an empty one
    [Fact]
    public void A_keep_alive_comes_after_the_agreed_cycles_and_does_not_use_its_number()
    {
        var server = Ready(out var subscription);
        server.Publish();
        var first = Assert.Single(server.Advance(500)).Response!;
        Assert.Empty(first.NotificationMessage.Notifications);
        Assert.Equal(1u, first.NotificationMessage.SequenceNumber);

        server.Publish();
        Assert.Empty(server.Advance(2_000));
        var second = Assert.Single(server.Advance(500)).Response!;
        Assert.Empty(second.NotificationMessage.Notifications);
        Assert.Equal(1u, second.NotificationMessage.SequenceNumber);

        server.Watch(subscription, "LT101");
        server.Publish();
        var third = Assert.Single(server.Advance(500)).Response!;
        Assert.Single(third.NotificationMessage.Notifications);
        Assert.Equal(1u, third.NotificationMessage.SequenceNumber);
        Assert.Equal([1u], third.AvailableSequenceNumbers);
    }

    [Fact]
    public void A_message_that_waits_for_a_request_goes_out_with_it_at_once()
    {
        var server = Ready(out var subscription);
        server.Watch(subscription, "LT101");
        Assert.Empty(server.Advance(700));
        Assert.Single(VirtualServer.Values(Assert.Single(server.Publish())));
    }

    [Fact]
    public void A_subscription_that_nobody_asks_for_ends_and_its_last_words_say_timeout()
    {
        var server = Ready(out _, lifetime: 6, keepAlive: 2);
        Assert.Empty(server.Advance(2_999));
        Assert.Equal(1, server.Core.Publishing.Count);
        server.Advance(1);
        Assert.Equal(0, server.Core.Publishing.Count);

        var last = Assert.Single(server.Publish()).Response!;
        Assert.True(last.NotificationMessage.Notifications[0].TryDecode<StatusChangeNotification>(DecodingLimits.Default, out var change));
        Assert.Equal(StatusCodes.BadTimeout, change.Status);
        Assert.Equal(StatusCodes.BadNoSubscription, Assert.Single(server.Publish()).Fault);
    }

    [Fact]
    public void A_waiting_request_keeps_a_subscription_alive_for_ever()
    {
        var server = Ready(out _, lifetime: 6, keepAlive: 2, sessionMs: 3_600_000);
        for (var i = 0; i < 200; i++)
        {
            if (i % 2 == 0)
            {
                server.Publish();
            }

            server.Advance(500);
        }

        Assert.Equal(1, server.Core.Publishing.Count);
    }

    [Fact]
    public void A_message_can_be_had_again_until_it_is_acknowledged()
    {
        var server = Ready(out var subscription);
        server.Watch(subscription, "LT101");
        server.Publish();
        var sent = Assert.Single(server.Advance(500)).Response!.NotificationMessage;
        var again = server.Call<RepublishRequest, RepublishResponse>(new RepublishRequest { SubscriptionId = subscription, RetransmitSequenceNumber = sent.SequenceNumber });
        Assert.Equal(sent.Notifications[0], again.NotificationMessage.Notifications[0]);
        Assert.Equal(
            StatusCodes.BadMessageNotAvailable,
            server.Refusal<RepublishRequest, RepublishResponse>(new RepublishRequest { SubscriptionId = subscription, RetransmitSequenceNumber = 2 }));

        server.Publish(new SubscriptionAcknowledgement(subscription, 1), new SubscriptionAcknowledgement(subscription, 9), new SubscriptionAcknowledgement(99, 1));
        var answer = server.Advance(2_500)[0].Response!;
        Assert.Equal([StatusCodes.Good, StatusCodes.BadSequenceNumberUnknown, StatusCodes.BadSubscriptionIdInvalid], answer.Results);
        Assert.Equal(
            StatusCodes.BadMessageNotAvailable,
            server.Refusal<RepublishRequest, RepublishResponse>(new RepublishRequest { SubscriptionId = subscription, RetransmitSequenceNumber = 1 }));
    }

    [Fact]
    public void Sequence_numbers_wrap_to_one_and_zero_is_never_used()
    {
        var subscription = new Subscription(1, new SubscriptionSettings(1, 30, 10, 1, 0), true, 10, 0, uint.MaxValue - 1);
        var node = EdgeAlarm.PlantSimulator.AddressSpace.NodeValue.Computed(now => Variant.From(now));
        var item = new MonitoredItem(1, subscription, node, new MonitoredItemSettings(1, 1, DataChange.Default, 10, true, TimestampsToReturn.Both), MonitoringMode.Reporting);
        subscription.Add(item);
        for (var now = 1; now <= 4; now++)
        {
            item.Sample(now);
        }

        var numbers = Enumerable.Range(0, 5).Select(_ => subscription.TakeMessage(5, out var _).SequenceNumber);
        Assert.Equal([uint.MaxValue - 1, uint.MaxValue, 1, 2, 3], numbers);
    }

    [Fact]
    public void What_does_not_fit_a_message_follows_in_the_next_and_more_is_said()
    {
        var server = Ready(out var subscription, notificationsMax: 2);
        server.Watch(subscription, "TAG00000", queue: 10);
        server.Publish();
        server.Publish();
        var replies = server.Advance(500);
        Assert.Equal([(2, true), (2, true)], replies.Select(reply => (VirtualServer.Values(reply).Length, reply.Response!.MoreNotifications)));
        var last = Assert.Single(server.Publish());
        Assert.Equal((2, false), (VirtualServer.Values(last).Length, last.Response!.MoreNotifications));
    }

    [Fact]
    public void One_request_too_many_is_answered_by_refusing_the_oldest()
    {
        var server = Ready(out _, limits: new PlantServerLimits { PublishRequestsPerSessionMax = 3 });
        Assert.Empty(server.Publish());
        Assert.Empty(server.Publish());
        Assert.Empty(server.Publish());
        Assert.Equal(StatusCodes.BadTooManyPublishRequests, Assert.Single(server.Publish()).Fault);
    }

    [Fact]
    public void Answers_are_not_sent_into_a_dead_channel_and_the_values_wait_for_the_session_on_the_next()
    {
        var server = Ready(out var subscription);
        server.Watch(subscription, "TAG00000", queue: 100);
        server.Publish();
        server.Publish();
        server.Advance(500);
        server.Core.ChannelClosed(server.Channel.Id);
        Assert.Empty(server.Advance(3_000));

        server.Activate(VirtualServer.NewChannel(2));
        var reply = Assert.Single(server.Publish());
        Assert.Equal(2u, reply.ChannelId);
        Assert.Equal(2u, reply.Response!.NotificationMessage.SequenceNumber);
        var values = VirtualServer.Values(reply);
        Assert.Equal(30, values.Length);
        Assert.All(values, value => Assert.Equal(0u, value.Status.Code));
    }

    [Fact]
    public void A_stall_delays_messages_and_loses_nothing_that_the_queues_can_hold()
    {
        var server = Ready(out var subscription);
        server.Watch(subscription, "TAG00000", queue: 100);
        for (var i = 0; i < 5; i++)
        {
            server.Publish();
        }

        Assert.Equal(6, VirtualServer.Values(Assert.Single(server.Advance(500))).Length);
        server.Core.Publishing.Stall(server.Now + (2 * TimeSpan.TicksPerSecond));
        Assert.Empty(server.Advance(1_999));
        Assert.Equal(20, server.Advance(1).Sum(reply => VirtualServer.Values(reply).Length));
    }

    [Fact]
    public void A_muted_tag_gives_nothing_not_even_a_first_value_and_a_bad_quality_is_a_value()
    {
        var server = Ready(out var subscription);
        server.Plant["TT101"].SetScript(60, server.Now);
        server.Plant["TT101"].SetMode(TagMode.Mute, server.Now);
        server.Watch(subscription, "TT101");
        server.Publish();
        Assert.Empty(VirtualServer.Values(Assert.Single(server.Advance(500))));
        server.Plant["TT101"].SetMode(TagMode.Resume, server.Now);
        server.Plant["TT101"].SetQuality(StatusCodes.BadSensorFailure.Code, server.Now);
        server.Publish();
        var value = Assert.Single(VirtualServer.Values(Assert.Single(server.Advance(500))));
        Assert.Equal((StatusCodes.BadSensorFailure, 60), (value.Status, value.Value.AsDouble()));
    }

    [Fact]
    public void Requested_numbers_are_revised_as_the_standard_says()
    {
        var server = Ready(out _);
        var revised = server.Subscribe(publishingMs: 0, lifetime: 5, keepAlive: 10);
        Assert.Equal((50, 30u, 10u), (revised.RevisedPublishingIntervalMs, revised.RevisedLifetimeCount, revised.RevisedMaxKeepAliveCount));
        var item = server.Watch(revised.SubscriptionId, "LT101", samplingMs: -1, queue: 0);
        Assert.Equal((50, 1u), (item.RevisedSamplingIntervalMs, item.RevisedQueueSize));
        item = server.Watch(revised.SubscriptionId, "LT101", samplingMs: 0, queue: uint.MaxValue);
        Assert.Equal((10, 5_000u), (item.RevisedSamplingIntervalMs, item.RevisedQueueSize));
        Assert.Equal(10, server.Watch(revised.SubscriptionId, "LT101", samplingMs: double.NaN).RevisedSamplingIntervalMs);
    }

    [Fact]
    public void An_unknown_node_costs_its_own_item_only()
    {
        var server = Ready(out var subscription);
        Assert.Equal(StatusCodes.BadNodeIdUnknown, server.Watch(subscription, "LT999").StatusCode);
        Assert.Equal(StatusCodes.Good, server.Watch(subscription, "LT101").StatusCode);
        Assert.Equal(1, server.Core.Publishing.ItemCount);
    }

    [Fact]
    public void A_deleted_subscription_answers_what_waits_and_samples_nothing_more()
    {
        var server = Ready(out var subscription);
        server.Watch(subscription, "LT101");
        server.Publish();
        var result = server.Call<DeleteSubscriptionsRequest, DeleteSubscriptionsResponse>(new DeleteSubscriptionsRequest { SubscriptionIds = [subscription, 99] });
        Assert.Equal([StatusCodes.Good, StatusCodes.BadSubscriptionIdInvalid], result.Results);
        Assert.Equal(StatusCodes.BadNoSubscription, Assert.Single(server.TakeReplies()).Fault);
        Assert.Equal(long.MaxValue, server.Core.Publishing.NextDeadline);
    }

    [Fact]
    public void A_subscription_moves_to_another_session_of_the_same_user_with_what_was_not_acknowledged()
    {
        var server = new VirtualServer();
        server.LoginAs("edge", "secret");
        var old = server.Session;
        var subscription = server.Subscribe().SubscriptionId;
        server.Watch(subscription, "LT101");
        server.Publish();
        Assert.Single(server.Advance(500));

        // somebody else may not have it
        server.Login();
        var request = new TransferSubscriptionsRequest { SubscriptionIds = [subscription, 99], SendInitialValues = true };
        Assert.Equal(
            [StatusCodes.BadUserAccessDenied, StatusCodes.BadSubscriptionIdInvalid],
            server.Call<TransferSubscriptionsRequest, TransferSubscriptionsResponse>(request).Results.Select(result => result.StatusCode));

        server.LoginAs("edge", "secret");
        var moved = server.Call<TransferSubscriptionsRequest, TransferSubscriptionsResponse>(request).Results[0];
        Assert.Equal(StatusCodes.Good, moved.StatusCode);
        Assert.Equal([1u], moved.AvailableSequenceNumbers);
        server.Call<RepublishRequest, RepublishResponse>(new RepublishRequest { SubscriptionId = subscription, RetransmitSequenceNumber = 1 });
        server.Publish();
        Assert.Single(VirtualServer.Values(Assert.Single(server.Advance(500))));

        server.Session = old;
        var last = Assert.Single(server.Publish()).Response!;
        Assert.True(last.NotificationMessage.Notifications[0].TryDecode<StatusChangeNotification>(DecodingLimits.Default, out var change));
        Assert.Equal(StatusCodes.GoodSubscriptionTransferred, change.Status);
    }

    private static VirtualServer Ready(
        out uint subscription, uint lifetime = 30, uint keepAlive = 5, uint notificationsMax = 0, PlantServerLimits? limits = null, double sessionMs = 60_000)
    {
        var server = new VirtualServer(limits);
        server.Login(sessionMs);
        subscription = server.Subscribe(500, lifetime, keepAlive, notificationsMax).SubscriptionId;
        return server;
    }
}
