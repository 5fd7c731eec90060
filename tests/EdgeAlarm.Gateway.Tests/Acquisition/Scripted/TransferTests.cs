using EdgeAlarm.Engine;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Services;
using EdgeAlarm.TestServers.Scripted;

namespace EdgeAlarm.Gateway.Tests.Acquisition.Scripted;

/// <summary>A session that is lost while its subscriptions live: they are moved to the new one (OPC 10000-4 §5.14.7), or made anew where the server does not play along.</summary>
public sealed class TransferTests
{
    [Fact]
    [Trait("Field", "F-14")]
    public async Task What_happened_while_the_session_was_lost_comes_with_the_transferred_subscription_and_leaves_no_gap()
    {
        await using var plc = new ScriptedPlc();
        plc.Server.Do(plant => plant.Transfers = _ => StatusCodes.Good);
        await plc.StartLiveAsync();
        LoseSession(plc, 1, 2, 3);
        await plc.UntilAsync(sink => sink.Ups.Count == 2 && plc.Values()[^1] == 3, "recovery");
        plc.Server.Set("LT101", 4);
        await plc.UntilAsync(_ => plc.Values()[^1] == 4, "a later value");
        Assert.Equal([0, 1, 2, 3, 4], plc.Values());
        Assert.Empty(plc.Sink.Gaps);
        Assert.Equal(SourceRecovery.Republished, plc.Sink.Ups[^1].How);
        Assert.Single(plc.Server.Received<CreateMonitoredItemsRequest>());
        Assert.True(plc.Server.Received<TransferSubscriptionsRequest>().Single().Read<TransferSubscriptionsRequest>().SendInitialValues);
        Assert.Contains(plc.Log.Lines, line => line.Id == 1016);
    }

    // OPC UA servers send the present values again, which nobody asked for twice: rule R10 drops them, so they have to be marked
    [Fact]
    public async Task Values_that_a_transfer_repeats_are_marked_as_coming_after_a_recovery()
    {
        await using var plc = new ScriptedPlc();
        plc.Server.Do(plant => plant.Transfers = _ => StatusCodes.Good);
        await plc.StartLiveAsync();
        LoseSession(plc);
        await plc.UntilAsync(sink => sink.Ups.Count == 2, "recovery");
        var repeated = plc.Sink.Notifications.Last(message => message.Samples.Length > 0);
        Assert.True(repeated.AfterRecovery);
        Assert.Equal([0, 0], plc.Values());
    }

    // anonymous without security can never be transferred at two servers, S7 and CODESYS know no such service, others have forgotten the subscription
    [Theory]
    [InlineData(0x801F0000u)] // BadUserAccessDenied
    [InlineData(0x80280000u)] // BadSubscriptionIdInvalid
    [InlineData(0x807C0000u)] // BadInsufficientClientProfile
    [InlineData(null)] // BadServiceUnsupported for the whole call
    [Trait("Field", "F-14")]
    public async Task A_transfer_that_is_refused_leads_to_new_items_behind_a_gap(uint? status)
    {
        await using var plc = new ScriptedPlc();
        plc.Server.Do(plant => plant.Transfers = status is { } code ? _ => new(code) : null);
        await plc.StartLiveAsync();
        LoseSession(plc, 1, 2);
        await plc.UntilAsync(sink => sink.Ups.Count == 2 && plc.Values()[^1] == 2, "recovery");
        Assert.Equal(SourceRecovery.Recreated, plc.Sink.Ups[^1].How);
        Assert.Equal((null, GapCause.ConnectionLost), (Assert.Single(plc.Sink.Gaps).Tag, plc.Sink.Gaps[0].Cause));
        Assert.Single(plc.Server.Received<TransferSubscriptionsRequest>());
        Assert.Contains(plc.Log.Lines, line => line.Id == 1015);
    }

    // one server says Good, and no Publish request is ever answered again
    [Fact]
    [Trait("Field", "F-14")]
    public async Task Silence_after_a_transfer_is_a_failure_and_the_items_are_made_anew()
    {
        await using var plc = new ScriptedPlc();
        plc.Server.On<TransferSubscriptionsRequest>(_ => ScriptedReply.Of(new TransferSubscriptionsResponse { Results = [new()] }));
        plc.Server.On<RepublishRequest>(_ => ScriptedReply.Fault(StatusCodes.BadMessageNotAvailable));
        await plc.StartLiveAsync();
        plc.Server.On<PublishRequest>(_ => ScriptedReply.Silence, times: 4);
        LoseSession(plc, 7);
        await plc.UntilAsync(_ => plc.Values()[^1] == 7, "the value behind the silence");
        Assert.Equal(SourceRecovery.Recreated, plc.Sink.Ups[^1].How);
        Assert.Contains(plc.Sink.Gaps, gap => gap is { Tag: null, Cause: GapCause.ConnectionLost });
    }

    // the reference server spends a number on telling the old session; another may have spent it on values
    [Fact]
    public async Task One_number_that_the_server_skips_right_after_a_transfer_is_a_gap_and_costs_no_items()
    {
        await using var plc = new ScriptedPlc();
        plc.Server.Do(plant => plant.Transfers = subscription =>
        {
            subscription.NextSequence++;
            return StatusCodes.Good;
        });
        await plc.StartLiveAsync();
        LoseSession(plc, 1);
        await plc.UntilAsync(sink => sink.Ups.Count == 2 && plc.Values()[^1] == 1, "recovery");
        await plc.PassAsync(TimeSpan.FromSeconds(10));
        Assert.Equal([0, 1], plc.Values());
        Assert.Equal(GapCause.ConnectionLost, Assert.Single(plc.Sink.Gaps).Cause);
        Assert.Single(plc.Server.Received<CreateMonitoredItemsRequest>());
    }

    // what was sent into the broken socket is still at the server
    [Fact]
    public async Task Messages_that_the_server_still_has_after_a_transfer_are_republished_in_order()
    {
        await using var plc = new ScriptedPlc();
        plc.Server.Do(plant => plant.Transfers = _ => StatusCodes.Good);
        await plc.StartLiveAsync();
        plc.Server.LoseNext(2);
        plc.Server.Set("LT101", 1);
        plc.Server.Set("LT101", 2);
        LoseSession(plc, 3);
        await plc.UntilAsync(sink => sink.Ups.Count == 2 && plc.Values()[^1] == 3, "recovery");
        Assert.Equal([0, 1, 2, 3], plc.Values());
        Assert.Empty(plc.Sink.Gaps);
    }

    [Fact]
    public async Task Messages_that_are_lost_with_the_session_are_a_gap_also_after_a_transfer()
    {
        await using var plc = new ScriptedPlc();
        plc.Server.Do(plant => plant.Transfers = subscription =>
        {
            subscription.ForgetSent();
            return StatusCodes.Good;
        });
        await plc.StartLiveAsync();
        plc.Server.LoseNext(3);
        plc.Server.Set("LT101", 1);
        plc.Server.Set("LT101", 2);
        plc.Server.Set("LT101", 3);
        LoseSession(plc, 4);
        await plc.UntilAsync(_ => plc.Values()[^1] == 4, "recovery");
        Assert.Contains(plc.Sink.Gaps, gap => gap.Cause is GapCause.RepublishFailed);
    }

    [Fact]
    [Trait("Field", "F-13")]
    public async Task Of_several_subscriptions_the_one_that_is_refused_is_made_anew_alone()
    {
        await using var plc = new ScriptedPlc();
        plc.Server.Do(plant => plant.Transfers = subscription => subscription.Id == 2 ? StatusCodes.BadUserAccessDenied : StatusCodes.Good);
        await plc.StartLiveAsync(options => options with { ItemsPerSubscription = 1 });
        LoseSession(plc, 1, 2);
        plc.Server.Set("PT102", 5);
        await plc.UntilAsync(sink => sink.Ups.Count == 2 && plc.Values()[^1] == 2 && plc.Values(1)[^1] == 5, "recovery");
        Assert.Equal([0, 1, 2], plc.Values());
        Assert.Equal(4, plc.Server.Received<CreateMonitoredItemsRequest>().Count);
        Assert.All(plc.Sink.Gaps, gap => Assert.Equal(1, gap.Tag));
        Assert.NotEmpty(plc.Sink.Gaps);
        Assert.Equal(SourceRecovery.Republished, plc.Sink.Ups[^1].How);
        Assert.Equal(StatusCodes.BadNoCommunication.Code, plc.Sink.MonitoredTags.Where(tag => tag.Tag == 1).ToArray()[^2].Result.Code);
    }

    // the session is gone and the cable cut: while both last the plant goes on
    private static void LoseSession(ScriptedPlc plc, params double[] values)
    {
        plc.Server.Do(plant => plant.ForgetSessions());
        plc.Server.Cut();
        foreach (var value in values)
        {
            plc.Server.Set("LT101", value);
        }
    }
}
