using EdgeAlarm.Historian.Storage;
using Npgsql;

namespace EdgeAlarm.Historian.Tests.Storage;

public sealed class PostgresEventStoreTests(PostgresFixture postgres) : EventStoreTests
{
    private string connectionString = "";

    public override async ValueTask InitializeAsync()
    {
        connectionString = postgres.Server.ConnectionString(await postgres.Server.CreateDatabaseAsync());
        await base.InitializeAsync();
    }

    [Fact]
    public async Task Writer_whose_connection_is_cut_in_a_transaction_leaves_nothing_and_loses_the_lock()
    {
        await Store.StoreAsync(Plant.Events(1, 3), Stop);
        await using var beside = NpgsqlDataSource.Create(connectionString);
        await using var blocker = await beside.OpenConnectionAsync(Stop);
        await using (var hold = await blocker.BeginTransactionAsync(Stop))
        {
            // the row lock holds the writer in the middle of its transaction, and there its server process is killed
            await using var lockRow = new NpgsqlCommand("SELECT 1 FROM gateway_progress FOR UPDATE", blocker, hold);
            await lockRow.ExecuteScalarAsync(Stop);
            var writing = Store.StoreAsync(Plant.Events(4, 6), Stop);
            await using var cut = beside.CreateCommand(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'edgealarm historian%' AND wait_event_type = 'Lock'");
            await UntilAsync(async () => (long)(await cut.ExecuteScalarAsync(Stop))! > 0);
            var fault = await Assert.ThrowsAsync<EventStoreException>(() => writing);
            Assert.True(fault.IsTransient);
        }

        Assert.Equal(3, (await Reader.AllAsync(Stop)).Count);
        await using var standby = NewStore();
        await UntilAsync(() => standby.TryActivateAsync(Stop));
        Assert.Equal(6, Assert.Single((await standby.StoreAsync(Plant.Events(4, 6), Stop)).Progress).Through);
    }

    [Fact]
    public async Task Historians_of_two_groups_are_active_on_one_database()
    {
        await using var other = new PostgresEventStore(connectionString, "other", TimeProvider.System);
        Assert.True(await other.TryActivateAsync(Stop));
        await other.StoreAsync(Plant.Events(1, 2, gateway: Plant.Gw2), Stop);
        await Store.StoreAsync(Plant.Events(1, 2), Stop);
        Assert.Equal(4, (await Reader.AllAsync(Stop)).Count);
    }

    [Fact]
    public async Task Value_that_jsonb_cannot_hold_is_no_reason_to_try_again()
    {
        var fault = await Assert.ThrowsAsync<EventStoreException>(() => Store.StoreAsync([Plant.Unstorable(1)], Stop));
        Assert.False(fault.IsTransient);
        Assert.Equal(1, (await Store.StoreAsync([Plant.Event(1)], Stop)).Inserted);
    }

    [Theory]
    [InlineData("Password=wrong", "passwordFile")]
    [InlineData("Database=no_such_database", "createdb")]
    [InlineData("Port=1", "check that the server runs")]
    public async Task Refusal_names_the_server_and_the_next_step_and_never_the_password(string change, string nextStep)
    {
        await using var store = new PostgresEventStore(connectionString + ";" + change, "g", TimeProvider.System);
        var fault = await Assert.ThrowsAsync<EventStoreException>(() => store.TryActivateAsync(Stop));
        Assert.Contains("127.0.0.1", fault.Message, StringComparison.Ordinal);
        Assert.Contains(nextStep, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(TestServers.PostgresServer.Password, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reader_cannot_write()
    {
        await using var reader = EventStoreReader.Postgres(connectionString);
        Assert.Empty(await reader.AllAsync(Stop));
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Options = "-c default_transaction_read_only=on" });
        await Assert.ThrowsAsync<PostgresException>(() => source.CreateCommand("DELETE FROM alarm_event").ExecuteNonQueryAsync(Stop));
    }

    /// <summary>A SCADA system reads the views and can neither write nor see past them.</summary>
    [Fact]
    public async Task Reader_role_reads_the_views_and_nothing_else()
    {
        await Store.StoreAsync([Plant.Event(1)], Stop);
        await using var owner = NpgsqlDataSource.Create(connectionString);
        var grants = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "config", "deploy", "historian-reader.sql"), Stop);
        await owner.CreateCommand(grants).ExecuteNonQueryAsync(Stop);
        await owner.CreateCommand(grants).ExecuteNonQueryAsync(Stop);

        await using var connection = await owner.OpenConnectionAsync(Stop);
        await new NpgsqlCommand("SET ROLE edgealarm_reader", connection).ExecuteNonQueryAsync(Stop);
        foreach (var view in (string[])["alarm_annunciated", "alarm_rate", "alarm_frequency", "alarm_standing"])
        {
            Assert.Equal(1L, await new NpgsqlCommand($"SELECT count(*) FROM {view}", connection).ExecuteScalarAsync(Stop));
        }

        foreach (var refused in (string[])["SELECT 1 FROM alarm_event", "SELECT 1 FROM alarm_current", "DELETE FROM alarm_standing", "SELECT 1 FROM event_rejected"])
        {
            var fault = await Assert.ThrowsAsync<PostgresException>(() => new NpgsqlCommand(refused, connection).ExecuteNonQueryAsync(Stop));
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, fault.SqlState);
        }
    }

    protected override System.Data.Common.DbConnection NewConnection() => new NpgsqlConnection(connectionString);

    protected override IEventStore NewStore() => new PostgresEventStore(connectionString, "g", TimeProvider.System);

    protected override EventStoreReader NewReader() => EventStoreReader.Postgres(connectionString);
}
