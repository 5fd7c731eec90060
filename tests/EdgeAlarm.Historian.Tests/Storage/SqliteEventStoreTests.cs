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

    protected override IEventStore NewStore() => new SqliteEventStore(folder.File("events.db"), TimeProvider.System);

    protected override EventStoreReader NewReader() => EventStoreReader.Sqlite(folder.File("events.db"));
}
