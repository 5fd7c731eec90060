using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.Security;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>Opens a SecureChannel or renews its token (OPC 10000-4 §5.6.2).</summary>
public sealed record OpenSecureChannelRequest : IServiceRequest<OpenSecureChannelRequest, OpenSecureChannelResponse>
{
    /// <inheritdoc />
    public static ushort EncodingId => 446;

    /// <inheritdoc />
    public static int EncodedSizeMin => 49;

    /// <summary>The header of the request.</summary>
    public RequestHeader Header { get; init; } = new();

    /// <summary>0, as in Hello.</summary>
    public uint ClientProtocolVersion { get; init; }

    /// <summary>Open or renew.</summary>
    public SecurityTokenRequestType RequestType { get; init; }

    /// <summary>How the messages will be protected.</summary>
    public MessageSecurityMode SecurityMode { get; init; }

    /// <summary>Random bytes for the keys; null without security.</summary>
    public byte[]? ClientNonce { get; init; }

    /// <summary>Wanted life of the token in milliseconds.</summary>
    public uint RequestedLifetimeMs { get; init; }

    /// <inheritdoc />
    public static OpenSecureChannelRequest Decode(ref BinaryDecoder decoder) => new()
    {
        Header = RequestHeader.Decode(ref decoder),
        ClientProtocolVersion = decoder.ReadUInt32(),
        RequestType = (SecurityTokenRequestType)decoder.ReadInt32(),
        SecurityMode = (MessageSecurityMode)decoder.ReadInt32(),
        ClientNonce = decoder.ReadByteString(),
        RequestedLifetimeMs = decoder.ReadUInt32(),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder)
    {
        Header.Encode(encoder);
        encoder.WriteUInt32(ClientProtocolVersion);
        encoder.WriteInt32((int)RequestType);
        encoder.WriteInt32((int)SecurityMode);
        encoder.WriteByteString(ClientNonce);
        encoder.WriteUInt32(RequestedLifetimeMs);
    }

    /// <inheritdoc />
    public OpenSecureChannelRequest WithHeader(RequestHeader header) => this with { Header = header };
}
