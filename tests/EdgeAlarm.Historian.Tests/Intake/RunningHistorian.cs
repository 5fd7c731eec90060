using EdgeAlarm.Historian.Intake;
using EdgeAlarm.Historian.Storage;
using EdgeAlarm.TestServers;
using Microsoft.Extensions.Logging;

namespace EdgeAlarm.Historian.Tests.Intake;

/// <summary>A historian that runs until it is disposed, with its log lines.</summary>
internal sealed class RunningHistorian : ILogger<HistorianIntake>, IAsyncDisposable
{
    private readonly CancellationTokenSource ending = new();
    private readonly List<(EventId Id, string Text)> lines = [];
    private readonly Task running;

    internal RunningHistorian(MosquittoBroker broker, StoreOptions store, string group = "main", IEventStore? custom = null, string? authority = null)
    {
        var options = new HistorianOptions
        {
            Group = group,
            Broker = new BrokerOptions { Host = broker.Host, Port = broker.Port, Tls = authority is not null, CertificateAuthorityFile = authority },
            Store = store,
            LossGrace = TimeSpan.FromSeconds(1),
            StandbyInterval = TimeSpan.FromMilliseconds(100),
        };
        Assert.Empty(options.Validate());
        Intake = new HistorianIntake(options, custom ?? store.CreateStore(group, TimeProvider.System), TimeProvider.System, this);
        running = Intake.RunAsync(ending.Token);
    }

    internal HistorianIntake Intake { get; }

    internal IReadOnlyList<(EventId Id, string Text)> Lines
    {
        get
        {
            lock (lines)
            {
                return [.. lines];
            }
        }
    }

    internal async Task UntilAsync(Func<HistorianState, bool> condition, CancellationToken stop)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (!condition(Intake.State))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(since) < TimeSpan.FromSeconds(40), $"not within 40 s: {Intake.State}\n{string.Join('\n', Lines)}");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, stop);
        }
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (lines)
        {
            lines.Add((eventId, formatter(state, exception)));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await running;
        ending.Dispose();
    }
}
