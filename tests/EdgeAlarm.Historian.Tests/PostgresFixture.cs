using EdgeAlarm.TestServers;

[assembly: AssemblyFixture(typeof(EdgeAlarm.Historian.Tests.PostgresFixture))]

namespace EdgeAlarm.Historian.Tests;

/// <summary>One PostgreSQL for the whole run; each test has a database of its own.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    public PostgresServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await PostgresServer.StartAsync();

    public ValueTask DisposeAsync() => Server?.DisposeAsync() ?? ValueTask.CompletedTask;
}
