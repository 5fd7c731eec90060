using EdgeAlarm.OpcUa.BinaryEncoding;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>Moves subscriptions to this session (OPC 10000-4 §5.14.7).</summary>
public sealed record TransferSubscriptionsRequest : IServiceRequest<TransferSubscriptionsRequest, TransferSubscriptionsResponse>
{
    /// <inheritdoc />
    public static ushort EncodingId => 841;

    /// <inheritdoc />
    public static int EncodedSizeMin => 34;

    /// <summary>The header of the request.</summary>
    public RequestHeader Header { get; init; } = new();

    /// <summary>The subscriptions.</summary>
    public uint[] SubscriptionIds { get; init; } = [];

    /// <summary>Whether the current value of each item follows.</summary>
    public bool SendInitialValues { get; init; }

    /// <inheritdoc />
    public static TransferSubscriptionsRequest Decode(ref BinaryDecoder decoder) => new()
    {
        Header = RequestHeader.Decode(ref decoder),
        SubscriptionIds = decoder.ReadUInt32s(),
        SendInitialValues = decoder.ReadBoolean(),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder)
    {
        Header.Encode(encoder);
        encoder.WriteUInt32s(SubscriptionIds);
        encoder.WriteBoolean(SendInitialValues);
    }

    /// <inheritdoc />
    public TransferSubscriptionsRequest WithHeader(RequestHeader header) => this with { Header = header };
}
