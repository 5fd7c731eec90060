using System.Buffers;
using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Acquisition;
using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.ConnectionProtocol;
using EdgeAlarm.OpcUa.SecureConversation;
using EdgeAlarm.OpcUa.Security;
using EdgeAlarm.OpcUa.Services;

namespace EdgeAlarm.Gateway.Tests.Acquisition;

/// <summary>The way of a value from the chunk to the sink, in memory.</summary>
public sealed class SampleReaderTests : IDisposable
{
    private const int Values = 1_000;
    private const long Ticks = 638_396_640_000_000_000;
    private static readonly PlantClock Clock = new(TimeProvider.System, new PlantTime(Ticks));
    private readonly ServerConversation _server;
    private readonly ClientConversation _client;
    private readonly MonitoredTags _tags = new(RunningPlc.Plain(4840, Values), RunningPlc.Plain(4840, Values).Tags, Clock);
    private readonly ArrayBufferWriter<byte> _wire = new(64 * 1024);
    private readonly List<(MonitoredTag Tag, PlantTime? Since)> _overflowed = [];

    public SampleReaderTests()
    {
        var endpoints = new ServerConversationOptions { Endpoints = [(SecurityPolicy.None, MessageSecurityMode.None)] };
        _server = new(endpoints, new TransportLimits(), TimeProvider.System);
        _client = new(SecurityPolicy.None, MessageSecurityMode.None, null, null, new TransportLimits(), TimeProvider.System);
        var wire = _wire;
        _client.SealOpenRequest(1, TimeSpan.FromHours(1), new(), wire);
        _server.TryOpen(wire.WrittenSpan, out _);
        wire.ResetWrittenCount();
        _server.SealOpenResponse(1, TimeSpan.FromHours(1), new(), wire);
        _client.TryOpen(wire.WrittenSpan, out _);
    }

    // garbage per value is a pause that delays an alarm: a message costs some objects, however many values it has
    [Fact]
    public void A_thousand_messages_of_a_thousand_values_cost_no_allocation_per_value()
    {
        var one = Body(1);
        var many = Body(Values);
        Assert.Equal(1_000, Deliver(one, 1_000));
        Assert.Equal(100_000, Deliver(many, 100));

        var few = Allocated(one, 1_000);
        var all = Allocated(many, 1_000);

        Assert.InRange(few / 1_000, 0, 1_200);
        Assert.Equal(0, (all - few) / (1_000 * Values));
        // what the runtime itself allocates now and then is no part of a million values
        Assert.InRange(all - few, -65_536, 65_536);
    }

    [Fact]
    public void Samples_are_those_of_the_message_though_the_memory_is_that_of_an_earlier_one()
    {
        Deliver(Body(Values), 3);
        var (samples, lease) = Read(Open(Body(Values)));
        Assert.Equal(Values, samples.Length);
        Assert.All(samples.ToArray().Index(), entry => Assert.Equal(
            new Sample(entry.Index, Expected(entry.Index), Quality.Good, new(Ticks + entry.Index), new(Ticks), new(7), new(Ticks)), entry.Item));
        lease!.Dispose();
    }

    private static TagValue Expected(int tag) => tag % 2 == 0 ? TagValue.From(tag * 0.5) : TagValue.From((long)tag);

    [Fact]
    public void Notifications_of_one_message_are_put_together_and_handles_that_nobody_asked_for_are_left_out()
    {
        var message = new NotificationMessage { Notifications = [Notification(1, 2), Notification(Values + 1, 1), Notification(3, 2)] };
        var (samples, lease) = Read(message);
        Assert.Equal([0, 1, 2, 3], samples.ToArray().Select(sample => sample.Tag));
        lease!.Dispose();
    }

    [Fact]
    public void What_stands_before_a_malformed_notification_is_read()
    {
        var cut = Notification(3, 2) with { Body = Notification(3, 2).Body[..^8] };
        var message = new NotificationMessage { Notifications = [Notification(1, 2), cut] };
        var (samples, lease) = SampleReader.Read(message, _tags, new(Ticks), new(7), _overflowed, out var unreadable);
        Assert.Equal((4u, false), (unreadable!.Value.Handle, unreadable.Value.IsRestLost));
        Assert.Equal([0, 1, 2], samples.ToArray().Select(sample => sample.Tag));
        lease!.Dispose();
    }

    public void Dispose()
    {
        _client.Dispose();
        _server.Dispose();
    }

    private long Allocated(byte[] body, int count)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Deliver(body, count);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    // as the client, the flow and the pump do it, one after the other
    private int Deliver(byte[] body, int count)
    {
        var delivered = 0;
        for (var i = 0; i < count; i++)
        {
            var message = Open(body);
            using var kept = _client.Keep();
            var (samples, lease) = Read(message);
            using var notification = new PlcNotification(1, 1, new(Ticks), false, samples) { Lease = lease };
            delivered += notification.Samples.Length;
        }

        return delivered;
    }

    // the server's side, which allocates nothing either, and the opening
    private NotificationMessage Open(byte[] body)
    {
        _wire.ResetWrittenCount();
        _server.Seal(MessageType.Message, 2, body, _wire);
        Assert.True(_client.TryOpen(_wire.WrittenSpan, out var message));
        return ServiceMessage.Read<PublishResponse>(message.Body, DecodingLimits.Default).NotificationMessage;
    }

    private (ReadOnlyMemory<Sample> Samples, OpcUa.Buffers.Lease<Sample>? Lease) Read(NotificationMessage message)
    {
        var read = SampleReader.Read(message, _tags, new(Ticks), new(7), _overflowed, out var unreadable);
        Assert.Null(unreadable);
        Assert.Empty(_overflowed);
        return read;
    }

    private static ExtensionObject Notification(int firstHandle, int values) => ExtensionObject.From(new DataChangeNotification
    {
        MonitoredItems = [.. Enumerable.Range(firstHandle, values).Select(handle => new MonitoredItemNotification(
            (uint)handle,
            new DataValue(handle % 2 == 1 ? Variant.From((handle - 1) * 0.5) : Variant.From(handle - 1), SourceTicks: Ticks + handle - 1, ServerTicks: Ticks)))],
    });

    private static byte[] Body(int values)
    {
        var body = new BinaryEncoder();
        ServiceMessage.Write(body, new PublishResponse { NotificationMessage = new() { SequenceNumber = 1, Notifications = [Notification(1, values)] } });
        return body.WrittenSpan.ToArray();
    }
}
