using System.Buffers;
using System.Diagnostics;
using EdgeAlarm.Engine;

namespace EdgeAlarm.Benchmarks;

/// <summary>The alarm engine on one core: 10,000 tags with 20,000 alarms of mixed types, beside the same conditions written out by hand in the same run.</summary>
internal static class EngineBenchmark
{
    private const int Rounds = 50;
    private const int Repeats = 4;
    private const string LimitName = "the same conditions written out by hand";

    private static readonly EnginePlant Plant = new(10_000);

    /// <summary>Measures.</summary>
    internal static IEnumerable<Figure> Run()
    {
        var byHand = Best(() => Time(() => GC.KeepAlive(Plant.ByHand(Rounds, EnginePlant.Quiet))));
        var quiet = Best(() => ByEngine(Plant, Rounds, EnginePlant.Quiet, out _, out _));
        _ = ByEngine(Plant, Rounds, EnginePlant.Quiet, out var allocated, out var transitions);
        yield return new("evaluations, no transition", Rate(quiet), "1/s", Rate(byHand), LimitName);
        yield return new("transitions of it", transitions, "events");
        yield return new("allocated per sample, no transition", allocated / (double)(Rounds * Plant.TagCount), "bytes");

        var byHandBusy = Best(() => Time(() => GC.KeepAlive(Plant.ByHand(Rounds, EnginePlant.Busy))));
        var eventCount = 0;
        var busy = Best(() => ByEngine(Plant, Rounds, EnginePlant.Busy, out _, out eventCount));
        yield return new("evaluations, two transitions in 100 samples", Rate(busy), "1/s", Rate(byHandBusy), LimitName);
        yield return new("events of it", eventCount / busy.TotalSeconds, "1/s");

        // the same number of samples through few and through many tags
        var small = Best(() => ByEngine(new EnginePlant(1_000), 500, EnginePlant.Quiet, out _, out _));
        var large = Best(() => ByEngine(new EnginePlant(100_000), 5, EnginePlant.Quiet, out _, out _));
        yield return new("a sample at 100,000 tags", large.TotalNanoseconds / 500_000, "ns", small.TotalNanoseconds / 500_000, "a sample at 1,000 tags");

        foreach (var figure in States().Concat(Cone()))
        {
            yield return figure;
        }
    }

    // What a search through the states of one alarm costs a step: the engine of the alarm is put back, steps, and its situation is written.
    private static IEnumerable<Figure> Cone()
    {
        const int Steps = 200_000;
        const string Limit = "the most it may be";
        var cone = AlarmCone.Of(Plant.Configuration, 0);
        var engine = EnginePlant.Connected(cone.Configuration);
        var other = new AlarmEngine(cone.Configuration);
        var situation = new byte[engine.SituationLengthMax];
        var length = 0;
        var copy = Best(() => Time(() => Repeat(Steps, _ => engine.CopyTo(other))));
        var write = Best(() => Time(() => Repeat(Steps, _ => length = engine.WriteSituation(cone.Alarm, TimeSpan.FromMinutes(10), situation))));
        var events = new List<AlarmEvent>();
        var step = Best(() => Time(() => Repeat(Steps, round =>
        {
            var sample = EnginePlant.Make(round, 0, EnginePlant.Quiet(round, 0));
            other.Step(in sample, events);
        })));
        yield return new("engine of one alarm, state into another", copy.TotalNanoseconds / Steps, "ns", 2_000, Limit);
        yield return new("engine of one alarm, situation written", write.TotalNanoseconds / Steps, "ns", 2_000, Limit);
        yield return new("engine of one alarm, a sample", step.TotalNanoseconds / Steps, "ns");
        yield return new("engine of one alarm, its situation", length, "bytes");
    }

    private static void Repeat(int count, Action<int> action)
    {
        for (var round = 0; round < count; round++)
        {
            action(round);
        }
    }

    private static IEnumerable<Figure> States()
    {
        var plant = new EnginePlant(50_000);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var engine = plant.Connected();
        var after = GC.GetTotalMemory(forceFullCollection: true);
        yield return new("state, its share of tags and indexes included", (after - before) / (double)plant.AlarmCount, "bytes an alarm", 400, "the most it may be");

        plant.Fold(engine, 5, EnginePlant.Busy, []);
        var buffer = new ArrayBufferWriter<byte>(64 * 1024 * 1024);
        var copy = new byte[64 * 1024 * 1024];
        var write = Best(() => Time(() =>
        {
            buffer.ResetWrittenCount();
            engine.WriteSnapshot(buffer);
        }));
        var move = Best(() => Time(() => buffer.WrittenSpan.CopyTo(copy)));
        var restore = Best(() => Time(() => AlarmEngine.Restore(engine.Configuration, buffer.WrittenSpan)));
        yield return new("snapshot of 100,000 alarms, size", buffer.WrittenCount, "bytes");
        yield return new("snapshot of 100,000 alarms, write", write.TotalMilliseconds, "ms", move.TotalMilliseconds, "a bare copy of its bytes");
        yield return new("snapshot of 100,000 alarms, restore", restore.TotalMilliseconds, "ms", move.TotalMilliseconds, "a bare copy of its bytes");
    }

    private static double Rate(TimeSpan time) => Rounds * (double)Plant.EvaluationsPerRound / time.TotalSeconds;

    private static TimeSpan ByEngine(EnginePlant plant, int rounds, Func<int, int, double> valueOf, out long allocated, out int eventCount)
    {
        var engine = plant.Connected();
        var events = new List<AlarmEvent>(rounds * plant.TagCount / 20);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.GetTimestamp();
        plant.Fold(engine, rounds, valueOf, events);
        var time = Stopwatch.GetElapsedTime(watch);
        allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        eventCount = events.Count;
        return time;
    }

    private static TimeSpan Time(Action action)
    {
        var watch = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(watch);
    }

    // The best of several: other work on the machine only ever makes it slower.
    private static TimeSpan Best(Func<TimeSpan> measure) => Enumerable.Range(0, Repeats).Select(_ => measure()).Min();
}
