using EdgeAlarm.OpcUa.BinaryEncoding;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>Asks for a notification message again (OPC 10000-4 §5.14.6).</summary>
public sealed record RepublishRequest : IServiceRequest<RepublishRequest, RepublishResponse>
{
    /// <inheritdoc />
    public static ushort EncodingId => 832;

    /// <inheritdoc />
    public static int EncodedSizeMin => 37;

    /// <summary>The header of the request.</summary>
    public RequestHeader Header { get; init; } = new();

    /// <summary>The subscription.</summary>
    public uint SubscriptionId { get; init; }

    /// <summary>The message's number.</summary>
    public uint RetransmitSequenceNumber { get; init; }

    /// <inheritdoc />
    public static RepublishRequest Decode(ref BinaryDecoder decoder) => new()
    {
        Header = RequestHeader.Decode(ref decoder),
        SubscriptionId = decoder.ReadUInt32(),
        RetransmitSequenceNumber = decoder.ReadUInt32(),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder)
    {
        Header.Encode(encoder);
        encoder.WriteUInt32(SubscriptionId);
        encoder.WriteUInt32(RetransmitSequenceNumber);
    }

    /// <inheritdoc />
    public RepublishRequest WithHeader(RequestHeader header) => this with { Header = header };
}
