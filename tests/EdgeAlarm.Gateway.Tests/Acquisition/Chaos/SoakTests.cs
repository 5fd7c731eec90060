using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Acquisition;
using EdgeAlarm.PlantSimulator.Server;
using EdgeAlarm.TestServers;

namespace EdgeAlarm.Gateway.Tests.Acquisition.Chaos;

/// <summary>Hours in a plant, made short: thousands of values a second over a signed and encrypted channel whose token is renewed all the time.</summary>
public sealed class SoakTests
{
    private const int Tags = 200;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    [Fact]
    public Task Twelve_seconds_with_tokens_of_two_seconds_miss_no_value() => SoakAsync(TimeSpan.FromSeconds(12), TimeSpan.FromSeconds(2));

    [Fact]
    [Trait("Category", "Long")]
    public Task Half_an_hour_with_tokens_of_ten_seconds_misses_no_value_and_holds_no_more_memory_at_its_end() => SoakAsync(TimeSpan.FromMinutes(30), TimeSpan.FromSeconds(10));

    private static async Task SoakAsync(TimeSpan duration, TimeSpan token)
    {
        await using var plant = new SimulatorPlant(Tags, Interval, secure: true, new PlantServerLimits { TokenLifetimeMax = token });
        await using var cable = new KillableProxy(plant.Port);
        var options = plant.Options(cable.Port);
        var time = TimeProvider.System;
        using var stop = new CancellationTokenSource();
        var connection = new OpcUaPlcConnection(options, new PlantClock(time, new PlantTime(time.GetUtcNow().UtcTicks)), time, new Random(1), new RunningPlc.ListLogger());
        var sink = new CountingSink(connection, Tags);
        var running = connection.RunAsync(sink, stop.Token);
        var heap = new List<long>();
        var since = time.GetTimestamp();
        while (time.GetElapsedTime(since) < duration)
        {
            await Task.Delay(duration / 20, time, TestContext.Current.CancellationToken); // the plant runs for so long
            heap.Add(GC.GetTotalMemory(forceFullCollection: true));
        }

        var log = (await plant.StandStillAsync()).Where(value => value.Tag.StartsWith("TAG", StringComparison.Ordinal)).ToLookup(value => value.Tag, StringComparer.Ordinal);
        while (!options.Tags.All(tag => sink.Latest(tag.Index) == log[tag.Name].Last().Ticks))
        {
            Assert.True(time.GetElapsedTime(since) < duration + TimeSpan.FromMinutes(1), "the last values never came");
            await Task.Delay(TimeSpan.FromMilliseconds(50), time, TestContext.Current.CancellationToken);
        }

        await stop.CancelAsync();
        await running;
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{sink.Samples} values, {cable.ToServer.Opens} channels and renewals, heap MiB {string.Join(' ', heap.Select(bytes => (bytes >> 20).ToString(System.Globalization.CultureInfo.InvariantCulture)))}");
        foreach (var tag in options.Tags)
        {
            var (count, first) = sink.Account(tag.Index);
            Assert.Equal(log[tag.Name].Count(value => value.Ticks >= first), count);
        }

        Assert.Equal((0, 0, 1), (sink.Gaps, sink.Downs, sink.Ups));
        // discovery and the session's channel open once each; a token is renewed after three quarters of its life
        Assert.True(cable.ToServer.Opens - 2 >= (int)(duration / token) - 1, $"only {cable.ToServer.Opens - 2} renewals");
        AssertFlat(heap);
    }

    // the value log and the proxy allocate, too, but nothing of theirs stays: the second half may not lie above the first by more than a tenth and two MiB
    private static void AssertFlat(List<long> heap)
    {
        var half = heap.Skip(heap.Count / 4).ToArray();
        var early = half.Take(half.Length / 2).Order().ElementAt(half.Length / 4);
        var late = half.Skip(half.Length / 2).Order().ElementAt(half.Length / 4);
        Assert.True(late <= (early * 1.1) + (2 << 20), $"the live heap grew from {early} to {late} bytes: {string.Join(' ', heap)}");
    }

    /// <summary>Counts and keeps nothing, so that what grows is the client's.</summary>
    private sealed class CountingSink(IPlcConnection connection, int tags) : IPlcSink
    {
        private readonly long[] _latest = new long[tags];
        private readonly long[] _first = new long[tags];
        private readonly int[] _count = new int[tags];

        public long Samples { get; private set; }

        public int Gaps { get; private set; }

        public int Downs { get; private set; }

        public int Ups { get; private set; }

        public long Latest(int tag) => Volatile.Read(ref _latest[tag]);

        public (int Count, long First) Account(int tag) => (_count[tag], _first[tag]);

        public ValueTask SourceUpAsync(SourceRecovery how, CancellationToken cancellationToken)
        {
            Ups++;
            return ValueTask.CompletedTask;
        }

        public ValueTask SourceDownAsync(string reason, CancellationToken cancellationToken)
        {
            Downs++;
            return ValueTask.CompletedTask;
        }

        public ValueTask HistoryAsync(PlcHistory page, CancellationToken cancellationToken) => default;

        public ValueTask ClockMeasuredAsync(TimeSpan offset, bool synchronised, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask TagMonitoredAsync(int tag, Quality result, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask GapFoundAsync(int? tag, PlantTime start, PlantTime end, GapCause cause, CancellationToken cancellationToken)
        {
            Gaps++;
            return ValueTask.CompletedTask;
        }

        public ValueTask ConditionAsync(string name, bool active, string detail, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask NotificationAsync(PlcNotification notification, CancellationToken cancellationToken)
        {
            foreach (var sample in notification.Samples.Span)
            {
                // later than the one before, or it would not be counted and the counts would differ
                if (sample.SourceTime.Ticks > _latest[sample.Tag])
                {
                    _first[sample.Tag] = _count[sample.Tag]++ == 0 ? sample.SourceTime.Ticks : _first[sample.Tag];
                    Volatile.Write(ref _latest[sample.Tag], sample.SourceTime.Ticks);
                    Samples++;
                }
            }

            if (notification.Sequence != 0)
            {
                connection.Flushed(notification.Subscription, notification.Sequence);
            }

            return ValueTask.CompletedTask;
        }
    }
}
