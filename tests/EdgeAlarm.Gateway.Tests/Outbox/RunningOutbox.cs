using System.Collections.Concurrent;
using System.Diagnostics;
using EdgeAlarm.Gateway.Outbox;
using EdgeAlarm.Gateway.Recorder;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAlarm.Gateway.Tests.Outbox;

/// <summary>An outbox on its real thread and real files, stopped in order or left behind as a killed process leaves it.</summary>
internal sealed class RunningOutbox : IAsyncDisposable
{
    private static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(20);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _run;

    internal RunningOutbox(string folder, JournalDouble journal, TimeProvider? time = null, Func<OutboxOptions, OutboxOptions>? with = null, OutboxSource? source = null)
    {
        var options = new OutboxOptions { Folder = folder };
        Outbox = new(with is null ? options : with(options), source ?? journal.Source, time ?? TimeProvider.System, NullLogger<EventOutbox>.Instance, (name, active, _) => Conditions.Enqueue((name, active)));
        _run = Outbox.RunAsync(_stop.Token);
    }

    internal EventOutbox Outbox { get; }

    internal ConcurrentQueue<(string Name, bool Active)> Conditions { get; } = [];

    /// <summary>Polls the state until it is as wanted, within a bounded time.</summary>
    internal async Task UntilAsync(Func<OutboxState, bool> wanted)
    {
        var since = Stopwatch.StartNew();
        while (!wanted(Outbox.State))
        {
            Assert.True(since.Elapsed < WaitMax, $"The outbox did not get there: {Outbox.State} {string.Join(", ", Outbox.State.Epochs)}");
            Assert.False(_run.IsFaulted, _run.Exception?.ToString());
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System);
        }
    }

    internal Task UntilFilledAsync() => UntilAsync(state => !state.IsRefilling && state.Failure is null && state.Epochs[^1].Last == Outbox.LastSeq(state.Epochs[^1].Epoch));

    /// <summary>Reads everything of an epoch from a seq on.</summary>
    internal async Task<List<StoredEvent>> ReadAllAsync(Guid epoch, long from = 1, int max = 500)
    {
        var all = new List<StoredEvent>();
        while (true)
        {
            var events = await Outbox.ReadAsync(epoch, from, max, TestContext.Current.CancellationToken);
            if (events.Count == 0)
            {
                return all;
            }

            all.AddRange(events);
            from = events[^1].Seq + 1;
        }
    }

    /// <summary>The files as a kill at this moment would leave them; none if they were not opened yet.</summary>
    internal static async Task<string> KilledCopyAsync(string folder)
    {
        var copy = folder + "-killed";
        Directory.CreateDirectory(folder);
        using var cp = Process.Start("cp", ["-r", folder, copy]);
        await cp.WaitForExitAsync();
        Assert.Equal(0, cp.ExitCode);
        return copy;
    }

    internal async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _run;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_run.IsCompleted)
        {
            await StopAsync();
        }

        _stop.Dispose();
    }
}
