using System.Diagnostics;
using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.Services;

namespace EdgeAlarm.Benchmarks.OpcUa;

/// <summary>The decoding of PublishResponses on one core, beside a bare copy of the same bytes in the same run: how many values a second the protocol code could ever take.</summary>
internal static class DecodingBenchmark
{
    private const int Values = 1_000;

    /// <summary>Measures.</summary>
    /// <param name="seconds">Seconds for each of the two; a third as much warms up.</param>
    internal static IEnumerable<Figure> Run(double seconds)
    {
        var measured = TimeSpan.FromSeconds(seconds);
        ReadOnlyMemory<byte> bytes = ReplayedMessages.Encode(1, [.. Enumerable.Range(1, Values).Select(handle => (uint)handle)], TimeProvider.System.GetUtcNow().UtcTicks);
        var target = new byte[bytes.Length];
        Rate(() => Decode(bytes), measured / 3);
        Rate(() => Copy(bytes.Span, target), measured / 3);

        var copied = Rate(() => Copy(bytes.Span, target), measured);
        var allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
        Decode(bytes);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - allocatedBefore;
        var decoded = Rate(() => Decode(bytes), measured);
        yield return new("PublishResponse of 1,000 values decoded", decoded, "values/s", copied, "memory copy of the same bytes");
        yield return new("allocated while it is decoded", allocated, "B/message");
        yield return new("its encoded size", (double)bytes.Length / Values, "B/value");
    }

    // as the client does: the message first, then value by value
    private static int Decode(ReadOnlyMemory<byte> bytes)
    {
        var response = ServiceMessage.Read<PublishResponse>(bytes, DecodingLimits.Default);
        var reader = new DataChangeNotificationReader(response.NotificationMessage.Notifications[0].Body, DecodingLimits.Default);
        var sum = 0.0;
        var count = 0;
        while (reader.TryRead(out _, out var value))
        {
            sum += value.Value.AsDouble();
            count++;
        }

        return sum > 0 && count == Values ? count : throw new InvalidOperationException($"{count} values with the sum {sum} were decoded");
    }

    private static int Copy(ReadOnlySpan<byte> bytes, Span<byte> target)
    {
        bytes.CopyTo(target);
        return Values;
    }

    private static double Rate(Func<int> turn, TimeSpan atLeast)
    {
        var watch = Stopwatch.StartNew();
        long values = 0;
        while (watch.Elapsed < atLeast)
        {
            for (var i = 0; i < 100; i++)
            {
                values += turn();
            }
        }

        return values / watch.Elapsed.TotalSeconds;
    }
}
