using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Acquisition;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Client;
using EdgeAlarm.OpcUa.Services;
using EdgeAlarm.TestServers.Scripted;

namespace EdgeAlarm.Gateway.Tests.Acquisition.Scripted;

/// <summary>A source whose tags are shared out among several subscriptions: each has its own order, watchdog and end.</summary>
public sealed class SeveralSubscriptionsTests
{
    [Fact]
    public async Task Tags_are_shared_out_by_the_limit_and_one_pump_serves_all_their_subscriptions()
    {
        await using var plc = await LiveAsync();
        Assert.Equal([3, 2], plc.Server.Received<CreateMonitoredItemsRequest>().Select(request => request.Read<CreateMonitoredItemsRequest>().ItemsToCreate.Length));
        foreach (var (index, tag) in ScriptedPlc.Tags.Index())
        {
            plc.Server.Set(tag, index + 1);
            await plc.UntilAsync(_ => plc.Values(index)[^1] == index + 1, $"the value of {tag}");
        }

        Assert.Single(plc.Sink.Ups);
        Assert.Empty(plc.Sink.Gaps);
        Assert.Equal((2, 2, 3), (plc.Status.Subscriptions, plc.Status.SubscriptionsWanted, plc.Status.Items));
        Assert.InRange(plc.Status.PublishOutstanding, 1, PublishWindow.OutstandingMax);
    }

    // one subscription is dead, the session and the other one are not: its tags alone are told, and it alone is made anew
    [Fact]
    [Trait("Field", "F-9")]
    [Trait("Field", "F-12")]
    public async Task A_subscription_that_dies_is_made_anew_alone_and_the_other_delivers_all_the_while()
    {
        await using var plc = await LiveAsync();
        plc.Server.Do(plant => plant.Subscriptions.RemoveAt(1));
        plc.Server.Set("TT103", 9);
        var value = 0;
        await plc.UntilAsync(
            _ =>
            {
                plc.Server.Set("LT101", ++value);
                return plc.Values(2)[^1] == 9;
            },
            "the value behind the dead subscription");
        await plc.UntilAsync(_ => plc.Values()[^1] == value, "the other's last value");

        Assert.Equal(Enumerable.Range(0, value + 1).Select(each => (double)each), plc.Values());
        Assert.Empty(plc.Sink.Downs);
        var gap = Assert.Single(plc.Sink.Gaps);
        Assert.Equal((2, GapCause.ConnectionLost), (gap.Tag, gap.Cause));
        Assert.Equal([StatusCodes.Good.Code, StatusCodes.BadNoCommunication.Code, StatusCodes.Good.Code], plc.Sink.MonitoredTags.Where(tag => tag.Tag == 2).Select(tag => tag.Result.Code));
        Assert.All(plc.Sink.MonitoredTags.Where(tag => tag.Tag != 2), tag => Assert.True(tag.Result.IsGood));
        Assert.Contains(plc.Log.Lines, line => line.Id == 1011 && line.Text.Contains("subscription 2 of 2 with 1 tags", StringComparison.Ordinal));
        Assert.Contains(plc.Log.Lines, line => line.Id == 1012);
        Assert.Equal(1, plc.Status.Recreations);
    }

    [Theory]
    [InlineData(0x002D0000u)] // GoodSubscriptionTransferred
    [InlineData(0x800A0000u)] // BadTimeout
    [Trait("Field", "F-17")]
    public async Task A_status_change_ends_only_its_own_subscription(uint status)
    {
        await using var plc = await LiveAsync();
        await plc.Server.PublishAsync(ScriptedServer.Message(2, 2, ExtensionObject.From(new StatusChangeNotification { Status = new(status) })));
        plc.Server.Set("TT103", 9);
        await plc.UntilAsync(_ => plc.Values(2)[^1] == 9, "the value in the new subscription");
        Assert.Empty(plc.Sink.Downs);
        Assert.All(plc.Sink.Gaps, gap => Assert.Equal(2, gap.Tag));
        Assert.Single(plc.Sink.Gaps);
    }

    // the ladder's last steps: made anew in vain, then a session of its own; "connected" is never health
    [Fact]
    [Trait("Field", "F-9")]
    [Trait("Field", "F-10")]
    public async Task A_subscription_that_stays_dead_though_made_anew_costs_the_session_and_each_step_is_told()
    {
        await using var plc = await LiveAsync();
        var dead = 0;
        plc.Server.On<CreateSubscriptionRequest>(
            _ => ScriptedReply.Of(new CreateSubscriptionResponse { SubscriptionId = (uint)(100 + dead++), RevisedPublishingIntervalMs = 100, RevisedLifetimeCount = 1000, RevisedMaxKeepAliveCount = 20 }), times: 2);
        plc.Server.On<CreateMonitoredItemsRequest>(_ => ScriptedReply.Of(new CreateMonitoredItemsResponse { Results = [new() { MonitoredItemId = 900 }, new() { MonitoredItemId = 901 }] }), times: 2);
        plc.Server.Do(plant => plant.Subscriptions.RemoveAt(1));
        plc.Server.Set("TT103", 9);
        await plc.UntilAsync(_ => plc.Values(2)[^1] == 9, "the value", within: TimeSpan.FromMinutes(5));
        Assert.Equal(2, dead);
        Assert.Contains("made anew 2 times", Assert.Single(plc.Sink.Downs).Reason, StringComparison.Ordinal);
        Assert.Equal(3, plc.Log.Lines.Count(line => line.Id is 1011) + 1);
        Assert.Equal(1, plc.Server.Plant.Sessions);
        Assert.Equal(2, plc.Server.Received<CreateSessionRequest>().Count);
    }

    [Fact]
    [Trait("Field", "F-13")]
    public async Task A_subscription_that_the_server_does_not_allow_costs_the_others_nothing_and_is_tried_again()
    {
        await using var plc = new ScriptedPlc();
        var allowed = 1;
        plc.Server.On<CreateSubscriptionRequest>(_ => allowed-- > 0 ? ScriptedReply.Polite : ScriptedReply.Fault(StatusCodes.BadTooManySubscriptions), times: 3);
        plc.Start(options => options with { ItemsPerSubscription = 2, RetryItemsAfter = TimeSpan.FromSeconds(5) });
        await plc.SeenAsync(sink => sink.Samples.Select(sample => sample.Tag).Distinct().Count() == 2, "the first two tags");
        Assert.Equal(StatusCodes.BadTooManySubscriptions.Code, plc.Sink.MonitoredTags.Last(tag => tag.Tag == 2).Result.Code);
        await plc.UntilAsync(_ => plc.Values(2).Count > 0, "the third tag, once it is allowed", within: TimeSpan.FromMinutes(2));
        Assert.True(plc.Sink.MonitoredTags.Last(tag => tag.Tag == 2).Result.IsGood);
        Assert.Empty(plc.Sink.Downs);
    }

    // a loss in one subscription is its own; numbers are counted apart
    [Fact]
    [Trait("Field", "F-19")]
    public async Task Each_subscription_counts_and_republishes_its_own_messages()
    {
        await using var plc = await LiveAsync();
        plc.Server.LoseNext();
        plc.Server.Set("TT103", 1);
        plc.Server.Set("LT101", 1);
        plc.Server.Set("TT103", 2);
        await plc.UntilAsync(_ => plc.Values(2)[^1] == 2 && plc.Values()[^1] == 1, "all values");
        Assert.Equal([0, 1, 2], plc.Values(2));
        Assert.Empty(plc.Sink.Gaps);
        Assert.All(plc.Server.Received<RepublishRequest>(), request => Assert.Equal(2u, request.Read<RepublishRequest>().SubscriptionId));
    }

    // the journal tells messages apart by the number of their subscription: those of a second one under the same number would be dropped as known
    [Fact]
    [Trait("Field", "F-17")]
    public async Task A_server_that_gives_the_number_of_a_subscription_again_that_died_in_a_break_has_all_made_anew()
    {
        await using var plc = await LiveAsync();
        plc.Server.Do(plant =>
        {
            plant.Subscriptions.RemoveAt(1);
            plant.NextSubscriptionId = 2;
        });
        plc.Server.Cut();
        plc.Server.Set("TT103", 9);
        await plc.UntilAsync(sink => sink.Ups.Count == 2 && plc.Values(2)[^1] == 9, "the value in the new subscription");
        Assert.Equal(SourceRecovery.Recreated, plc.Sink.Ups[^1].How);
        Assert.Contains(plc.Sink.Gaps, gap => gap is { Tag: null, Cause: GapCause.ConnectionLost });
        plc.Server.Do(plant => Assert.Equal(2, plant.Subscriptions.Count));
    }

    // a missing message is asked for, and the subscription is not known any more: that is nothing of the others
    [Theory]
    [InlineData(0x80280000u)] // BadSubscriptionIdInvalid
    [InlineData(0x800B0000u)] // BadServiceUnsupported
    [Trait("Field", "F-19")]
    public async Task A_hole_that_a_server_refuses_to_mend_costs_its_own_subscription_alone(uint refusal)
    {
        await using var plc = await LiveAsync();
        plc.Server.On<RepublishRequest>(_ => ScriptedReply.Fault(new(refusal)));
        plc.Server.LoseNext();
        plc.Server.Set("TT103", 1);
        plc.Server.Set("TT103", 2);
        await plc.UntilAsync(_ => plc.Sink.Gaps.Count > 0 && plc.Values(2)[^1] == 2, "the value behind the hole");
        plc.Server.Set("LT101", 1);
        await plc.UntilAsync(_ => plc.Values()[^1] == 1, "the other's value");
        Assert.Empty(plc.Sink.Downs);
        Assert.All(plc.Sink.Gaps, gap => Assert.Equal(2, gap.Tag));
        plc.Server.Do(plant => Assert.Contains(plant.Subscriptions, subscription => subscription.Id == 1));
    }

    [Fact]
    [Trait("Field", "F-13")]
    public async Task A_subscription_that_is_refused_while_all_are_made_anew_has_its_gap_when_it_is_made_at_last()
    {
        await using var plc = new ScriptedPlc();
        await plc.StartLiveAsync(options => options with { ItemsPerSubscription = 2, RetryItemsAfter = TimeSpan.FromMinutes(1) });
        var before = plc.Sink.Samples.Last(sample => sample.Tag == 2).PlantTime;
        var allowed = 1;
        plc.Server.On<CreateSubscriptionRequest>(_ => allowed-- > 0 ? ScriptedReply.Polite : ScriptedReply.Fault(StatusCodes.BadTooManySubscriptions), times: 2);
        plc.Server.Do(plant => plant.Restart());
        plc.Server.Cut();
        await plc.UntilAsync(sink => sink.Ups.Count == 2, "recovery");
        plc.Server.Set("TT103", 9);
        await plc.UntilAsync(_ => plc.Values(2)[^1] == 9, "the third tag, once it is allowed", within: TimeSpan.FromMinutes(5), step: TimeSpan.FromSeconds(1));
        var gap = Assert.Single(plc.Sink.Gaps, gap => gap.Tag == 2);
        Assert.True(gap.Start >= before && gap.End - gap.Start > TimeSpan.FromSeconds(55), gap.ToString());
    }

    [Fact]
    [Trait("Field", "F-10")]
    public async Task While_the_sink_waits_each_subscription_has_requests_of_its_own_to_live_by()
    {
        await using var plc = new ScriptedPlc();
        plc.Server.Do(plant => plant.Revise = response => response with { RevisedLifetimeCount = 100 });
        await plc.StartLiveAsync(options => options with { ItemsPerSubscription = 2 });
        plc.Sink.Fill();
        plc.Server.Set("LT101", 1);
        await plc.PassAsync(TimeSpan.FromSeconds(3));
        var before = plc.Server.Received<PublishRequest>().Count;
        await plc.PassAsync(TimeSpan.FromMinutes(3), step: TimeSpan.FromSeconds(1));
        Assert.Equal(before + 12, plc.Server.Received<PublishRequest>().Count);
        plc.Sink.Drain();
        plc.Server.Set("TT103", 9);
        await plc.UntilAsync(_ => plc.Values(2)[^1] == 9 && plc.Values()[^1] == 1, "what waited");
        Assert.Empty(plc.Sink.Downs);
    }

    [Fact]
    public async Task All_messages_of_all_subscriptions_are_acknowledged_once_they_are_flushed()
    {
        await using var plc = await LiveAsync();
        for (var value = 1; value <= 5; value++)
        {
            plc.Server.Set("LT101", value);
            plc.Server.Set("TT103", value);
            var last = value;
            await plc.UntilAsync(_ => plc.Values()[^1] == last && plc.Values(2)[^1] == last, "both values");
        }

        await plc.PassAsync(TimeSpan.FromSeconds(5));
        Assert.Equal([1u, 2u], plc.Server.Received<PublishRequest>().SelectMany(request => request.Read<PublishRequest>().SubscriptionAcknowledgements).Select(each => each.SubscriptionId).Distinct().Order());
        plc.Server.Do(plant => Assert.All(plant.Subscriptions, subscription => Assert.InRange(subscription.Unacknowledged, 0, 1)));
    }

    // a subscription that the server made though we never heard of it speaks up: it is deleted, or it would cost the PLC for an hour
    [Fact]
    [Trait("Field", "F-23")]
    public async Task A_subscription_of_ours_that_nobody_knows_is_deleted()
    {
        await using var plc = await LiveAsync();
        await plc.Server.PublishAsync(ScriptedServer.Message(77, 1));
        await plc.UntilAsync(_ => plc.Server.Received<DeleteSubscriptionsRequest>().Count > 0, "the deletion");
        Assert.Equal([77u], plc.Server.Received<DeleteSubscriptionsRequest>().Single().Read<DeleteSubscriptionsRequest>().SubscriptionIds);
        Assert.Empty(plc.Sink.Downs);
    }

    // conditions go by the number of their subscription: nobody else ends those of one that is no more
    [Fact]
    [Trait("Field", "F-1")]
    [Trait("Field", "F-8")]
    public async Task Conditions_of_a_subscription_end_where_a_server_that_bears_more_items_makes_it_superfluous()
    {
        await using var plc = new ScriptedPlc();
        plc.Server.Do(plant => (plant.ItemsPerSubscription, plant.SamplingMinMs) = (2, 500));
        await plc.StartLiveAsync(options => options with
        {
            AuditEvery = TimeSpan.FromSeconds(10),
            Tags = [.. options.Tags.Take(2), options.Tags[2] with { ShortestPulse = new("TT103_HI", TimeSpan.FromMilliseconds(300)) }],
        });
        Assert.Equal(3, plc.Status.SubscriptionsWanted);
        plc.Server.Do(plant => plant.Unnotified.Add("TT103"));
        plc.Server.Set("TT103", 96);
        await plc.UntilAsync(sink => sink.Conditions.Count == 2, "both conditions");
        string[] raised = [AcquisitionConditions.NotNotified("PLC1", 3), AcquisitionConditions.PulseTooShort("PLC1", 3)];
        Assert.Equal(raised, plc.Sink.Conditions.Where(condition => condition.Active).Select(condition => condition.Name).Order(StringComparer.Ordinal));

        plc.Server.Do(plant =>
        {
            (plant.ItemsPerSubscription, plant.SamplingMinMs) = (0, 0);
            plant.Unnotified.Clear();
            plant.Restart();
        });
        plc.Server.Cut();
        await plc.UntilAsync(sink => sink.Conditions.Count == 4, "their ends");
        Assert.Equal(1, plc.Status.SubscriptionsWanted);
        Assert.Equal(raised, plc.Sink.Conditions.Where(condition => !condition.Active).Select(condition => condition.Name).Order(StringComparer.Ordinal));
    }

    private static async Task<ScriptedPlc> LiveAsync()
    {
        var plc = new ScriptedPlc();
        await plc.StartLiveAsync(options => options with { ItemsPerSubscription = 2 });
        return plc;
    }
}
