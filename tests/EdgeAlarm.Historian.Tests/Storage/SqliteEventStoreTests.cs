using EdgeAlarm.Historian.Storage;
using EdgeAlarm.TestServers;
using Microsoft.Data.Sqlite;

namespace EdgeAlarm.Historian.Tests.Storage;

public sealed class SqliteEventStoreTests : EventStoreTests
{
    private readonly TemporaryFolder folder = new("historian");

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Commit_is_synchronous_and_readers_are_not_hindered()
    {
        await Store.StoreAsync(Plant.Events(1, 3), Stop);
        await using var beside = new SqliteConnection($"Data Source={folder.File("events.db")};Pooling=False");
        await beside.OpenAsync(Stop);
        await using var command = beside.CreateCommand();
        command.CommandText = "PRAGMA journal_mode";
        Assert.Equal("wal", await command.ExecuteScalarAsync(Stop));
    }

    [Fact]
    public async Task Schema_of_a_newer_build_is_refused_by_name()
    {
        await Store.DisposeAsync();
        await using (var beside = new SqliteConnection($"Data Source={folder.File("events.db")};Pooling=False"))
        {
            await beside.OpenAsync(Stop);
            await using var command = beside.CreateCommand();
            command.CommandText = "INSERT INTO edgealarm_schema VALUES (99)";
            await command.ExecuteNonQueryAsync(Stop);
        }

        var fault = await Assert.ThrowsAsync<EventStoreException>(() => Store.TryActivateAsync(Stop));
        Assert.Contains("99", fault.Message, StringComparison.Ordinal);
    }

    /// <summary>A centre that ran the first version of the schema has the level of its standing alarms after the update.</summary>
    [Fact]
    public async Task Older_schema_is_brought_up_with_its_rows()
    {
        await using (var beside = new SqliteConnection($"Data Source={folder.File("older.db")};Pooling=False"))
        {
            await beside.OpenAsync(Stop);
            await using var command = beside.CreateCommand();
            command.CommandText = $$"""
                {{SqliteSchema.Steps[0]}}
                CREATE TABLE edgealarm_schema (version integer NOT NULL);
                INSERT INTO edgealarm_schema VALUES (1);
                INSERT INTO alarm_event VALUES ('plant1/gw1', 'e', 7, 'Activated', 'LT101_HI', NULL, 't', 't', 'high', 'tanks', 'Unacknowledged', '{"level":"HiHi"}', x'00');
                INSERT INTO alarm_current VALUES ('plant1/gw1', 'LT101_HI', 'Unacknowledged', 'Activated', NULL, '2026-11-23T08:00:00.0000000Z', 'high', 'tanks', 'm', 'e', 1, 7, 't');
                """;
            await command.ExecuteNonQueryAsync(Stop);
        }

        await using var store = new SqliteEventStore(folder.File("older.db"), TimeProvider.System);
        Assert.True(await store.TryActivateAsync(Stop));
        await using var reader = EventStoreReader.Sqlite(folder.File("older.db"));
        Assert.Equal("HiHi", Assert.Single(await reader.CurrentAsync(Stop)).Level);
    }

    [Fact]
    public async Task Folder_that_cannot_be_made_is_named_with_the_next_step()
    {
        await File.WriteAllTextAsync(folder.File("file"), "", Stop);
        await using var store = new SqliteEventStore(Path.Combine(folder.File("file"), "events.db"), TimeProvider.System);
        var fault = await Assert.ThrowsAsync<EventStoreException>(() => store.TryActivateAsync(Stop));
        Assert.True(fault.IsTransient);
        Assert.Contains(folder.FullName, fault.Message, StringComparison.Ordinal);
        Assert.Contains("check that the folder", fault.Message, StringComparison.Ordinal);
    }

    protected override System.Data.Common.DbConnection NewConnection() => new SqliteConnection($"Data Source={folder.File("events.db")};Pooling=False");

    protected override IEventStore NewStore() => new SqliteEventStore(folder.File("events.db"), TimeProvider.System);

    protected override EventStoreReader NewReader() => EventStoreReader.Sqlite(folder.File("events.db"));
}
