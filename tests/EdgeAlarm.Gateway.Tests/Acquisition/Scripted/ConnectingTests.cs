using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Client;
using EdgeAlarm.OpcUa.Services;
using EdgeAlarm.TestServers.Scripted;

namespace EdgeAlarm.Gateway.Tests.Acquisition.Scripted;

/// <summary>Servers that are not ready, full, wrong or away when the gateway comes.</summary>
public sealed class ConnectingTests
{
    // S7-1500: "on the server, many sessions are created"
    [Fact]
    [Trait("Field", "F-23")]
    public async Task A_plc_without_a_free_session_is_asked_ever_more_rarely_and_no_connection_stays_open()
    {
        await using var plc = new ScriptedPlc();
        plc.Server.On<CreateSessionRequest>(_ => ScriptedReply.Fault(StatusCodes.BadTooManySessions));
        plc.Start();
        await plc.UntilAsync(sink => sink.Downs.Count == 1, "the refusal");
        await plc.PassAsync(TimeSpan.FromMinutes(2));
        Assert.InRange(plc.Server.Received<CreateSessionRequest>().Count, 4, 9);
        Assert.Single(plc.Sink.Downs);
        Assert.Contains("BadTooManySessions", plc.Sink.Downs[0].Reason, StringComparison.Ordinal);

        plc.Server.Politely<CreateSessionRequest>();
        await plc.UntilAsync(sink => sink.Ups.Count == 1, "a free session");
        Assert.Equal(1, plc.Server.Plant.Sessions);
    }

    // ten sessions are all that some PLCs have: one that is left behind at each attempt locks the gateway out by itself
    [Fact]
    [Trait("Field", "F-23")]
    public async Task A_session_that_was_created_but_cannot_be_activated_is_closed_again()
    {
        await using var plc = new ScriptedPlc();
        plc.Server.On<ActivateSessionRequest>(_ => ScriptedReply.Fault(StatusCodes.BadInternalError), times: 5);
        plc.Start();
        await plc.UntilAsync(sink => sink.Ups.Count == 1, "the sixth attempt");
        Assert.Equal(6, plc.Server.Received<CreateSessionRequest>().Count);
        Assert.Equal(1, plc.Server.Plant.Sessions);
    }

    // a reconnect budget of five minutes, then "Disconnected", where the worker does nothing more
    [Fact]
    [Trait("Field", "F-24")]
    public async Task A_plc_that_was_away_for_a_weekend_is_connected_within_a_minute_of_its_return()
    {
        await using var plc = new ScriptedPlc();
        await plc.StartLiveAsync();
        plc.Server.Refuse(true);
        plc.Server.Cut();
        await plc.SeenAsync(sink => sink.Downs.Count == 1, "the loss");
        await plc.PassAsync(TimeSpan.FromHours(60), step: TimeSpan.FromMinutes(4));
        plc.Server.Refuse(false);
        await plc.UntilAsync(sink => sink.Ups.Count == 2, "recovery", within: TimeSpan.FromMinutes(1));
        Assert.Single(plc.Sink.Downs);
    }

    [Fact]
    [Trait("Field", "F-20")]
    public async Task A_server_that_has_not_loaded_its_nodes_yet_is_not_subscribed_to_before_it_runs()
    {
        await using var plc = new ScriptedPlc();
        plc.Server.Do(plant => plant.State = ServerState.NoConfiguration);
        plc.Start();
        await plc.UntilAsync(sink => sink.Downs.Count == 1, "the wait");
        await plc.PassAsync(TimeSpan.FromSeconds(30));
        Assert.Contains("NoConfiguration", plc.Sink.Downs[0].Reason, StringComparison.Ordinal);
        Assert.Empty(plc.Server.Received<CreateMonitoredItemsRequest>());
        plc.Server.Do(plant => plant.State = ServerState.Running);
        await plc.UntilAsync(sink => sink.Ups.Count == 1 && sink.Samples.Count >= ScriptedPlc.Tags.Count, "the running server");
        Assert.All(plc.Sink.MonitoredTags, tag => Assert.True(tag.Result.IsGood));
    }

    // half an hour of difference cost a client every session
    [Fact]
    [Trait("Field", "F-65")]
    public async Task A_server_whose_clock_is_an_hour_ahead_is_connected_and_the_hour_is_told_before_its_first_sample()
    {
        await using var plc = new ScriptedPlc();
        plc.Server.Do(plant => plant.ClockAhead = TimeSpan.FromHours(1));
        await plc.StartLiveAsync();
        var entries = plc.Sink.Entries.ToList();
        var clock = entries.FindIndex(entry => entry is RecordingSink.Clock);
        Assert.Equal(TimeSpan.FromHours(-1), Assert.IsType<RecordingSink.Clock>(entries[clock]).Offset);
        Assert.True(clock < entries.FindIndex(entry => entry is EdgeAlarm.Gateway.Acquisition.PlcNotification));
        Assert.Empty(plc.Sink.Downs);
    }

    // the namespaces of a server moved by one after an extension: the old index names another variable
    [Fact]
    [Trait("Field", "F-22")]
    public async Task After_a_restart_that_moved_its_namespaces_the_same_variables_are_monitored_under_their_new_index()
    {
        await using var plc = new ScriptedPlc();
        await plc.StartLiveAsync();
        plc.Server.Do(plant =>
        {
            plant.Restart();
            plant.Namespaces = [plant.Namespaces[0], plant.Namespaces[1], "urn:scripted:extension", plant.Namespaces[2]];
        });
        plc.Server.Set("LT101", 42);
        plc.Server.Cut();
        await plc.UntilAsync(sink => sink.Ups.Count == 2 && plc.Values().Contains(42), "recovery");
        var items = plc.Server.Received<CreateMonitoredItemsRequest>().Select(request => request.Read<CreateMonitoredItemsRequest>().ItemsToCreate[..^1]).ToArray();
        Assert.Equal(2, items.Length);
        Assert.All(items[0], item => Assert.Equal(2, item.ItemToMonitor.NodeId.NamespaceIndex));
        Assert.All(items[1], item => Assert.Equal(3, item.ItemToMonitor.NodeId.NamespaceIndex));
        Assert.Single(plc.Sink.Gaps);
    }

    // answers that no well-behaved server gives: the attempt fails, the next one works, and nothing is taken for what it is not
    [Theory]
    [InlineData("too few items")]
    [InlineData("too few values")]
    [InlineData("another response")]
    [InlineData("no namespaces")]
    public async Task A_wrong_answer_while_connecting_costs_the_attempt_and_no_more(string wrong)
    {
        await using var plc = new ScriptedPlc();
        switch (wrong)
        {
            case "too few items":
                plc.Server.On<CreateMonitoredItemsRequest>(_ => ScriptedReply.Of(new CreateMonitoredItemsResponse { Results = [new() { MonitoredItemId = 7 }] }), times: 1);
                break;
            case "too few values":
                plc.Server.On<ReadRequest>(_ => ScriptedReply.Of(new ReadResponse { Results = [] }), times: 1);
                break;
            case "another response":
                plc.Server.On<CreateSubscriptionRequest>(_ => ScriptedReply.Of(new CloseSessionResponse()), times: 1);
                break;
            default:
                plc.Server.On<ReadRequest>(_ => ScriptedReply.Polite, times: 1);
                plc.Server.On<ReadRequest>(_ => ScriptedReply.Of(new ReadResponse { Results = [new(default, StatusCodes.BadNodeIdUnknown)] }), times: 1);
                break;
        }

        plc.Start();
        await plc.UntilAsync(sink => sink.Ups.Count == 1 && sink.Samples.Count >= ScriptedPlc.Tags.Count, "the attempt after");
        Assert.Single(plc.Sink.Downs);
        Assert.Equal([0, 1, 2], plc.Sink.Samples.Select(sample => sample.Tag).Order());
    }

    [Fact]
    public async Task A_server_that_accepts_and_then_says_nothing_is_given_up_after_the_connect_timeout()
    {
        await using var plc = new ScriptedPlc();
        plc.Server.AnswersOpen = false;
        plc.Start();
        await plc.UntilAsync(sink => sink.Downs.Count == 1, "the silence", within: TimeSpan.FromSeconds(15));
        Assert.Contains("did not answer within 10 s", plc.Sink.Downs[0].Reason, StringComparison.Ordinal);
        plc.Server.AnswersOpen = true;
        await plc.UntilAsync(sink => sink.Ups.Count == 1, "recovery");
    }

    // the wait after a refusal grows to minutes: whoever corrects the password stands beside it
    [Fact]
    [Trait("Field", "F-23")]
    public async Task A_secret_that_is_corrected_is_tried_within_seconds()
    {
        await using var plc = new ScriptedPlc();
        var stamp = 1;
        plc.Start(options => options with
        {
            ReadUser = () => Volatile.Read(ref stamp) == 1 ? throw new IOException("the secret is empty") : UserIdentity.Anonymous,
            SecretStamp = () => Volatile.Read(ref stamp),
        });
        await plc.UntilAsync(_ => plc.Log.Lines.Any(line => line.Id == 1001), "the refusal");
        Assert.Contains("or at once when the user's secret changes", plc.Log.Lines.Single(line => line.Id == 1001).Text, StringComparison.Ordinal);
        await plc.PassAsync(TimeSpan.FromSeconds(10), step: TimeSpan.FromSeconds(1));
        Volatile.Write(ref stamp, 2);
        await plc.UntilAsync(sink => sink.Ups.Count == 1, "the connection", within: TimeSpan.FromSeconds(5));
    }

    // a bad cable is no refusal: nobody has to act, and the next attempt may get other bytes
    [Fact]
    public async Task Bytes_that_were_damaged_while_a_channel_is_opened_are_a_broken_connection_and_tried_again_within_seconds()
    {
        await using var plc = new ScriptedPlc();
        var damaged = 0;
        plc.Server.MangleOpen = bytes =>
        {
            bytes[20] ^= (byte)(damaged++ < 2 ? 1 : 0); // in the name of the policy
            return bytes;
        };
        plc.Start();
        await plc.UntilAsync(sink => sink.Ups.Count == 1, "the connection", within: TimeSpan.FromSeconds(20));
        Assert.Contains("another policy", plc.Log.Lines.First(line => line.Id == 1001).Text, StringComparison.Ordinal);
    }
}
