using EdgeAlarm.OpcUa.BinaryEncoding;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>Closes a SecureChannel; over UA-TCP no answer comes (OPC 10000-4 §5.6.3).</summary>
public sealed record CloseSecureChannelRequest : IServiceRequest<CloseSecureChannelRequest, CloseSecureChannelResponse>
{
    /// <inheritdoc />
    public static ushort EncodingId => 452;

    /// <inheritdoc />
    public static int EncodedSizeMin => 29;

    /// <summary>The header of the request.</summary>
    public RequestHeader Header { get; init; } = new();

    /// <inheritdoc />
    public static CloseSecureChannelRequest Decode(ref BinaryDecoder decoder) => new()
    {
        Header = RequestHeader.Decode(ref decoder),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder) => Header.Encode(encoder);

    /// <inheritdoc />
    public CloseSecureChannelRequest WithHeader(RequestHeader header) => this with { Header = header };
}
