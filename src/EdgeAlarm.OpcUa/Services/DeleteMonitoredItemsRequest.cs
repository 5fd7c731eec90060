using EdgeAlarm.OpcUa.BinaryEncoding;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>Removes items from a subscription (OPC 10000-4 §5.13.6).</summary>
public sealed record DeleteMonitoredItemsRequest : IServiceRequest<DeleteMonitoredItemsRequest, DeleteMonitoredItemsResponse>
{
    /// <inheritdoc />
    public static ushort EncodingId => 781;

    /// <inheritdoc />
    public static int EncodedSizeMin => 37;

    /// <summary>The header of the request.</summary>
    public RequestHeader Header { get; init; } = new();

    /// <summary>The subscription.</summary>
    public uint SubscriptionId { get; init; }

    /// <summary>The server's numbers of the items.</summary>
    public uint[] MonitoredItemIds { get; init; } = [];

    /// <inheritdoc />
    public static DeleteMonitoredItemsRequest Decode(ref BinaryDecoder decoder) => new()
    {
        Header = RequestHeader.Decode(ref decoder),
        SubscriptionId = decoder.ReadUInt32(),
        MonitoredItemIds = decoder.ReadUInt32s(),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder)
    {
        Header.Encode(encoder);
        encoder.WriteUInt32(SubscriptionId);
        encoder.WriteUInt32s(MonitoredItemIds);
    }

    /// <inheritdoc />
    public DeleteMonitoredItemsRequest WithHeader(RequestHeader header) => this with { Header = header };
}
