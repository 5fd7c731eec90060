using EdgeAlarm.OpcUa.BinaryEncoding;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>The token of a SecureChannel (OPC 10000-4 §5.6.2).</summary>
public sealed record OpenSecureChannelResponse : IServiceResponse<OpenSecureChannelResponse>
{
    /// <inheritdoc />
    public static ushort EncodingId => 449;

    /// <inheritdoc />
    public static int EncodedSizeMin => 52;

    /// <summary>The header of the response; its ServiceResult says whether the rest counts.</summary>
    public ResponseHeader Header { get; init; } = new();

    /// <summary>0, as in Acknowledge.</summary>
    public uint ServerProtocolVersion { get; init; }

    /// <summary>The channel and its token.</summary>
    public ChannelSecurityToken SecurityToken { get; init; } = new();

    /// <summary>Random bytes for the keys; null without security.</summary>
    public byte[]? ServerNonce { get; init; }

    /// <inheritdoc />
    public static OpenSecureChannelResponse Decode(ref BinaryDecoder decoder) => new()
    {
        Header = ResponseHeader.Decode(ref decoder),
        ServerProtocolVersion = decoder.ReadUInt32(),
        SecurityToken = ChannelSecurityToken.Decode(ref decoder),
        ServerNonce = decoder.ReadByteString(),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder)
    {
        Header.Encode(encoder);
        encoder.WriteUInt32(ServerProtocolVersion);
        SecurityToken.Encode(encoder);
        encoder.WriteByteString(ServerNonce);
    }

    /// <inheritdoc />
    public OpenSecureChannelResponse WithHeader(ResponseHeader header) => this with { Header = header };
}
