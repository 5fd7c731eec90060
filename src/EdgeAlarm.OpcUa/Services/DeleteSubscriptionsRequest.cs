using EdgeAlarm.OpcUa.BinaryEncoding;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>Deletes subscriptions (OPC 10000-4 §5.14.8).</summary>
public sealed record DeleteSubscriptionsRequest : IServiceRequest<DeleteSubscriptionsRequest, DeleteSubscriptionsResponse>
{
    /// <inheritdoc />
    public static ushort EncodingId => 847;

    /// <inheritdoc />
    public static int EncodedSizeMin => 33;

    /// <summary>The header of the request.</summary>
    public RequestHeader Header { get; init; } = new();

    /// <summary>The subscriptions.</summary>
    public uint[] SubscriptionIds { get; init; } = [];

    /// <inheritdoc />
    public static DeleteSubscriptionsRequest Decode(ref BinaryDecoder decoder) => new()
    {
        Header = RequestHeader.Decode(ref decoder),
        SubscriptionIds = decoder.ReadUInt32s(),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder)
    {
        Header.Encode(encoder);
        encoder.WriteUInt32s(SubscriptionIds);
    }

    /// <inheritdoc />
    public DeleteSubscriptionsRequest WithHeader(RequestHeader header) => this with { Header = header };
}
