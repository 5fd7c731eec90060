using EdgeAlarm.TestServers;
using Npgsql;

namespace EdgeAlarm.Historian.Tests.Servers;

/// <summary>The servers that other tests stand on do what their names say.</summary>
public class TestServersTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_broker_comes_back_on_its_port()
    {
        await using var broker = await MosquittoBroker.StartAsync("max_inflight_messages 20");
        var port = broker.Port;
        Assert.True(await LoopbackPort.AnswersAsync(port, Stop));

        await broker.KillAsync();
        Assert.False(broker.IsRunning);
        Assert.False(await LoopbackPort.AnswersAsync(port, Stop));

        await broker.StartAgainAsync();
        Assert.Equal(port, broker.Port);
        Assert.True(await LoopbackPort.AnswersAsync(port, Stop));
    }

    [Fact]
    public async Task Broker_that_cannot_start_says_why()
    {
        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => MosquittoBroker.StartAsync("no_such_option 1"));
        Assert.Contains("no_such_option", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Crashed_database_server_keeps_what_was_committed()
    {
        await using var server = await PostgresServer.StartAsync();
        var database = await server.CreateDatabaseAsync();
        await using (var source = NpgsqlDataSource.Create(server.ConnectionString(database)))
        {
            await source.CreateCommand("CREATE TABLE t AS SELECT 1 AS x").ExecuteNonQueryAsync(Stop);
        }

        await server.StopAsCrashAsync();
        Assert.False(await LoopbackPort.AnswersAsync(server.Port, Stop));
        await server.StartAgainAsync();

        await using var again = NpgsqlDataSource.Create(server.ConnectionString(database));
        Assert.Equal(1, await again.CreateCommand("SELECT x FROM t").ExecuteScalarAsync(Stop));
    }
}
