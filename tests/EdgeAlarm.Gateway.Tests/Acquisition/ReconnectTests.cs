using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Acquisition;
using EdgeAlarm.TestServers;
using Microsoft.Extensions.Logging;

namespace EdgeAlarm.Gateway.Tests.Acquisition;

/// <summary>The reconnect ladder against a real server through a cable that can be cut.</summary>
public class ReconnectTests
{
    // issue of every collector: a cut shorter than the queues must cost nothing (OPC 10000-4 §6.7)
    [Fact]
    [Trait("Field", "F-14")]
    public async Task Ten_cuts_shorter_than_the_queues_lose_no_value_and_leave_no_gap()
    {
        const int Tags = 50;
        await using var server = await NodeOpcuaServer.StartAsync(new() { Tags = Tags, TickMs = 50 });
        await using var cable = new KillableProxy(server.Port);
        await using var plc = new RunningPlc(RunningPlc.Plain(cable.Port, Tags));
        for (var cut = 1; cut <= 10; cut++)
        {
            var enough = plc.Sink.Samples.Count + (Tags * 5);
            await plc.Sink.UntilAsync(sink => sink.Samples.Count > enough, "samples between two cuts");
            cable.Cut();
            var ups = cut + 1;
            await plc.Sink.UntilAsync(sink => sink.Ups.Count == ups, $"recovery from cut {cut}");
        }
        await DeliveryTests.AssertCompleteAsync(server, plc, Tags);
        Assert.Empty(plc.Sink.Gaps);
        Assert.Equal([SourceRecovery.Connected, .. Enumerable.Repeat(SourceRecovery.Republished, 10)], plc.Sink.Ups.Select(up => up.How));
        Assert.Equal(10, plc.Sink.Downs.Count);
        Assert.Contains(plc.Sink.Notifications, message => message is { AfterRecovery: true, Samples.Length: > 0 });
        Assert.Equal((1, 1), await server.CountsAsync());
    }

    // no acknowledgement without a flush: messages that were taken and not flushed are still to be had from the server
    [Fact]
    public async Task A_cut_of_seconds_over_an_encrypted_channel_loses_nothing_either()
    {
        const int Tags = 20;
        await using var server = await NodeOpcuaServer.StartAsync(new() { Tags = Tags, TickMs = 50, Users = new Dictionary<string, string> { ["edge"] = "secret" } });
        await using var cable = new KillableProxy(server.Port);
        using var folder = new TemporaryFolder();
        await using var plc = new RunningPlc(RunningPlc.Secure(cable.Port, Tags, RunningPlc.Certificates(folder, server.CertificateFile)));
        await plc.Sink.UntilAsync(sink => sink.Samples.Count > 500, "samples");
        cable.Break();
        await plc.Sink.UntilAsync(sink => sink.Downs.Count == 1, "the loss");
        await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System, TestContext.Current.CancellationToken); // the plant goes on for so long without us
        cable.Mend();
        await plc.Sink.UntilAsync(sink => sink.Ups.Count == 2, "recovery");
        await DeliveryTests.AssertCompleteAsync(server, plc, Tags);
        Assert.Empty(plc.Sink.Gaps);
        Assert.Equal(SourceRecovery.Republished, plc.Sink.Ups[^1].How);
        var index = plc.Sink.Entries.ToList().FindLastIndex(entry => entry is RecordingSink.Up);
        Assert.Contains(plc.Sink.Entries.Take(index).OfType<PlcNotification>(), message => message.AfterRecovery);
    }

    // opcua-subscriptions §11 test 2: the message after it, or the next keep-alive, gives the loss away
    [Fact]
    [Trait("Field", "F-19")]
    public async Task A_message_that_is_lost_on_the_way_is_republished_in_its_place()
    {
        const int Tags = 20;
        await using var server = await NodeOpcuaServer.StartAsync(new() { Tags = Tags, TickMs = 100 });
        await using var cable = new KillableProxy(server.Port);
        await using var plc = new RunningPlc(RunningPlc.Plain(cable.Port, Tags));
        await plc.Sink.UntilAsync(sink => sink.Samples.Count > Tags * 5, "samples");
        cable.ToClient.DropOneLargerThan(400);
        await plc.Sink.UntilAsync(_ => cable.ToClient.HasDropped, "the loss");
        var after = plc.Sink.Samples.Count + (Tags * 10);
        await plc.Sink.UntilAsync(sink => sink.Samples.Count > after, "samples afterwards");
        await DeliveryTests.AssertCompleteAsync(server, plc, Tags);
        Assert.Single(plc.Sink.Notifications, message => message.AfterRecovery);
        var numbers = plc.Sink.Notifications.Where(message => message.Sequence != 0).Select(message => message.Sequence).ToArray();
        Assert.Equal(Enumerable.Range(1, numbers.Length).Select(number => (uint)number), numbers);
        Assert.Empty(plc.Sink.Gaps);
        Assert.Empty(plc.Sink.Downs);
    }

    // a pulled cable: nobody says goodbye, the socket stays open, only the watchdog can see it
    [Fact]
    [Trait("Field", "F-9")]
    public async Task A_connection_that_falls_silent_without_closing_is_found_and_replaced()
    {
        const int Tags = 5;
        await using var server = await NodeOpcuaServer.StartAsync(new() { Tags = Tags, TickMs = 100 });
        await using var cable = new KillableProxy(server.Port);
        var options = RunningPlc.Plain(cable.Port, Tags);
        options = options with { Client = options.Client with { RequestTimeout = TimeSpan.FromSeconds(2), ConnectTimeout = TimeSpan.FromSeconds(2) } };
        await using var plc = new RunningPlc(options);
        await plc.Sink.UntilAsync(sink => sink.Samples.Count > 50, "samples");
        cable.Swallow();
        await plc.Sink.UntilAsync(sink => sink.Downs.Count == 1, "the silence");
        Assert.Contains("no sign of life", plc.Sink.Downs[0].Reason, StringComparison.Ordinal);
        cable.Mend();
        await plc.Sink.UntilAsync(sink => sink.Ups.Count == 2, "recovery");
        await DeliveryTests.AssertCompleteAsync(server, plc, Tags);
        Assert.Empty(plc.Sink.Gaps);
    }

    [Fact]
    [Trait("Field", "F-17")]
    [Trait("Field", "F-23")]
    public async Task A_server_that_restarted_gets_a_new_subscription_and_the_outage_is_one_gap()
    {
        await using var server = await NodeOpcuaServer.StartAsync(new() { Tags = 5 });
        await using var plc = new RunningPlc(RunningPlc.Plain(server.Port, 5));
        await plc.Sink.UntilAsync(sink => sink.Samples.Count > 50, "samples");
        server.Kill();
        await plc.Sink.UntilAsync(sink => sink.Downs.Count == 1, "the loss");
        var last = plc.Sink.Notifications[^1].PlantTime;
        await server.StartAgainAsync();
        await plc.Sink.UntilAsync(sink => sink.Ups.Count == 2 && sink.Notifications[^1].PlantTime > last, "recovery", TimeSpan.FromSeconds(60));
        var gap = Assert.Single(plc.Sink.Gaps);
        Assert.Equal((null, GapCause.ConnectionLost, last), (gap.Tag, gap.Cause, gap.Start));
        Assert.Equal(SourceRecovery.Recreated, plc.Sink.Ups[^1].How);
        var entries = plc.Sink.Entries.ToList();
        var at = entries.IndexOf(gap);
        Assert.IsType<RecordingSink.Up>(entries[at + 1]);
        Assert.Equal(gap.End, Assert.IsType<PlcNotification>(entries[at + 2]).PlantTime);
        await plc.Sink.UntilAsync(sink => sink.Samples.Count(sample => sample.PlantTime >= gap.End) > 20, "samples afterwards");
        await server.PauseAsync();
        Assert.Equal(1, (await server.CountsAsync()).Sessions);
    }

    // F-25: PLC absent at start, whole agent exits
    [Fact]
    [Trait("Field", "F-25")]
    public async Task A_plc_that_is_absent_at_start_is_named_once_and_connected_when_it_comes()
    {
        await using var server = await NodeOpcuaServer.StartAsync(new() { Tags = 2 });
        await using var cable = new KillableProxy(server.Port);
        cable.Break();
        await using var plc = new RunningPlc(RunningPlc.Plain(cable.Port, 2));
        await plc.Sink.UntilAsync(sink => sink.Downs.Count == 1, "the absence");
        await plc.Sink.UntilAsync(_ => plc.Log.Lines.Count >= 1, "a line in the log");
        var line = Assert.Single(plc.Log.Lines);
        Assert.Equal((LogLevel.Warning, 1001), (line.Level, line.Id));
        Assert.Contains("PLC1 cannot be connected", line.Text, StringComparison.Ordinal);
        cable.Mend();
        await plc.Sink.UntilAsync(sink => sink.Samples.Count > 10, "samples");
        Assert.Equal([SourceRecovery.Connected], plc.Sink.Ups.Select(up => up.How));
        Assert.Empty(plc.Sink.Gaps);
        Assert.Single(plc.Sink.Downs);
    }

    [Fact]
    public async Task A_wrong_password_is_told_with_the_next_step_and_not_tried_again_for_a_minute()
    {
        await using var server = await NodeOpcuaServer.StartAsync(new() { Users = new Dictionary<string, string> { ["edge"] = "right" } });
        await using var cable = new KillableProxy(server.Port);
        using var folder = new TemporaryFolder();
        await using var plc = new RunningPlc(RunningPlc.Secure(cable.Port, 2, RunningPlc.Certificates(folder, server.CertificateFile), "wrong"));
        await plc.Sink.UntilAsync(sink => sink.Downs.Count == 1, "the refusal");
        await plc.Sink.UntilAsync(_ => plc.Log.Lines.Count == 1, "a line in the log");
        Assert.Contains("check the user name and the password file", plc.Log.Lines[0].Text, StringComparison.Ordinal);
        Assert.Matches("next attempt in (6[0-9]|7[0-2]) s", plc.Log.Lines[0].Text);
        Assert.DoesNotContain("wrong", plc.Log.Lines[0].Text, StringComparison.Ordinal);
        var connections = cable.Accepted;
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System, TestContext.Current.CancellationToken); // nothing must happen in this time
        Assert.Equal(connections, cable.Accepted);
    }

    // after a refusal the next attempt is a minute away; whoever has just trusted the certificate stands beside the screen
    [Fact]
    public async Task A_certificate_that_is_trusted_while_the_gateway_waits_is_used_within_seconds()
    {
        await using var server = await NodeOpcuaServer.StartAsync(new() { Tags = 2, Users = new Dictionary<string, string> { ["edge"] = "secret" } });
        using var folder = new TemporaryFolder();
        var store = RunningPlc.Certificates(folder);
        await using var plc = new RunningPlc(RunningPlc.Secure(server.Port, 2, store));
        await plc.Sink.UntilAsync(sink => sink.Downs.Count == 1, "the refusal");
        var refused = plc.Sink.Downs[0].Reason;
        Assert.Contains("edgealarm certs trust ", refused, StringComparison.Ordinal);

        await plc.Sink.UntilAsync(_ => plc.Log.Lines.Count == 1, "a line in the log");
        Assert.Contains("or at once when a certificate is trusted", plc.Log.Lines[0].Text, StringComparison.Ordinal);
        File.Copy(server.CertificateFile, Path.Combine(store.TrustedFolder, "plant.der"));

        await plc.Sink.UntilAsync(sink => sink.Ups.Count == 1, "the connection", TimeSpan.FromSeconds(20));
    }

    // F-50: a renewal must not cost the PLCs that know the old bytes only
    [Fact]
    [Trait("Field", "F-50")]
    public async Task A_server_that_trusts_only_the_certificate_of_before_the_renewal_is_served_with_that()
    {
        using var folder = new TemporaryFolder();
        var store = RunningPlc.Certificates(folder);
        await using var server = await NodeOpcuaServer.StartAsync(new()
        {
            Tags = 2, AcceptUnknown = false, Trust = [Path.Combine(store.OwnFolder, "certificate.der")], Users = new Dictionary<string, string> { ["edge"] = "secret" },
        });
        File.Copy(server.CertificateFile, Path.Combine(store.TrustedFolder, "plant.der"));
        using var old = store.LoadOwn();
        store.RenewOwn(TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(1000)).Dispose();
        var made = new TaskCompletionSource<OpcUa.Client.SessionCertificates>();

        await using var plc = new RunningPlc(RunningPlc.Secure(server.Port, 2, store) with { SessionMade = certificates => made.TrySetResult(certificates) });

        await plc.Sink.UntilAsync(sink => sink.Ups.Count == 1, "the connection");
        var shown = await made.Task;
        Assert.Equal((true, old!.Certificate.Thumbprint), (shown.IsOwnPrevious, shown.OwnThumbprint));
    }

    [Fact]
    public async Task Tokens_that_live_for_a_second_are_renewed_under_load_without_a_break()
    {
        const int Tags = 20;
        await using var server = await NodeOpcuaServer.StartAsync(new() { Tags = Tags, TickMs = 50, TokenLifetimeMs = 2000, Users = new Dictionary<string, string> { ["edge"] = "secret" } });
        using var folder = new TemporaryFolder();
        var options = RunningPlc.Secure(server.Port, Tags, RunningPlc.Certificates(folder, server.CertificateFile));
        await using var plc = new RunningPlc(options with { Client = options.Client with { ChannelLifetime = TimeSpan.FromSeconds(2) } });
        await plc.Sink.UntilAsync(sink => sink.Samples.Count > Tags * 150, "eight seconds of samples");
        await DeliveryTests.AssertCompleteAsync(server, plc, Tags);
        Assert.Empty(plc.Sink.Downs);
        Assert.Empty(plc.Sink.Gaps);
    }
}
