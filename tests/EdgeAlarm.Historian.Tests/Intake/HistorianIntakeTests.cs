using EdgeAlarm.Historian.Intake;
using EdgeAlarm.Historian.Storage;
using EdgeAlarm.TestServers;

namespace EdgeAlarm.Historian.Tests.Intake;

/// <summary>The whole intake between a real mosquitto and a real database.</summary>
public sealed class HistorianIntakeTests(PostgresFixture postgres) : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new("intake");
    private MosquittoBroker broker = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private StoreOptions Sqlite => new() { Sqlite = folder.File("events.db") };

    public async ValueTask InitializeAsync() => broker = await MosquittoBroker.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await broker.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    [Trait("Field", "F-55")]
    public async Task Committed_events_are_receipted_and_a_late_gateway_finds_the_receipt_retained()
    {
        var store = new StoreOptions { Postgres = postgres.Server.ConnectionStringWithoutPassword(await postgres.Server.CreateDatabaseAsync()), PasswordFile = postgres.Server.PasswordFile };
        await using var historian = new RunningHistorian(broker, store);
        await historian.UntilAsync(state => state.Phase == HistorianPhase.Active, Stop);
        await using var gateway = await TestGateway.ConnectAsync(broker, Stop);
        await gateway.EventsAsync(1, 300, Stop);

        var receipt = await gateway.ReceiptAsync(receipt => receipt.Through == 300, Stop);
        Assert.Equal((Plant.EpochA, historian.Intake.Session), (receipt.Epoch, receipt.Session));
        await using var reader = store.CreateReader();
        Assert.Equal(300, (await reader.AllAsync(Stop)).Count);

        await using var late = await TestGateway.ConnectAsync(broker, Stop);
        Assert.Equal(300, (await late.ReceiptAsync(_ => true, Stop)).Through);
    }

    // an alarm that went ahead of its turn is in the table at once, and the same event when its turn comes is a duplicate
    [Fact]
    public async Task An_alarm_that_comes_ahead_of_its_turn_is_stored_at_once_and_once()
    {
        await using var historian = new RunningHistorian(broker, Sqlite);
        await historian.UntilAsync(state => state.Phase == HistorianPhase.Active, Stop);
        await using var gateway = await TestGateway.ConnectAsync(broker, Stop);
        await gateway.PublishAsync(Plant.Gw1.Live, Plant.Bytes(Plant.Message(5)), Stop);
        await historian.UntilAsync(state => state.Stored == 1, Stop);
        Assert.DoesNotContain(gateway.Receipts, receipt => receipt.Through > 0);

        await gateway.EventsAsync(1, 6, Stop);
        await gateway.ReceiptAsync(receipt => receipt.Through == 6, Stop);
        Assert.Equal((6, 1, 0), (historian.Intake.State.Stored, historian.Intake.State.Duplicates, historian.Intake.State.Conflicts));
    }

    [Fact]
    public async Task Restarted_historian_sends_its_receipts_again_under_a_new_session()
    {
        await using var gateway = await TestGateway.ConnectAsync(broker, Stop);
        string first;
        await using (var historian = new RunningHistorian(broker, Sqlite))
        {
            await historian.UntilAsync(state => state.Phase == HistorianPhase.Active, Stop);
            await gateway.EventsAsync(1, 5, Stop);
            first = (await gateway.ReceiptAsync(receipt => receipt.Through == 5, Stop)).Session;
        }

        await using var again = new RunningHistorian(broker, Sqlite);
        Assert.Equal(5, (await gateway.ReceiptAsync(receipt => receipt.Session != first, Stop)).Through);
    }

    [Fact]
    public async Task Restored_database_shows_as_a_new_session_with_a_lower_watermark_when_the_gateway_speaks()
    {
        await using var gateway = await TestGateway.ConnectAsync(broker, Stop);
        string first;
        await using (var historian = new RunningHistorian(broker, Sqlite))
        {
            await historian.UntilAsync(state => state.Phase == HistorianPhase.Active, Stop);
            await gateway.EventsAsync(1, 5, Stop);
            first = (await gateway.ReceiptAsync(receipt => receipt.Through == 5, Stop)).Session;
        }

        await using var restored = new RunningHistorian(broker, new StoreOptions { Sqlite = folder.File("restored.db") });
        await gateway.StatusAsync(online: true, Stop);
        Assert.Equal(0, (await gateway.ReceiptAsync(receipt => receipt.Session != first, Stop)).Through);
    }

    [Fact]
    public async Task Poison_payloads_are_parked_and_never_stop_the_rest()
    {
        var store = new StoreOptions { Postgres = postgres.Server.ConnectionStringWithoutPassword(await postgres.Server.CreateDatabaseAsync()), PasswordFile = postgres.Server.PasswordFile };
        await using var historian = new RunningHistorian(broker, store);
        await historian.UntilAsync(state => state.Phase == HistorianPhase.Active, Stop);
        await using var gateway = await TestGateway.ConnectAsync(broker, Stop);
        await gateway.EventsAsync(1, 2, Stop);
        await gateway.PublishAsync(Plant.Gw1.Events, "no JSON at all"u8.ToArray(), Stop);
        await gateway.PublishAsync(Plant.Gw1.Events, System.Text.Encoding.UTF8.GetBytes($"{{\"v\":9,\"gateway\":\"gw1\",\"epoch\":\"{Plant.EpochA}\",\"seq\":3}}"), Stop);
        await gateway.PublishAsync(Plant.Gw1.Events, Plant.UnstorableBytes(4), Stop);
        await gateway.PublishAsync(Plant.Gw1.Events, Plant.Bytes(Plant.Message(99, gateway: Plant.Gw2)), Stop);
        await gateway.PublishAsync(Plant.Gw1.Status, "{}"u8.ToArray(), Stop);
        await gateway.EventsAsync(5, 9, Stop);

        await gateway.ReceiptAsync(receipt => receipt.Through == 9, Stop);
        await using var reader = store.CreateReader();
        Assert.Equal([3L, 4L], (await reader.AllAsync(Stop)).Where(row => row.Kind == IncomingEvent.RejectedKind).Select(row => row.Key.Seq));
        Assert.Equal(5, (await reader.RejectedAsync(Stop)).Count);
        Assert.Empty(await reader.ConflictsAsync(Stop));
        Assert.DoesNotContain(await reader.AllAsync(Stop), row => row.Key.Gateway == "plant1/gw2");
    }

    [Fact]
    public async Task Last_will_that_names_the_epoch_before_a_fork_does_not_bring_its_states_back()
    {
        await using var historian = new RunningHistorian(broker, Sqlite);
        await historian.UntilAsync(state => state.Phase == HistorianPhase.Active, Stop);
        await using var gateway = await TestGateway.ConnectAsync(broker, Stop);
        await gateway.StatusAsync(online: true, Stop);
        await gateway.EventsAsync(1, 1, Stop);
        await gateway.ReceiptAsync(receipt => receipt.Through == 1, Stop);
        await gateway.StatusAsync(online: true, Stop, Plant.EpochB);
        await gateway.PublishAsync(Plant.Gw1.Events, Plant.Bytes(Plant.Message(1, "Statement", "Acknowledged", epoch: Plant.EpochB)), Stop);
        await gateway.ReceiptAsync(receipt => receipt.Epoch == Plant.EpochB && receipt.Through == 1, Stop);
        var before = gateway.Receipts.Count;
        await gateway.StatusAsync(online: false, Stop);
        await gateway.ReceiptAsync(_ => gateway.Receipts.Count > before, Stop);

        await using var reader = Sqlite.CreateReader();
        Assert.Equal("Acknowledged", Assert.Single(await reader.CurrentAsync(Stop)).State);
    }

    [Fact]
    public async Task Range_that_an_online_gateway_no_longer_holds_is_written_off_after_the_grace()
    {
        await using var historian = new RunningHistorian(broker, Sqlite);
        await historian.UntilAsync(state => state.Phase == HistorianPhase.Active, Stop);
        await using var gateway = await TestGateway.ConnectAsync(broker, Stop);
        await gateway.StatusAsync(online: true, Stop);
        await gateway.OutboxAsync(8, 9, historian.Intake.Session, Stop);
        await gateway.EventsAsync(8, 9, Stop);

        await gateway.ReceiptAsync(receipt => receipt.Through == 9, Stop);
        await using var reader = Sqlite.CreateReader();
        Assert.Equal((1L, 7L), Assert.Single(await reader.LossesAsync(Stop)) is var loss ? (loss.First, loss.Last) : default);
    }

    [Fact]
    [Trait("Field", "F-57")]
    public async Task Killed_broker_is_told_once_and_the_historian_comes_back_to_it()
    {
        await using var historian = new RunningHistorian(broker, Sqlite);
        await historian.UntilAsync(state => state.Phase == HistorianPhase.Active, Stop);
        await broker.KillAsync();
        await historian.UntilAsync(state => state.Phase == HistorianPhase.WaitsForBroker && state.Trouble!.Contains("cannot be reached", StringComparison.Ordinal), Stop);
        await broker.StartAgainAsync();
        await historian.UntilAsync(state => state.Phase == HistorianPhase.Active, Stop);

        await using var gateway = await TestGateway.ConnectAsync(broker, Stop);
        await gateway.EventsAsync(1, 5, Stop);
        await gateway.ReceiptAsync(receipt => receipt.Through == 5, Stop);
        Assert.Single(historian.Lines, line => line.Id.Id == EventIds.BrokerBack);
        Assert.InRange(historian.Lines.Count(line => line.Id.Id == EventIds.BrokerAway), 1, 2); // gone, then not reachable
        Assert.Contains(historian.Lines, line => line.Text.Contains($"127.0.0.1:{broker.Port}", StringComparison.Ordinal) && line.Text.Contains("check mqtt.host", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Database_that_crashes_costs_nothing_and_is_told_once()
    {
        await using var server = await PostgresServer.StartAsync();
        var store = new StoreOptions { Postgres = server.ConnectionStringWithoutPassword(await server.CreateDatabaseAsync()), PasswordFile = server.PasswordFile };
        await using var historian = new RunningHistorian(broker, store);
        await historian.UntilAsync(state => state.Phase == HistorianPhase.Active, Stop);
        await using var gateway = await TestGateway.ConnectAsync(broker, Stop);
        await gateway.EventsAsync(1, 5, Stop);
        await gateway.ReceiptAsync(receipt => receipt.Through == 5, Stop);

        await server.StopAsCrashAsync();
        await gateway.EventsAsync(6, 9, Stop);
        await historian.UntilAsync(state => state.Phase == HistorianPhase.WaitsForStore, Stop);
        Assert.DoesNotContain(gateway.Receipts, receipt => receipt.Through > 5);

        await server.StartAgainAsync();
        await gateway.ReceiptAsync(receipt => receipt.Through == 9, Stop, resend: () => gateway.EventsAsync(6, 9, Stop));
        await using var reader = store.CreateReader();
        Assert.Equal(9, (await reader.AllAsync(Stop)).Count);
        Assert.Single(historian.Lines, line => line.Id.Id == EventIds.StoreBack);
        Assert.DoesNotContain(historian.Lines, line => line.Text.Contains(PostgresServer.Password, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Standby_serves_when_the_active_historian_ends()
    {
        var store = new StoreOptions { Postgres = postgres.Server.ConnectionStringWithoutPassword(await postgres.Server.CreateDatabaseAsync()), PasswordFile = postgres.Server.PasswordFile };
        var active = new RunningHistorian(broker, store);
        await active.UntilAsync(state => state.Phase == HistorianPhase.Active, Stop);
        await using var standby = new RunningHistorian(broker, store);
        await standby.UntilAsync(state => state.Phase == HistorianPhase.Standby, Stop);
        await using var gateway = await TestGateway.ConnectAsync(broker, Stop);
        await gateway.EventsAsync(1, 5, Stop);
        await gateway.ReceiptAsync(receipt => receipt.Through == 5 && receipt.Session == active.Intake.Session, Stop);

        await active.DisposeAsync();
        await standby.UntilAsync(state => state.Phase == HistorianPhase.Active, Stop);
        await gateway.EventsAsync(4, 8, Stop);
        await gateway.ReceiptAsync(receipt => receipt.Through == 8 && receipt.Session == standby.Intake.Session, Stop);
        Assert.Single(standby.Lines, line => line.Id.Id == EventIds.Standby);
    }
}
