using EdgeAlarm.Engine;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Services;
using EdgeAlarm.TestServers.Scripted;

namespace EdgeAlarm.Gateway.Tests.Acquisition.Scripted;

/// <summary>Breaks, and what servers make of them: each rung of the ladder played exactly.</summary>
public sealed class ReconnectingTests
{
    // "2 sessions, 2 subscriptions, 4466 items shown as fine", and no data ever again
    [Fact]
    [Trait("Field", "F-9")]
    public async Task A_reconnect_that_looks_fine_and_delivers_nothing_is_found_out_and_its_items_are_made_anew()
    {
        await using var plc = new ScriptedPlc();
        await plc.StartLiveAsync();
        plc.Server.On<PublishRequest>(_ => plc.Server.Received<CreateSubscriptionRequest>().Count < 2 ? ScriptedReply.Silence : ScriptedReply.Polite);
        plc.Server.Cut();
        await plc.UntilAsync(sink => sink.Downs.Count == 1, "the loss");
        plc.Server.Set("LT101", 95);
        await plc.UntilAsync(sink => plc.Values().Contains(95) && sink.Ups.Count == 2, "the value behind the dead subscription");
        Assert.Equal(SourceRecovery.Recreated, plc.Sink.Ups[^1].How);
        Assert.Contains(plc.Sink.Gaps, gap => gap is { Tag: null, Cause: GapCause.ConnectionLost });
    }

    [Fact]
    [Trait("Field", "F-11")]
    [Trait("Field", "F-10")]
    public async Task A_subscription_that_falls_silent_after_days_while_reads_still_work_is_made_anew()
    {
        await using var plc = new ScriptedPlc();
        await plc.StartLiveAsync();
        var days = plc.Time.GetUtcNow();
        plc.Server.Do(plant => plant.Subscriptions.Clear());
        plc.Server.Set("LT101", 95);
        await plc.UntilAsync(_ => plc.Values().Contains(95), "the value that nothing announced", within: TimeSpan.FromSeconds(30));
        Assert.Contains("silent for", plc.Sink.Downs.Single().Reason, StringComparison.Ordinal);
        Assert.Single(plc.Sink.Gaps);
        Assert.True(plc.Time.GetUtcNow() - days < TimeSpan.FromSeconds(30));
    }

    // a task that ended unobserved would be a PLC that nobody hears and everybody believes
    [Fact]
    [Trait("Field", "F-25")]
    public async Task A_fault_of_the_program_ends_no_connection_and_what_it_was_working_on_is_a_gap()
    {
        await using var plc = new ScriptedPlc();
        await plc.StartLiveAsync();
        plc.Sink.FailOnce(new InvalidOperationException("planted"));
        plc.Server.Set("LT101", 5);
        await plc.UntilAsync(sink => sink.Ups.Count == 2, "the next connection");
        await plc.UntilAsync(_ => plc.Values().Contains(5), "the value");
        Assert.Equal(SourceRecovery.Recreated, plc.Sink.Ups[1].How);
        Assert.Contains("a fault of this program, InvalidOperationException: planted", Assert.Single(plc.Sink.Downs).Reason, StringComparison.Ordinal);
        Assert.Equal((null, GapCause.ConnectionLost), (Assert.Single(plc.Sink.Gaps).Tag, plc.Sink.Gaps[0].Cause));
        Assert.Single(plc.Log.Lines, line => line.Id == 1036);
        plc.Server.Set("LT101", 6);
        await plc.UntilAsync(_ => plc.Values()[^1] == 6, "later values");
    }

    // the session was forgotten during the cut, and with it, for us, its subscription
    [Fact]
    [Trait("Field", "F-14")]
    public async Task A_session_that_the_server_forgot_is_followed_by_a_new_one_and_the_break_is_told()
    {
        await using var plc = new ScriptedPlc();
        await plc.StartLiveAsync();
        plc.Server.Set("LT101", 1);
        await plc.SeenAsync(_ => plc.Values()[^1] == 1, "a value");
        plc.Server.Do(plant => plant.ForgetSessions());
        plc.Server.Cut();
        plc.Server.Set("LT101", 2);
        plc.Server.Set("LT101", 3);
        await plc.UntilAsync(sink => sink.Ups.Count == 2 && plc.Values()[^1] == 3, "recovery");
        Assert.Equal(1, plc.Server.Plant.Sessions);
        Assert.True(plc.Values().Contains(2) || plc.Sink.Gaps.Count > 0, "the value 2 went silently");
    }

    // a restarted server counts its subscriptions from 1 again: what it calls 1 is not ours
    [Fact]
    [Trait("Field", "F-17")]
    public async Task A_restarted_server_that_knows_our_session_and_reuses_our_subscriptions_number_gets_new_items()
    {
        await using var plc = new ScriptedPlc();
        await plc.StartLiveAsync();
        await plc.PassAsync(TimeSpan.FromSeconds(10));
        plc.Server.Do(plant => plant.StartTicks = plc.Time.GetUtcNow().UtcTicks);
        plc.Server.Do(plant => plant.Subscriptions[0].ForgetSent());
        plc.Server.Cut();
        await plc.UntilAsync(sink => sink.Ups.Count == 2, "recovery");
        Assert.Equal(SourceRecovery.Recreated, plc.Sink.Ups[^1].How);
        Assert.Equal(2, plc.Server.Received<CreateMonitoredItemsRequest>().Count);
        Assert.Equal(GapCause.ConnectionLost, Assert.Single(plc.Sink.Gaps).Cause);
    }

    // a stray notification switched the dispatch of another client off, silently
    [Theory]
    [Trait("Field", "F-17")]
    [InlineData(0x002D0000u)] // GoodSubscriptionTransferred
    [InlineData(0x800A0000u)] // BadTimeout
    [InlineData(0x80030000u)] // BadOutOfMemory
    public async Task A_status_change_of_the_subscription_leads_to_a_new_one_behind_a_gap(uint status)
    {
        await using var plc = new ScriptedPlc();
        await plc.StartLiveAsync();
        await plc.Server.PublishAsync(ScriptedServer.Message(1, 2, ExtensionObject.From(new StatusChangeNotification { Status = new(status) })));
        plc.Server.Set("LT101", 7);
        await plc.UntilAsync(sink => sink.Ups.Count == 2 && plc.Values()[^1] == 7, "recovery");
        Assert.Single(plc.Sink.Downs);
        Assert.Single(plc.Sink.Gaps);
    }

    // a library said "Connected" while its notification channel had ended with a line of debug
    [Theory]
    [Trait("Field", "F-12")]
    [InlineData("reset")]
    [InlineData("end")]
    [InlineData("error")]
    [InlineData("garbage")]
    [InlineData("another token")]
    [InlineData("replayed")]
    public async Task However_a_channel_ends_it_is_told_and_nothing_is_lost(string how)
    {
        await using var plc = new ScriptedPlc();
        await plc.StartLiveAsync();
        switch (how)
        {
            case "reset":
                plc.Server.Cut();
                break;
            case "end":
                plc.Server.End();
                break;
            case "error":
                plc.Server.Error(StatusCodes.BadTcpInternalError, "out of coffee");
                break;
            case "garbage":
                plc.Server.SendRaw([0x4D, 0x53, 0x47, 0x46, 0xFF, 0xFF, 0xFF, 0x7F, 1, 2, 3, 4]);
                break;
            case "another token":
                MangleOnce(plc, bytes => [.. bytes[..12], 0xEE, .. bytes[13..]]);
                break;
            default:
                MangleOnce(plc, bytes => [.. bytes, .. bytes]);
                break;
        }

        plc.Server.Set("LT101", 1);
        await plc.UntilAsync(sink => sink.Ups.Count == 2, "recovery");
        plc.Server.Set("LT101", 2);
        await plc.UntilAsync(_ => plc.Values()[^1] == 2, "the value after");
        Assert.Equal([0, 1, 2], plc.Values());
        Assert.Single(plc.Sink.Downs);
        Assert.Empty(plc.Sink.Gaps);
        Assert.Equal(SourceRecovery.Republished, plc.Sink.Ups[^1].How);
        if (how == "error")
        {
            Assert.Contains("out of coffee", plc.Sink.Downs[0].Reason, StringComparison.Ordinal);
        }
    }

    // requests on a channel that broke by a timeout fail with that timeout: who takes them for late answers sends them again at once, for ever, and is blind with every alarm armed
    [Fact]
    [Trait("Field", "F-12")]
    public async Task A_token_that_the_server_does_not_renew_ends_the_channel_and_another_one_is_opened()
    {
        await using var plc = new ScriptedPlc();
        plc.Server.TokenLifetime = TimeSpan.FromMinutes(1);
        await plc.StartLiveAsync();
        plc.Server.AnswersOpen = false;
        plc.Sink.Fill(); // the feed comes to see the channel's end only behind the failed requests
        plc.Server.Set("LT101", 1);
        await plc.PassAsync(TimeSpan.FromSeconds(70));
        plc.Sink.Drain();
        await plc.UntilAsync(sink => sink.Downs.Count == 1, "the end of the channel", within: TimeSpan.FromSeconds(5));
        Assert.Contains("did not renew", plc.Sink.Downs[0].Reason, StringComparison.Ordinal);
        plc.Server.AnswersOpen = true;
        plc.Server.Set("LT101", 95);
        await plc.UntilAsync(_ => plc.Values()[^1] == 95, "the value behind it");
        Assert.Empty(plc.Sink.Gaps);
    }

    [Fact]
    [Trait("Field", "F-13")]
    public async Task A_node_that_vanished_during_a_break_costs_no_other_item_and_is_tried_alone_until_it_returns()
    {
        await using var plc = new ScriptedPlc();
        await plc.StartLiveAsync();
        plc.Server.Do(plant =>
        {
            plant.Restart();
            plant.Refused["PT102"] = StatusCodes.BadNodeIdUnknown;
        });
        plc.Server.Cut();
        await plc.UntilAsync(sink => sink.Ups.Count == 2, "recovery");
        plc.Server.Set("LT101", 1);
        plc.Server.Set("TT103", 3);
        await plc.UntilAsync(_ => plc.Values()[^1] == 1 && plc.Values(2)[^1] == 3, "the other tags");
        Assert.Equal(StatusCodes.BadNodeIdUnknown.Code, plc.Sink.MonitoredTags.Last(tag => tag.Tag == 1).Result.Code);

        plc.Server.Do(plant => plant.Refused.Clear());
        plc.Server.Set("PT102", 2);
        await plc.UntilAsync(_ => plc.Values(1)[^1] == 2, "the returned node");
        Assert.Equal(2, plc.Sink.Ups.Count);
        Assert.Equal([0, 0, 1], plc.Values());
    }

    // asyncua answers a Republish of what it does not have with Good and an empty message: who takes that for a message asks for ever
    [Fact]
    public async Task A_server_that_republishes_empty_messages_for_ever_does_not_keep_the_gateway_from_going_live()
    {
        await using var plc = new ScriptedPlc();
        await plc.StartLiveAsync();
        plc.Server.On<RepublishRequest>(_ => ScriptedReply.Of(new RepublishResponse()));
        plc.Server.Cut();
        await plc.UntilAsync(sink => sink.Ups.Count == 2, "recovery");
        plc.Server.Set("LT101", 5);
        await plc.UntilAsync(_ => plc.Values()[^1] == 5, "a value");
        Assert.Single(plc.Server.Received<RepublishRequest>());
        Assert.Empty(plc.Sink.Gaps);
    }

    // what is always refused is not asked for ever
    [Fact]
    [Trait("Field", "F-12")]
    public async Task A_server_without_republish_gets_new_items_behind_a_gap()
    {
        await using var plc = new ScriptedPlc();
        await plc.StartLiveAsync();
        plc.Server.On<RepublishRequest>(_ => ScriptedReply.Fault(StatusCodes.BadServiceUnsupported));
        plc.Server.Cut();
        plc.Server.Set("LT101", 5);
        await plc.UntilAsync(sink => sink.Ups.Count == 2 && plc.Values()[^1] == 5, "recovery");
        Assert.Equal(SourceRecovery.Recreated, plc.Sink.Ups[^1].How);
        Assert.Equal(GapCause.ConnectionLost, Assert.Single(plc.Sink.Gaps).Cause);
        plc.Server.Do(plant => Assert.Single(plant.Subscriptions));
    }

    [Fact]
    [Trait("Field", "F-12")]
    public async Task A_session_that_a_server_refuses_to_activate_again_for_whatever_reason_is_followed_by_a_new_one()
    {
        await using var plc = new ScriptedPlc();
        await plc.StartLiveAsync();
        var kept = plc.Server.Received<ActivateSessionRequest>()[0].Read<ActivateSessionRequest>().Header.AuthenticationToken;
        plc.Server.On<ActivateSessionRequest>(request => request.Header.AuthenticationToken == kept ? ScriptedReply.Fault(StatusCodes.BadInternalError) : ScriptedReply.Polite);
        plc.Server.Cut();
        plc.Server.Set("LT101", 5);
        await plc.UntilAsync(sink => sink.Ups.Count == 2 && plc.Values()[^1] == 5, "recovery");
        Assert.Equal(2, plc.Server.Received<CreateSessionRequest>().Count);
    }

    // each attempt works at first: who takes that for health makes subscriptions as fast as the server can answer
    [Fact]
    [Trait("Field", "F-9")]
    public async Task A_feed_that_breaks_as_soon_as_it_begins_is_begun_ever_more_rarely()
    {
        await using var plc = new ScriptedPlc();
        await plc.StartLiveAsync();
        await plc.PassAsync(TimeSpan.FromSeconds(15));
        plc.Server.On<PublishRequest>(_ => ScriptedReply.Fault(StatusCodes.BadNoSubscription));
        await plc.PassAsync(TimeSpan.FromMinutes(2), step: TimeSpan.FromSeconds(1));
        Assert.InRange(plc.Server.Received<CreateSubscriptionRequest>().Count, 5, 15);
        plc.Server.Politely<PublishRequest>();
        plc.Server.Set("LT101", 5);
        await plc.UntilAsync(_ => plc.Values()[^1] == 5, "recovery", within: TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task A_server_that_has_no_subscription_any_more_gets_a_new_one_behind_a_gap()
    {
        await using var plc = new ScriptedPlc();
        await plc.StartLiveAsync();
        plc.Server.Do(plant => plant.Subscriptions.Clear());
        await plc.Server.PublishAsync(ScriptedReply.Fault(StatusCodes.BadNoSubscription));
        plc.Server.Set("LT101", 5);
        await plc.UntilAsync(sink => sink.Ups.Count == 2 && plc.Values()[^1] == 5, "recovery");
        Assert.Single(plc.Sink.Gaps);
    }

    // not every server answers BadNoSubscription: the requests of before wait on, and their answers belong to the new subscription
    [Fact]
    [Trait("Field", "F-10")]
    public async Task Publish_requests_that_outlived_a_subscription_serve_the_next_one()
    {
        await using var plc = new ScriptedPlc();
        plc.Server.Do(plant => plant.KeepsPublishes = true);
        await plc.StartLiveAsync();
        await plc.Server.PublishAsync(ScriptedServer.Message(1, 2, ExtensionObject.From(new StatusChangeNotification { Status = StatusCodes.BadTimeout })));
        await plc.UntilAsync(sink => sink.Ups.Count == 2, "recovery");
        for (var value = 1; value <= 20; value++)
        {
            plc.Server.Set("LT101", value);
            await plc.SeenAsync(_ => plc.Values()[^1] == value, "each value");
        }

        await plc.PassAsync(TimeSpan.FromSeconds(20));
        Assert.Single(plc.Sink.Downs);
        Assert.InRange(plc.Server.Plant.WaitingPublishes, 1, 8);
    }

    private static void MangleOnce(ScriptedPlc plc, Func<byte[], byte[]> how)
    {
        var done = false;
        plc.Server.Mangle = bytes =>
        {
            var mangled = done ? bytes : how(bytes);
            done = true;
            return mangled;
        };
    }
}
