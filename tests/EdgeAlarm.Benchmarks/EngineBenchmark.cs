using System.Buffers;
using System.Diagnostics;
using EdgeAlarm.Engine;

namespace EdgeAlarm.Benchmarks;

/// <summary>
/// The alarm engine on one core: 10,000 tags with a high and a low alarm each, beside the same comparisons written out by hand over bare arrays in the same run. Both
/// loops make the same samples; the hand-written one keeps the last value and a flag for each alarm, and no times, delays, quality or events.
/// </summary>
internal static class EngineBenchmark
{
    private const int TagCount = 10_000;
    private const int AlarmsPerTag = 2;
    private const int Rounds = 100;
    private const int Repeats = 5;
    private const double High = 90;
    private const double Low = 10;
    private const double Deadband = 2;

    private static readonly PlantTime Start = new(new DateTime(2026, 11, 23, 12, 0, 0, DateTimeKind.Utc).Ticks);
    private static readonly string LimitName = "the same comparisons written out by hand";

    /// <summary>Measures.</summary>
    internal static IEnumerable<Figure> Run()
    {
        var byHand = Best(() => ByHand(Quiet));
        var quiet = Best(() => ByEngine(Quiet, out _, out _));
        _ = ByEngine(Quiet, out var allocated, out _);
        yield return new("evaluations, no transition", Rate(quiet), "1/s", Rate(byHand), LimitName);
        yield return new("allocated per sample, no transition", allocated / (double)(Rounds * TagCount), "bytes");

        var byHandBusy = Best(() => ByHand(Busy));
        var eventCount = 0;
        var busy = Best(() => ByEngine(Busy, out _, out eventCount));
        yield return new("evaluations, two transitions in 100 samples", Rate(busy), "1/s", Rate(byHandBusy), LimitName);
        yield return new("events of it", eventCount / busy.TotalSeconds, "1/s");

        foreach (var figure in Snapshots())
        {
            yield return figure;
        }
    }

    private static IEnumerable<Figure> Snapshots()
    {
        var engine = Connected();
        Fold(engine, Busy, []);
        var buffer = new ArrayBufferWriter<byte>(8 * 1024 * 1024);
        var copy = new byte[8 * 1024 * 1024];
        var write = Best(() => Time(() =>
        {
            buffer.ResetWrittenCount();
            engine.WriteSnapshot(buffer);
        }));
        var move = Best(() => Time(() => buffer.WrittenSpan.CopyTo(copy)));
        var restore = Best(() => Time(() => AlarmEngine.Restore(engine.Configuration, buffer.WrittenSpan)));
        yield return new("snapshot size", buffer.WrittenCount, "bytes");
        yield return new("snapshot write", write.TotalMilliseconds, "ms", move.TotalMilliseconds, "a bare copy of its bytes");
        yield return new("snapshot restore", restore.TotalMilliseconds, "ms", move.TotalMilliseconds, "a bare copy of its bytes");
    }

    private static double Rate(TimeSpan time) => Rounds * (double)TagCount * AlarmsPerTag / time.TotalSeconds;

    // A wave within the limits.
    private static double Quiet(int round, int tag) => 20 + ((round * 7 + tag) % 60);

    // The same, with one sample in a hundred above the limit: two transitions, there and back.
    private static double Busy(int round, int tag) => (round + tag) % 200 == 0 || (round + tag) % 200 == 100 ? 95 : Quiet(round, tag);

    private static Sample Make(int round, int tag, double value)
    {
        var time = Start + TimeSpan.FromMilliseconds(100 * (round + 1));
        var utc = new UtcTime(time.Ticks);
        return new Sample(tag, TagValue.From(value), Quality.Good, utc, utc, utc, time);
    }

    private static TimeSpan ByHand(Func<int, int, double> valueOf)
    {
        var last = new double[TagCount];
        var isHigh = new bool[TagCount];
        var isLow = new bool[TagCount];
        var changes = 0;
        var time = Time(() =>
        {
            for (var round = 0; round < Rounds; round++)
            {
                for (var tag = 0; tag < TagCount; tag++)
                {
                    var sample = Make(round, tag, valueOf(round, tag));
                    var value = sample.Value.AsNumber();
                    last[sample.Tag] = value;
                    var high = isHigh[sample.Tag] ? value >= High - Deadband : value >= High;
                    var low = isLow[sample.Tag] ? value <= Low + Deadband : value <= Low;
                    changes += (high != isHigh[sample.Tag] ? 1 : 0) + (low != isLow[sample.Tag] ? 1 : 0);
                    isHigh[sample.Tag] = high;
                    isLow[sample.Tag] = low;
                }
            }
        });
        GC.KeepAlive(changes);
        return time;
    }

    private static TimeSpan ByEngine(Func<int, int, double> valueOf, out long allocated, out int eventCount)
    {
        var engine = Connected();
        var events = new List<AlarmEvent>(Rounds * TagCount / 50);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.GetTimestamp();
        Fold(engine, valueOf, events);
        var time = Stopwatch.GetElapsedTime(watch);
        allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        eventCount = events.Count;
        return time;
    }

    private static void Fold(AlarmEngine engine, Func<int, int, double> valueOf, List<AlarmEvent> events)
    {
        for (var round = 0; round < Rounds; round++)
        {
            for (var tag = 0; tag < TagCount; tag++)
            {
                var sample = Make(round, tag, valueOf(round, tag));
                engine.Step(in sample, events);
            }
        }
    }

    private static AlarmEngine Connected()
    {
        var engine = new AlarmEngine(new AlarmConfiguration(
            [new SourceDefinition("PLC1")],
            [.. Enumerable.Range(0, TagCount).Select(tag => new TagDefinition($"T{tag}", 0, "%"))],
            [.. Enumerable.Range(0, TagCount * AlarmsPerTag).Select(Alarm)]));
        var events = new List<AlarmEvent>();
        for (var tag = 0; tag < TagCount; tag++)
        {
            engine.Step(new TagMonitored(Start, tag, Quality.Good), events);
        }

        engine.Step(new SourceClockMeasured(Start, 0, TimeSpan.Zero, Synchronised: true), events);
        engine.Step(new SourceUp(Start, 0, SourceRecovery.Connected), events);
        return engine;
    }

    private static AlarmDefinition Alarm(int index) => new(
        $"A{index}",
        index / AlarmsPerTag,
        "Area 1",
        "Level",
        index % AlarmsPerTag == 0 ? ConditionType.Hi : ConditionType.Lo,
        index % AlarmsPerTag == 0 ? High : Low,
        Deadband,
        OnDelay: TimeSpan.Zero,
        OffDelay: TimeSpan.Zero,
        BadQualityPolicy.Hold,
        AlarmPriority.High,
        "process",
        AckRequired: true);

    private static TimeSpan Time(Action action)
    {
        var watch = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(watch);
    }

    // The best of several: other work on the machine only ever makes it slower.
    private static TimeSpan Best(Func<TimeSpan> measure) => Enumerable.Range(0, Repeats).Select(_ => measure()).Min();
}
