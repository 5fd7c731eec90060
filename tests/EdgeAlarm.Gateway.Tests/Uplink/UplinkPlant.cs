using System.Collections.Concurrent;
using System.Diagnostics;
using EdgeAlarm.Gateway.Configuration;
using EdgeAlarm.Gateway.Tests.Outbox;
using EdgeAlarm.Gateway.Uplink;
using EdgeAlarm.Gateway.Uplink.Commands;
using EdgeAlarm.TestServers;
using Microsoft.Extensions.Logging;

namespace EdgeAlarm.Gateway.Tests.Uplink;

/// <summary>Journal, outbox and uplink of a gateway against a real broker, with short times so that tests are quick.</summary>
internal sealed class UplinkPlant : IAsyncDisposable
{
    private static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(20);
    private readonly TemporaryFolder _folder = new("uplink");
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _run;

    internal UplinkPlant(int port, JournalDouble? journal = null, Func<UplinkOptions, UplinkOptions>? with = null, CommandDispatch? send = null, string? folder = null)
    {
        Journal = journal ?? new();
        Running = new(folder ?? _folder.File("outbox"), Journal);
        var options = new UplinkOptions
        {
            Site = "plant1",
            Gateway = "gw1",
            Mqtt = new() { Host = "127.0.0.1", Port = port, Tls = false, Window = 200 },
            Receipt = ReceiptMode.Historian,
            Version = "0.1.0",
            ReceiptWait = TimeSpan.FromMilliseconds(200),
            StallAfter = TimeSpan.FromMilliseconds(300),
            StallAfterMax = TimeSpan.FromSeconds(1),
            ReconnectAfter = TimeSpan.FromMilliseconds(50),
            ReconnectAfterMax = TimeSpan.FromMilliseconds(500),
            DownAfter = TimeSpan.FromMilliseconds(200),
            ReceiptMissingAfter = TimeSpan.FromSeconds(1),
            RangeEvery = TimeSpan.FromMilliseconds(100),
        };
        Uplink = new(with is null ? options : with(options), Running.Outbox, TimeProvider.System, new Log(Lines), (name, active, _) => Conditions.Enqueue((name, active)), (epoch, known, last) => Forks.Enqueue((epoch, known, last)), send ?? ((_, _) => throw new InvalidOperationException("No command is expected.")));
        _run = Uplink.RunAsync(_stop.Token);
    }

    internal JournalDouble Journal { get; }

    internal RunningOutbox Running { get; }

    internal MqttUplink Uplink { get; }

    internal ConcurrentQueue<(string Name, bool Active)> Conditions { get; } = [];

    internal ConcurrentQueue<(Guid Epoch, long Known, long Last)> Forks { get; } = [];

    internal ConcurrentQueue<string> Lines { get; } = [];

    internal void Happen(int count, int padding = 0, string? priority = null)
    {
        var events = Journal.Append(count, padding, priority);
        Running.Outbox.Offer(events);
        Uplink.Offer(events);
    }

    internal async Task UntilAsync(Func<bool> wanted, string what)
    {
        var since = Stopwatch.StartNew();
        while (!wanted())
        {
            Assert.True(since.Elapsed < WaitMax, $"Not reached: {what}. {Uplink.State} {string.Join(", ", Running.Outbox.State.Epochs)}\n{string.Join("\n", Lines)}");
            Assert.False(_run.IsFaulted, _run.Exception?.ToString());
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }
    }

    internal Task UntilDeliveredAsync() => UntilAsync(() => Running.Outbox.State is { Count: 0, IsRefilling: false } state && state.Epochs[^1].Last == Running.Outbox.LastSeq(Journal.Epoch), "everything receipted");

    internal async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _run;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await Running.DisposeAsync();
        _stop.Dispose();
        _folder.Dispose();
    }

    private sealed class Log(ConcurrentQueue<string> lines) : ILogger<MqttUplink>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue(formatter(state, exception));
    }
}
