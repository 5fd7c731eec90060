using System.Diagnostics;
using System.Globalization;
using EdgeAlarm.Gateway.Outbox;
using EdgeAlarm.Gateway.Recorder;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAlarm.Benchmarks;

/// <summary>Events through the outbox (offered, read in order, receipted) beside the same bytes appended to and read from a bare file in the same run. Neither syncs.</summary>
internal static class OutboxBenchmark
{
    private const int Events = 100_000;
    private const int PayloadLength = 500;
    private const int ReadMax = 500;

    internal static IEnumerable<Figure> Run()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"edgealarm-outbox-{Guid.NewGuid():N}");
        Directory.CreateDirectory(folder);
        try
        {
            var epoch = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
            var events = new StoredEvent[Events];
            var random = new Random(1);
            for (var i = 0; i < Events; i++)
            {
                var payload = new byte[PayloadLength];
                random.NextBytes(payload);
                events[i] = new(epoch, i + 1, payload);
            }

            foreach (var batch in (int[])[1, 100, 500])
            {
                var count = batch == 1 ? Events / 10 : Events;
                var (write, read) = Bare(Path.Combine(folder, "bare"), events.AsSpan(0, count), batch);
#pragma warning disable VSTHRD002 // a benchmark verb is synchronous by contract, and no scheduler stands behind its thread
                var (offered, drained) = Through(Path.Combine(folder, $"outbox-{batch}"), epoch, events, count, batch).GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
                yield return new(string.Create(CultureInfo.InvariantCulture, $"outbox, stored, offered {batch} at a time"), offered, "events/s", write, "append to a bare file");
                yield return new(string.Create(CultureInfo.InvariantCulture, $"outbox, read and receipted, offered {batch} at a time"), drained, "events/s", read, "read from a bare file");
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static (double Write, double Read) Bare(string path, ReadOnlySpan<StoredEvent> events, int batch)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        var block = new byte[batch * PayloadLength];
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < events.Length; i += batch)
        {
            for (var j = 0; j < batch; j++)
            {
                events[i + j].Payload.Span.CopyTo(block.AsSpan(j * PayloadLength));
            }

            file.Write(block);
        }

        var write = events.Length / watch.Elapsed.TotalSeconds;
        file.Position = 0;
        watch.Restart();
        while (file.Read(block) > 0)
        {
        }

        return (write, events.Length / watch.Elapsed.TotalSeconds);
    }

    private static async Task<(double Offered, double Drained)> Through(string folder, Guid epoch, StoredEvent[] events, int count, int batch)
    {
        using var stop = new CancellationTokenSource();
        var outbox = new EventOutbox(
            new() { Folder = folder, InboxEventsMax = Events + 1, InboxBytesMax = long.MaxValue },
            new([new(epoch, 1, 0)], (_, from) => events.Skip((int)from - 1)),
            TimeProvider.System,
            NullLogger<EventOutbox>.Instance,
            (_, _, _) => { });
        var run = outbox.RunAsync(stop.Token);
        await outbox.ReadParkedAsync(1, stop.Token); // opened
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < count; i += batch)
        {
            outbox.Offer(events.AsMemory(i, batch));
        }

        while (outbox.State.Draining.Readable < count)
        {
            await outbox.ReadParkedAsync(1, stop.Token);
        }

        var offered = count / watch.Elapsed.TotalSeconds;
        watch.Restart();
        for (var next = 1L; next <= count;)
        {
            next += (await outbox.ReadAsync(epoch, next, ReadMax, stop.Token)).Count;
            outbox.Receipted(epoch, next - 1);
        }

        while (outbox.State.Count > 0)
        {
            await outbox.ReadParkedAsync(1, stop.Token);
        }

        var drained = count / watch.Elapsed.TotalSeconds;
        await stop.CancelAsync();
        await run;
        return (offered, drained);
    }
}
