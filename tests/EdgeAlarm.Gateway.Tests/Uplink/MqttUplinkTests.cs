using System.Diagnostics;
using EdgeAlarm.Gateway.Configuration;
using EdgeAlarm.Gateway.Outbox;
using EdgeAlarm.Gateway.Tests.Outbox;
using EdgeAlarm.Gateway.Uplink;
using EdgeAlarm.TestServers;
using EdgeAlarm.Wire;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAlarm.Gateway.Tests.Uplink;

public class MqttUplinkTests
{
    [Fact]
    [Trait("Field", "F-61")]
    public async Task Events_reach_the_centre_and_leave_the_outbox_on_its_receipt()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var historian = new HistorianDouble();
        await historian.ConnectAsync(broker.Port);
        await using var plant = new UplinkPlant(broker.Port);
        plant.Happen(1000);
        await plant.UntilDeliveredAsync();
        Assert.Equal(1000, historian.Through(plant.Journal.Epoch));
        AssertSame(plant, historian, 1000);
        await plant.UntilAsync(() => historian.Range == new OutboxRange(plant.Journal.Epoch, 1001, 1000, "h1"), "the range on the broker");
        Assert.Null(plant.Uplink.State.Problem);
        Assert.Empty(plant.Conditions);
        await plant.StopAsync();
        await plant.UntilAsync(() => historian.Statuses.Count >= 2, "both statuses");
        Assert.Equal([true, false], historian.Statuses.Select(status => status.Online));
        Assert.Equal(plant.Journal.Epoch, historian.Statuses[0].Epoch);
    }

    [Fact]
    [Trait("Field", "F-46")]
    [Trait("Field", "F-57")]
    public async Task A_broker_killed_during_the_drain_costs_nothing()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var historian = new HistorianDouble();
        await historian.ConnectAsync(broker.Port);
        await using var plant = new UplinkPlant(broker.Port);
        for (var kill = 1; kill <= 3; kill++)
        {
            plant.Happen(3000);
            await plant.UntilAsync(() => historian.Through(plant.Journal.Epoch) > (kill - 1) * 3000, "the drain to begin");
            await broker.KillAsync();
            await plant.UntilAsync(() => plant.Uplink.State.Problem is not null, "the break to be seen");
            await broker.StartAgainAsync();
            await historian.ConnectAsync(broker.Port);
        }

        await plant.UntilDeliveredAsync();
        AssertSame(plant, historian, 9000);
        Assert.Contains(plant.Lines, line => line.Contains("takes events again", StringComparison.Ordinal));
        Assert.DoesNotContain(plant.Conditions, condition => condition.Name == UplinkConditions.SecondGateway);
    }

    /// <summary>MQTTnet waits for a PUBACK for ever; a broker that is frozen must not hold an alarm.</summary>
    [Fact]
    [Trait("Field", "F-49")]
    public async Task A_frozen_broker_is_dropped_by_the_timeout_on_the_oldest_publish()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var historian = new HistorianDouble();
        await historian.ConnectAsync(broker.Port);
        await using var plant = new UplinkPlant(broker.Port, with: options => options with { HeadTimeout = TimeSpan.FromMilliseconds(500), ConnectTimeout = TimeSpan.FromSeconds(1), RangeEvery = TimeSpan.FromHours(1) });
        plant.Happen(100);
        await plant.UntilDeliveredAsync();
        broker.Freeze();
        plant.Happen(100);
        var since = Stopwatch.StartNew();
        await plant.UntilAsync(() => plant.Lines.Any(line => line.Contains("did not acknowledge event 101 within 0.5 s", StringComparison.Ordinal)), "the timeout");
        Assert.InRange(since.Elapsed, TimeSpan.FromMilliseconds(450), TimeSpan.FromSeconds(10));
        await plant.UntilAsync(() => plant.Conditions.Contains((UplinkConditions.Down, true)), "the condition");
        broker.Thaw();
        await plant.UntilDeliveredAsync();
        AssertSame(plant, historian, 200);
        await plant.UntilAsync(() => plant.Conditions.Contains((UplinkConditions.Down, false)), "its end");
    }

    /// <summary>The broker acknowledges and the centre gets nothing: the PUBACK proves nothing, and nothing may leave the outbox.</summary>
    [Fact]
    [Trait("Field", "F-55")]
    public async Task What_the_broker_acknowledged_and_lost_is_sent_again()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var historian = new HistorianDouble { Deaf = true };
        await historian.ConnectAsync(broker.Port);
        await using var plant = new UplinkPlant(broker.Port, with: options => options with { UnconfirmedMax = 300 });
        plant.Happen(1000);
        await plant.UntilAsync(() => plant.Uplink.State is { Acknowledged: >= 600, Repeated: >= 1 }, "a repetition");
        await plant.UntilAsync(() => plant.Conditions.Contains((UplinkConditions.ReceiptMissing, true)), "the missing receipt to be told");
        Assert.Equal(1000, plant.Running.Outbox.State.Count);
        Assert.InRange(plant.Uplink.State.Unconfirmed, 0, 300);
        historian.Deaf = false;
        await plant.UntilDeliveredAsync();
        AssertSame(plant, historian, 1000);
        await plant.UntilAsync(() => plant.Conditions.Contains((UplinkConditions.ReceiptMissing, false)), "its end to be told");
    }

    [Fact]
    public async Task The_retained_receipt_saves_sending_again_what_the_centre_has()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var historian = new HistorianDouble { Deaf = true };
        await historian.ConnectAsync(broker.Port);
        var journal = new JournalDouble();
        journal.Append(1000);
        await historian.SendReceiptAsync(journal.Epoch, 990);
        await using var plant = new UplinkPlant(broker.Port, journal, options => options with { ReceiptWait = TimeSpan.FromSeconds(20) });
        await plant.UntilAsync(() => plant.Uplink.State.Published >= 10, "the rest to be sent");
        Assert.Equal(990, plant.Uplink.State.Through);
        Assert.Equal(10, plant.Running.Outbox.State.Count);
    }

    [Fact]
    public async Task The_window_stays_within_what_the_broker_allows()
    {
        await using var broker = await MosquittoBroker.StartAsync("max_inflight_messages 20");
        await using var historian = new HistorianDouble();
        await historian.ConnectAsync(broker.Port);
        await using var connection = await BrokerConnection.OpenAsync(
            new() { Site = "s", Gateway = "g", Mqtt = new() { Host = "127.0.0.1", Port = broker.Port, Tls = false, Window = 200 }, Receipt = ReceiptMode.Historian, Version = "0" },
            TimeProvider.System,
            new(),
            commands: null,
            [],
            () => { },
            NullLogger.Instance,
            TestContext.Current.CancellationToken);
        Assert.Equal(20, connection.Window);
        await using var plant = new UplinkPlant(broker.Port);
        plant.Happen(500);
        await plant.UntilDeliveredAsync();
        AssertSame(plant, historian, 500);
    }

    /// <summary>One event that the broker will never take must cost itself only, and not silently.</summary>
    [Theory]
    [InlineData("max_packet_size 1500")] // told in CONNACK; a longer packet ends the connection
    [InlineData("message_size_limit 1500")] // told only by the reason code of the PUBACK
    public async Task An_event_too_large_for_the_broker_is_parked_and_a_loss_marker_takes_its_seq(string limit)
    {
        await using var broker = await MosquittoBroker.StartAsync(limit);
        await using var historian = new HistorianDouble();
        await historian.ConnectAsync(broker.Port);
        await using var plant = new UplinkPlant(broker.Port);
        plant.Happen(20);
        plant.Happen(1, padding: 2000);
        plant.Happen(19);
        await plant.UntilDeliveredAsync();
        var marker = EventJson.Parse(historian.Payload(plant.Journal.Epoch, 21));
        Assert.Equal(("Loss", "LT101_HI", 21L), (marker.Kind, marker.Alarm, marker.Seq));
        Assert.Contains("refused", marker.Reason, StringComparison.Ordinal);
        Assert.Equal("Activated", EventJson.Parse(historian.Payload(plant.Journal.Epoch, 22)).Kind);
        Assert.Equal(40, historian.Through(plant.Journal.Epoch));
        var parked = Assert.Single(await plant.Running.Outbox.ReadParkedAsync(10, TestContext.Current.CancellationToken));
        Assert.True(parked.Payload.Span.SequenceEqual(plant.Journal.Bytes(plant.Journal.Epoch, 21).Span));
        Assert.Contains((OutboxConditions.Parked, true), plant.Conditions);
    }

    /// <summary>Behind ten thousand waiting events a new alarm would be seen minutes later.</summary>
    [Fact]
    public async Task While_events_wait_new_alarms_go_ahead_once_the_most_urgent_first_and_come_again_in_their_turn()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var historian = new HistorianDouble { Silent = true };
        await historian.ConnectAsync(broker.Port);
        await using var plant = new UplinkPlant(broker.Port, with: options => options with { UnconfirmedMax = 300 });
        plant.Happen(1000);
        await plant.UntilAsync(() => plant.Uplink.State.Unconfirmed == 300, "the ordered lane to stop");
        Assert.Empty(historian.Live);

        plant.Happen(1, priority: "low");
        plant.Happen(1, priority: "critical");
        plant.Happen(8, priority: "journal");
        await plant.UntilAsync(() => historian.Live.Count >= 2, "the alarms ahead of their turn");
        historian.Silent = false;
        await plant.UntilDeliveredAsync();
        AssertSame(plant, historian, 1010);
        Assert.Equal([1002, 1001], historian.Live);
        Assert.Equal(2, plant.Uplink.State.PublishedLive);
    }

    /// <summary>What the broker's list allows of the ordered lane is delivered, whatever it says of the other.</summary>
    [Fact]
    public async Task A_broker_that_denies_only_the_live_topic_costs_only_that()
    {
        await using var broker = await MosquittoBroker.StartAsync(
            folder => File.WriteAllText(Path.Combine(folder, "acl"), string.Concat(((string[])["status", "outbox", "receipt", "events"]).Select(topic => $"topic readwrite edgealarm/v1/plant1/gw1/{topic}\n"))),
            "acl_file {folder}/acl");
        await using var historian = new HistorianDouble { Silent = true };
        await historian.ConnectAsync(broker.Port);
        await using var plant = new UplinkPlant(broker.Port, with: options => options with { UnconfirmedMax = 300 });
        plant.Happen(1000, priority: "high");
        await plant.UntilAsync(() => plant.Lines.Any(line => line.Contains("topic live with NotAuthorized (0x87)", StringComparison.Ordinal)), "the refusal");
        historian.Silent = false;
        await plant.UntilDeliveredAsync();
        AssertSame(plant, historian, 1000);
        Assert.DoesNotContain(plant.Conditions, condition => condition.Name == UplinkConditions.Down);
    }

    /// <summary>A denied topic denies every event: parking them would empty the outbox. It holds them, says whose right is missing, and goes on when it is given.</summary>
    [Fact]
    public async Task A_broker_that_denies_the_topic_is_named_once_and_nothing_is_lost()
    {
        const string denied = "user anonymous\ntopic readwrite edgealarm/v1/plant1/gw1/status\ntopic readwrite edgealarm/v1/plant1/gw1/outbox\ntopic read edgealarm/v1/plant1/gw1/receipt\n";
        await using var broker = await MosquittoBroker.StartAsync(
            folder => File.WriteAllText(Path.Combine(folder, "acl"), denied.Replace("user anonymous\n", "", StringComparison.Ordinal)),
            "acl_file {folder}/acl");
        await using var plant = new UplinkPlant(broker.Port);
        plant.Happen(50);
        await plant.UntilAsync(() => plant.Conditions.Contains((UplinkConditions.Down, true)), "the refusal");
        var line = Assert.Single(plant.Lines, line => line.Contains("refused a message", StringComparison.Ordinal));
        Assert.Contains($"127.0.0.1:{broker.Port}", line, StringComparison.Ordinal);
        Assert.Contains("NotAuthorized (0x87)", line, StringComparison.Ordinal);
        Assert.Contains("right to write edgealarm/v1/plant1/gw1/events", line, StringComparison.Ordinal);
        Assert.Equal(50, plant.Running.Outbox.State.Count);
        Assert.Empty(await plant.Running.Outbox.ReadParkedAsync(10, TestContext.Current.CancellationToken));
        await broker.StopAsync();
        await File.WriteAllTextAsync(Path.Combine(broker.Folder, "acl"), "topic readwrite edgealarm/#\n", TestContext.Current.CancellationToken);
        await broker.StartAgainAsync();
        await using var historian = new HistorianDouble();
        await historian.ConnectAsync(broker.Port);
        await plant.UntilDeliveredAsync();
        AssertSame(plant, historian, 50);
    }

    [Fact]
    public async Task A_wrong_password_is_told_once_with_the_next_step()
    {
        await using var broker = await MosquittoBroker.StartAsync(
            folder =>
            {
                using var passwd = Process.Start("mosquitto_passwd", ["-b", "-c", Path.Combine(folder, "passwords"), "edge", "right"]);
                passwd.WaitForExit();
            },
            "allow_anonymous false",
            "password_file {folder}/passwords");
        var secret = Path.Combine(broker.Folder, "secret");
        SecretOnDisk.Write(secret, "wrong");
        await using var plant = new UplinkPlant(broker.Port, with: options => options with { Mqtt = options.Mqtt with { User = "edge", PasswordFile = secret } });
        plant.Happen(10);
        await plant.UntilAsync(() => plant.Conditions.Contains((UplinkConditions.Down, true)), "the refusal");
        var line = Assert.Single(plant.Lines);
        Assert.Contains($"127.0.0.1:{broker.Port} refused the connection", line, StringComparison.Ordinal);
        Assert.Contains("mqtt.passwordFile", line, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong", line, StringComparison.Ordinal);
        SecretOnDisk.Write(secret, "right");
        await using var historian = new HistorianDouble();
        await historian.ConnectAsync(broker.Port, "edge", "right");
        await plant.UntilDeliveredAsync();
        AssertSame(plant, historian, 10);
    }

    [Fact]
    public async Task A_broker_that_is_not_there_is_told_once_with_the_next_step()
    {
        var port = LoopbackPort.Free();
        await using var plant = new UplinkPlant(port);
        plant.Happen(10);
        await plant.UntilAsync(() => plant.Conditions.Contains((UplinkConditions.Down, true)), "the condition");
        var line = Assert.Single(plant.Lines);
        Assert.Contains($"The broker 127.0.0.1:{port} cannot be reached", line, StringComparison.Ordinal);
        Assert.Contains("mqtt.host and mqtt.port", line, StringComparison.Ordinal);
        Assert.Equal(10, plant.Running.Outbox.State.Count);
    }

    [Fact]
    [Trait("Field", "F-60")]
    public async Task A_receipt_beyond_the_journal_proves_a_fork_and_deletes_nothing()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var historian = new HistorianDouble { Deaf = true };
        await historian.ConnectAsync(broker.Port);
        var journal = new JournalDouble();
        journal.Append(100);
        await historian.SendReceiptAsync(journal.Epoch, 5000);
        await using var plant = new UplinkPlant(broker.Port, journal);
        await plant.UntilAsync(() => !plant.Forks.IsEmpty, "the fork");
        Assert.Equal((journal.Epoch, 5000L, 100L), plant.Forks.Single());
        Assert.Equal(100, plant.Running.Outbox.State.Count);
    }

    /// <summary>An older disk image went on under the same keys as the original did: what the centre has of them is not ours, though our journal is longer.</summary>
    [Theory]
    [InlineData("00ff", false)]
    [InlineData("", true)]
    [Trait("Field", "F-60")]
    public async Task A_receipt_of_other_events_than_ours_proves_a_fork_and_what_is_ours_is_handed_over_once_its_epoch_is_over(string hash, bool hasConflict)
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var historian = new HistorianDouble { Silent = true };
        await historian.ConnectAsync(broker.Port);
        var journal = new JournalDouble();
        journal.Append(100);
        var old = journal.Epoch;
        await historian.SendReceiptAsync(old, 50, hash, hasConflict);
        await using var plant = new UplinkPlant(broker.Port, journal);
        await plant.UntilAsync(() => !plant.Forks.IsEmpty, "the fork");
        Assert.Equal((old, 50L, 100L), plant.Forks.Single());
        await plant.UntilAsync(() => historian.Received >= 100, "the events at the centre");
        Assert.Equal(100, plant.Running.Outbox.State.Count);

        historian.Silent = false;
        journal.BeginEpoch();
        plant.Happen(70);
        await plant.UntilDeliveredAsync();
        Assert.Equal((100L, 70L), (historian.Through(old), historian.Through(journal.Epoch)));
    }

    [Fact]
    public async Task A_restored_historian_is_told_and_gets_the_difference_again()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var historian = new HistorianDouble();
        await historian.ConnectAsync(broker.Port);
        await using var plant = new UplinkPlant(broker.Port);
        plant.Happen(700);
        await plant.UntilDeliveredAsync();
        historian.Restore(plant.Journal.Epoch, 210);
        historian.Session = "h2";
        await historian.SendReceiptAsync(plant.Journal.Epoch, 210);
        await plant.UntilAsync(() => plant.Conditions.Contains((UplinkConditions.HistorianRestored, true)), "the restored database to be seen");
        await plant.UntilDeliveredAsync();
        AssertSame(plant, historian, 700);
        await plant.UntilAsync(() => plant.Conditions.Contains((UplinkConditions.HistorianRestored, false)), "its end");
    }

    /// <summary>The retained receipt of the restored database comes before the living one and names the same session: it must not take the edge off it.</summary>
    [Fact]
    public async Task A_historian_restored_while_the_gateway_was_down_gets_the_difference_again()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var historian = new HistorianDouble();
        await historian.ConnectAsync(broker.Port);
        var journal = new JournalDouble();
        using var folder = new TemporaryFolder("uplink");
        await using (var before = new UplinkPlant(broker.Port, journal, folder: folder.FullName))
        {
            before.Happen(700);
            await before.UntilDeliveredAsync();
        }

        historian.Restore(journal.Epoch, 210);
        historian.Session = "h2";
        await historian.SendReceiptAsync(journal.Epoch, 210);
        await using var plant = new UplinkPlant(broker.Port, journal, folder: folder.FullName);
        await plant.UntilAsync(() => plant.Uplink.State.IsConnected, "a connection");
        await historian.SendReceiptAsync(journal.Epoch, 210);
        await plant.UntilAsync(() => plant.Conditions.Contains((UplinkConditions.HistorianRestored, true)), "the restored database to be seen");
        await plant.UntilDeliveredAsync();
        AssertSame(plant, historian, 700);
    }

    /// <summary>Also the gateway's own restart and the broker's must not look like a clone: the kill test above has no such condition.</summary>
    [Fact]
    [Trait("Field", "F-60")]
    public async Task A_second_gateway_under_our_name_is_told()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var plant = new UplinkPlant(broker.Port);
        await plant.UntilAsync(() => plant.Uplink.State.IsConnected, "a connection");
        await using var clone = new UplinkPlant(broker.Port);
        await plant.UntilAsync(() => plant.Conditions.Contains((UplinkConditions.SecondGateway, true)), "the takeover");
        Assert.Contains(plant.Lines, line => line.Contains("a cloned machine?", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_historian_the_brokers_word_takes_events_out()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var plant = new UplinkPlant(broker.Port, with: options => options with { Receipt = ReceiptMode.Broker });
        plant.Happen(2000);
        await plant.UntilDeliveredAsync();
        Assert.Equal(2000, plant.Uplink.State.Acknowledged);
    }

    [Fact]
    public async Task An_old_epoch_reaches_the_centre_before_the_new_one()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var historian = new HistorianDouble();
        await historian.ConnectAsync(broker.Port);
        var journal = new JournalDouble();
        var old = journal.Epoch;
        journal.Append(350);
        journal.BeginEpoch();
        await using var plant = new UplinkPlant(broker.Port, journal);
        plant.Happen(70);
        await plant.UntilDeliveredAsync();
        Assert.Equal((350L, 70L), (historian.Through(old), historian.Through(journal.Epoch)));
    }

    private static void AssertSame(UplinkPlant plant, HistorianDouble historian, long count)
    {
        Assert.Equal(count, historian.Through(plant.Journal.Epoch));
        for (var seq = 1L; seq <= count; seq++)
        {
            Assert.True(plant.Journal.Bytes(plant.Journal.Epoch, seq).Span.SequenceEqual(historian.Payload(plant.Journal.Epoch, seq)));
        }
    }
}
