using System.Diagnostics;
using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Recorder;

namespace EdgeAlarm.Benchmarks;

/// <summary>The journal beside a bare file to which blocks of the same size are appended and flushed in the same run.</summary>
internal static class JournalBenchmark
{
    private const int SamplesPerMessage = 1000;
    private const int Messages = 1000;
    private const int Commits = 300;

    internal static IEnumerable<Figure> Run()
    {
        var root = Path.Combine(Path.GetTempPath(), $"edgealarm-journal-{Guid.NewGuid():N}");
        var folder = new DataFolder(root);
        folder.Create();
        try
        {
            using var journal = new Journal(
                folder, new JournalOptions(), new(null, 0, Guid.Empty, new string('0', 64), new(638_000_000_000_000_000), new(638_000_000_000_000_000)), TimeProvider.System);
            yield return Samples(journal, root, out var bytesPerSample);
            yield return bytesPerSample;
            foreach (var figure in CommitsOneByOne(journal, root))
            {
                yield return figure;
            }
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static Figure Samples(Journal journal, string root, out Figure bytesPerSample)
    {
        var samples = new Sample[SamplesPerMessage];
        var begin = journal.EndPosition;
        var watch = Stopwatch.StartNew();
        for (var message = 0; message < Messages; message++)
        {
            var at = new PlantTime(638_000_000_000_000_000 + (message * TimeSpan.TicksPerMillisecond * 100));
            for (var i = 0; i < samples.Length; i++)
            {
                var source = new UtcTime(at.Ticks - 50_000 - i);
                samples[i] = new(i, TagValue.From(50 + Math.Sqrt(i + message)), Quality.Good, source, source, new(at.Ticks + 3), at);
            }

            journal.WaitForRoom(CancellationToken.None);
            journal.Append(new NotificationReceived(at, 0, 7, (uint)message + 1), samples);
            journal.Commit(new(at, new(at.Ticks), 1));
        }

        journal.Flush();
        var seconds = watch.Elapsed.TotalSeconds;
        var length = journal.EndPosition - begin;
        bytesPerSample = new("bytes of journal per sample, real values", (double)length / (SamplesPerMessage * Messages), "B", System.Runtime.CompilerServices.Unsafe.SizeOf<Sample>(), "the sample in memory");
        var bare = BareAppends(root, (int)(length / Messages), Messages);
        return new("samples recorded and flushed", SamplesPerMessage * Messages / seconds, "samples/s", SamplesPerMessage * Messages / bare, "bare append+fsync of the same bytes, a block a message");
    }

    private static IEnumerable<Figure> CommitsOneByOne(Journal journal, string root)
    {
        var begin = journal.EndPosition;
        var times = new double[Commits];
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < Commits; i++)
        {
            var start = Stopwatch.GetTimestamp();
            journal.Append(new Tick(new(638_000_001_000_000_000 + i)));
            journal.Commit(new(new(638_000_001_000_000_000 + i), default, 1));
            journal.Flush();
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        var seconds = watch.Elapsed.TotalSeconds;
        var bare = BareAppends(root, (int)((journal.EndPosition - begin) / Commits), Commits);
        Array.Sort(times);
        yield return new("commits, each awaited", Commits / seconds, "commits/s", Commits / bare, "bare append+fsync of the same size");
        yield return new("commit to durable, median", times[Commits / 2], "ms");
        yield return new("commit to durable, 99 %", times[Commits * 99 / 100], "ms");
    }

    private static double BareAppends(string root, int size, int count)
    {
        var block = new byte[size];
        using var file = File.OpenHandle(Path.Combine(root, $"bare-{size}"), FileMode.Create, FileAccess.Write);
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < count; i++)
        {
            RandomAccess.Write(file, block, (long)i * size);
            RandomAccess.FlushToDisk(file);
        }

        return watch.Elapsed.TotalSeconds;
    }
}
