using System.Buffers.Binary;
using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Services;

namespace EdgeAlarm.Benchmarks.OpcUa;

/// <summary>The bodies of PublishResponses about the items of one subscription, encoded once; together they go through all items again and again.</summary>
/// <param name="valuesPerMessage">Values in each.</param>
internal sealed class ReplayedMessages(int valuesPerMessage)
{
    // OPC 10000-4 §7.34 behind a four-byte NodeId: timestamp 8, handle 4, result 4, no diagnostics 1, no strings 4, no header 3
    private const int HandleOffset = 4 + 8;

    // then SubscriptionId 4, no available numbers 4, MoreNotifications 1
    private const int SequenceOffset = HandleOffset + 4 + 4 + 1 + 4 + 3 + 4 + 4 + 1;

    private readonly List<uint> _handles = [];
    private readonly List<byte[]> _bodies = [];
    private uint _subscription;
    private uint _sequence;

    /// <summary>Another subscription begins.</summary>
    internal void Clear()
    {
        _handles.Clear();
        _bodies.Clear();
        _sequence = 0;
    }

    /// <summary>Takes items in.</summary>
    internal void Add(CreateMonitoredItemsRequest request)
    {
        _subscription = request.SubscriptionId;
        _handles.AddRange(request.ItemsToCreate.Select(item => item.RequestedParameters.ClientHandle));
        _bodies.Clear();
    }

    /// <summary>The next message.</summary>
    internal byte[] Next(uint requestHandle, long now)
    {
        if (_bodies.Count == 0)
        {
            _bodies.AddRange(_handles.Chunk(valuesPerMessage).Select(handles => Encode(_subscription, handles, now)));
        }

        var body = _bodies[(int)(_sequence % (uint)_bodies.Count)].AsSpan().ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(body.AsSpan(HandleOffset), requestHandle);
        BinaryPrimitives.WriteUInt32LittleEndian(body.AsSpan(SequenceOffset), ++_sequence);
        return body;
    }

    /// <summary>A message in which every second value is an Int32, the others Doubles.</summary>
    internal static byte[] Encode(uint subscription, IReadOnlyList<uint> handles, long now)
    {
        var items = handles.Select((handle, i) => new MonitoredItemNotification(
            handle, new DataValue(i % 2 == 0 ? Variant.From(i) : Variant.From(i * 0.1), StatusCodes.Good, SourceTicks: now, ServerTicks: now)));
        var encoder = new BinaryEncoder();
        ServiceMessage.Write(encoder, new PublishResponse
        {
            SubscriptionId = subscription,
            NotificationMessage = new() { SequenceNumber = 1, PublishTimeTicks = now, Notifications = [ExtensionObject.From(new DataChangeNotification { MonitoredItems = [.. items] })] },
        });
        return encoder.WrittenSpan.ToArray();
    }
}
