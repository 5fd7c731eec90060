using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Services;
using EdgeAlarm.OpcUa.Tests.BinaryEncoding;

namespace EdgeAlarm.OpcUa.Tests.Services;

public sealed class DataChangeNotificationReaderTests
{
    private const long SomeTicks = 638_396_640_000_000_000;

    private static readonly ReadOnlyMemory<byte> TwoValues = Golden.Bytes(
        """
        02 00 00 00              # two values
        07 00 00 00              # client handle 7
        03 0B 00 00 00 00 00 00 F8 3F 80 04 00 00  # 1.5, Good with the Overflow bit
        08 00 00 00              # client handle 8
        01 01 01                 # true
        FF FF FF FF              # no diagnostics
        """);

    [Fact]
    public void Values_are_read_in_order_up_to_the_announced_number()
    {
        var reader = new DataChangeNotificationReader(TwoValues, DecodingLimits.Default);
        Assert.Equal(2, reader.Count);
        Assert.True(reader.TryRead(out var handle, out var value));
        Assert.Equal((7u, new DataValue(Variant.From(1.5), new StatusCode(0x480))), (handle, value));
        Assert.True(reader.TryRead(out handle, out value));
        Assert.Equal((8u, new DataValue(Variant.From(true))), (handle, value));
        Assert.False(reader.TryRead(out _, out _));
        Assert.False(reader.TryRead(out _, out _));
    }

    [Fact]
    public void An_announced_value_that_is_not_there_is_a_violation()
    {
        var cut = TwoValues[..25];
        var reader = new DataChangeNotificationReader(cut, DecodingLimits.Default);
        Assert.True(reader.TryRead(out _, out _));
        Assert.Throws<ProtocolViolation>(() =>
        {
            var again = new DataChangeNotificationReader(cut, DecodingLimits.Default);
            while (again.TryRead(out _, out _))
            {
                // up to the missing one
            }
        });
        Assert.Throws<ProtocolViolation>(
            () => new DataChangeNotificationReader(Golden.Bytes("FF FF FF 00"), DecodingLimits.Default).TryRead(out _, out _));
    }

    // A gateway takes 100,000 values a second: garbage per value is a pause that delays an alarm.
    [Fact]
    public void Numbers_are_read_without_allocation_and_the_body_without_a_copy()
    {
        const int Values = 10_000;
        var items = Enumerable.Range(0, Values)
            .Select(index => new MonitoredItemNotification((uint)index, new DataValue(Value(index), default, SomeTicks + index, SomeTicks)))
            .ToArray();
        var encoder = new BinaryEncoder();
        ServiceMessage.Write(
            encoder,
            new PublishResponse { NotificationMessage = new() { Notifications = [ExtensionObject.From(new DataChangeNotification { MonitoredItems = items })] } });
        var body = encoder.WrittenMemory;
        _ = ReadAll(body, out _); // once, so that what the runtime allocates at first use is not counted

        var before = GC.GetAllocatedBytesForCurrentThread();
        var count = ReadAll(body, out var last);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(Values, count);
        Assert.Equal(items[^1].Value, last);
        Assert.InRange(allocated, 0, 2048); // the message's few objects, nothing per value
    }

    private static Variant Value(int index) => (index % 6) switch
    {
        0 => Variant.From(index * 0.5),
        1 => Variant.From(index),
        2 => Variant.From(index % 4 == 0),
        3 => Variant.From((ulong)index),
        4 => Variant.From((float)index),
        _ => Variant.FromDateTimeTicks(SomeTicks),
    };

    private static int ReadAll(ReadOnlyMemory<byte> body, out DataValue last)
    {
        var response = ServiceMessage.Read<PublishResponse>(body, DecodingLimits.Default);
        var reader = new DataChangeNotificationReader(response.NotificationMessage.Notifications[0].Body, DecodingLimits.Default);
        var count = 0;
        last = default;
        while (reader.TryRead(out var handle, out var value))
        {
            count += handle == count ? 1 : 0;
            last = value;
        }

        return count;
    }
}
