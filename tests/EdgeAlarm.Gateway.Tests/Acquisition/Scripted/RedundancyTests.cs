using EdgeAlarm.Engine;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Services;
using EdgeAlarm.TestServers.Scripted;

namespace EdgeAlarm.Gateway.Tests.Acquisition.Scripted;

/// <summary>A source with two servers (OPC 10000-4 §6.6.2.4): the better one is used, the change is a recorded gap.</summary>
public sealed class RedundancyTests
{
    [Fact]
    public async Task A_server_that_degrades_is_left_for_its_healthy_partner_and_the_change_is_a_gap()
    {
        await using var plc = new ScriptedPlc();
        await using var partner = Partner(plc);
        await plc.StartLiveAsync(options => options with { OtherServers = [partner.Url] });
        await plc.PassAsync(TimeSpan.FromSeconds(20));
        Assert.Single(plc.Sink.Ups);
        partner.Set("LT101", 42);
        plc.Server.Do(plant => plant.ServiceLevel = 100);
        await plc.UntilAsync(sink => sink.Ups.Count == 2 && plc.Values()[^1] == 42, "the partner's value");
        Assert.Contains("service level 100", plc.Sink.Downs.Single().Reason, StringComparison.Ordinal);
        Assert.Equal(SourceRecovery.Recreated, plc.Sink.Ups[^1].How);
        Assert.Equal((null, GapCause.ConnectionLost), (Assert.Single(plc.Sink.Gaps).Tag, plc.Sink.Gaps[0].Cause));
        Assert.Equal(partner.Url, plc.Status.Server);

        // the old session was closed, and the probes' sessions too
        Assert.Equal((0, 1), (plc.Server.Plant.Sessions, partner.Plant.Sessions));
    }

    [Fact]
    public async Task A_server_that_is_gone_is_left_for_its_partner_though_its_session_may_live()
    {
        await using var plc = new ScriptedPlc();
        await using var partner = Partner(plc);
        await plc.StartLiveAsync(options => options with { OtherServers = [partner.Url] });
        partner.Set("LT101", 42);
        plc.Server.Refuse(true);
        plc.Server.Cut();
        await plc.UntilAsync(sink => sink.Ups.Count == 2 && plc.Values()[^1] == 42, "the partner's value");
        Assert.Equal(SourceRecovery.Recreated, plc.Sink.Ups[^1].How);
        Assert.Single(plc.Sink.Downs);
        Assert.Single(plc.Sink.Gaps);
        Assert.Empty(partner.Received<TransferSubscriptionsRequest>());
    }

    // the subscriptions were kept for a new session of the first server, which refuses it: their numbers are others' at the partner
    [Fact]
    [Trait("Field", "F-14")]
    public async Task A_server_that_gives_no_new_session_is_left_and_nothing_of_its_subscriptions_is_asked_of_its_partner()
    {
        await using var plc = new ScriptedPlc();
        await using var partner = Partner(plc);
        partner.Do(plant => plant.Transfers = _ => StatusCodes.Good);
        await plc.StartLiveAsync(options => options with { OtherServers = [partner.Url] });
        partner.Set("LT101", 42);
        plc.Server.On<CreateSessionRequest>(_ => ScriptedReply.Fault(StatusCodes.BadTooManySessions));
        plc.Server.Do(plant => plant.ForgetSessions());
        plc.Server.Cut();
        await plc.UntilAsync(sink => sink.Ups.Count == 2 && plc.Values()[^1] == 42, "the partner's value");
        Assert.Equal(SourceRecovery.Recreated, plc.Sink.Ups[^1].How);
        Assert.Empty(partner.Received<TransferSubscriptionsRequest>());
    }

    // it takes the connection and says nothing: the present server's chores do not wait for it, and neither does the end of the feed
    [Fact]
    public async Task A_partner_that_is_dead_delays_no_chore_and_no_word_of_a_break()
    {
        await using var plc = new ScriptedPlc();
        await using var partner = Partner(plc);
        partner.AnswersOpen = false;
        await plc.StartLiveAsync(options => options with { OtherServers = [partner.Url], AuditEvery = TimeSpan.FromSeconds(1), Client = options.Client with { ConnectTimeout = TimeSpan.FromMinutes(5), RequestTimeout = TimeSpan.FromMinutes(5) } });
        await plc.UntilAsync(_ => partner.Connections > 0, "the probe");
        var audits = Audits(plc);
        await plc.UntilAsync(_ => Audits(plc) > audits + 2, "readings beside the probe", within: TimeSpan.FromSeconds(10));
        plc.Server.Cut();
        await plc.UntilAsync(sink => sink.Downs.Count == 1, "the word of the break", within: TimeSpan.FromSeconds(2));
    }

    private static int Audits(ScriptedPlc plc) => plc.Server.Received<ReadRequest>().Count(request => request.Read<ReadRequest>().NodesToRead.Length == ScriptedPlc.Tags.Count);

    private static ScriptedServer Partner(ScriptedPlc plc)
    {
        var partner = new ScriptedServer(plc.Time, TimeSpan.FromSeconds(1));
        foreach (var tag in ScriptedPlc.Tags)
        {
            partner.Set(tag, 0);
        }

        return partner;
    }
}
