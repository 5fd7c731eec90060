using System.Diagnostics;
using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Services;

namespace EdgeAlarm.Benchmarks;

/// <summary>The decoding of PublishResponses on one core, beside a bare copy of the same bytes in the same run: how many values a second the protocol code could ever take.</summary>
internal static class OpcUaBenchmark
{
    private const int Values = 1_000;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(3);

    internal static IEnumerable<Figure> Run()
    {
        ReadOnlyMemory<byte> bytes = Response();
        var target = new byte[bytes.Length];
        Rate(() => Decode(bytes), WarmUp);
        Rate(() => Copy(bytes.Span, target), WarmUp);

        var copied = Rate(() => Copy(bytes.Span, target), Measured);
        var allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
        Decode(bytes);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - allocatedBefore;
        var decoded = Rate(() => Decode(bytes), Measured);
        yield return new("opcua, PublishResponse of 1,000 doubles decoded", decoded, "values/s", copied, "memory copy of the same bytes");
        yield return new("opcua, allocated while it is decoded", (double)allocated / Values, "bytes/value");
        yield return new("opcua, encoded size", (double)bytes.Length / Values, "bytes/value");
    }

    private static byte[] Response()
    {
        var now = TimeProvider.System.GetUtcNow().UtcTicks;
        var items = new MonitoredItemNotification[Values];
        for (var i = 0; i < Values; i++)
        {
            items[i] = new((uint)i + 1, new DataValue(Variant.From(i * 0.1), StatusCodes.Good, SourceTicks: now, ServerTicks: now));
        }

        var encoder = new BinaryEncoder();
        ServiceMessage.Write(encoder, new PublishResponse
        {
            SubscriptionId = 1,
            NotificationMessage = new() { SequenceNumber = 1, PublishTimeTicks = now, Notifications = [ExtensionObject.From(new DataChangeNotification { MonitoredItems = items })] },
        });
        return encoder.WrittenSpan.ToArray();
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
