using EdgeAlarm.OpcUa.BinaryEncoding;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>Lets the server send the next notification message (OPC 10000-4 §5.14.5).</summary>
public sealed record PublishRequest : IServiceRequest<PublishRequest, PublishResponse>
{
    /// <inheritdoc />
    public static ushort EncodingId => 826;

    /// <inheritdoc />
    public static int EncodedSizeMin => 33;

    /// <summary>The header of the request.</summary>
    public RequestHeader Header { get; init; } = new();

    /// <summary>Messages that are safely stored.</summary>
    public SubscriptionAcknowledgement[] SubscriptionAcknowledgements { get; init; } = [];

    /// <inheritdoc />
    public static PublishRequest Decode(ref BinaryDecoder decoder) => new()
    {
        Header = RequestHeader.Decode(ref decoder),
        SubscriptionAcknowledgements = decoder.ReadStructures<SubscriptionAcknowledgement>(),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder)
    {
        Header.Encode(encoder);
        encoder.WriteStructures(SubscriptionAcknowledgements);
    }

    /// <inheritdoc />
    public PublishRequest WithHeader(RequestHeader header) => this with { Header = header };
}
