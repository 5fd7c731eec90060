using EdgeAlarm.OpcUa.BinaryEncoding;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>Adds items to a subscription (OPC 10000-4 §5.13.2).</summary>
public sealed record CreateMonitoredItemsRequest : IServiceRequest<CreateMonitoredItemsRequest, CreateMonitoredItemsResponse>
{
    /// <inheritdoc />
    public static ushort EncodingId => 751;

    /// <inheritdoc />
    public static int EncodedSizeMin => 41;

    /// <summary>The header of the request.</summary>
    public RequestHeader Header { get; init; } = new();

    /// <summary>The subscription.</summary>
    public uint SubscriptionId { get; init; }

    /// <summary>Which times to send with values.</summary>
    public TimestampsToReturn TimestampsToReturn { get; init; }

    /// <summary>The items.</summary>
    public MonitoredItemCreateRequest[] ItemsToCreate { get; init; } = [];

    /// <inheritdoc />
    public static CreateMonitoredItemsRequest Decode(ref BinaryDecoder decoder) => new()
    {
        Header = RequestHeader.Decode(ref decoder),
        SubscriptionId = decoder.ReadUInt32(),
        TimestampsToReturn = (TimestampsToReturn)decoder.ReadInt32(),
        ItemsToCreate = decoder.ReadStructures<MonitoredItemCreateRequest>(),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder)
    {
        Header.Encode(encoder);
        encoder.WriteUInt32(SubscriptionId);
        encoder.WriteInt32((int)TimestampsToReturn);
        encoder.WriteStructures(ItemsToCreate);
    }

    /// <inheritdoc />
    public CreateMonitoredItemsRequest WithHeader(RequestHeader header) => this with { Header = header };
}
