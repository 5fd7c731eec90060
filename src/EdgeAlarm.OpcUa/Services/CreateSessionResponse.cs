using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>A new session, not yet activated (OPC 10000-4 §5.7.2).</summary>
public sealed record CreateSessionResponse : IServiceResponse<CreateSessionResponse>
{
    /// <inheritdoc />
    public static ushort EncodingId => 464;

    /// <inheritdoc />
    public static int EncodedSizeMin => 64;

    /// <summary>The header of the response; its ServiceResult says whether the rest counts.</summary>
    public ResponseHeader Header { get; init; } = new();

    /// <summary>The session's public name.</summary>
    public NodeId SessionId { get; init; }

    /// <summary>The session's secret, for the header of each request. Never log it.</summary>
    public NodeId AuthenticationToken { get; init; }

    /// <summary>Milliseconds that the session lives without any request.</summary>
    public double RevisedSessionTimeoutMs { get; init; }

    /// <summary>Random bytes that the client signs in ActivateSession.</summary>
    public byte[]? ServerNonce { get; init; }

    /// <summary>The server's certificate in DER; has to be that of the channel.</summary>
    public byte[]? ServerCertificate { get; init; }

    /// <summary>The endpoints; a difference from GetEndpoints shows a man in the middle.</summary>
    public EndpointDescription[] ServerEndpoints { get; init; } = [];

    /// <summary>Empty today.</summary>
    public SignedSoftwareCertificate[] ServerSoftwareCertificates { get; init; } = [];

    /// <summary>The server's signature over the client's certificate and nonce.</summary>
    public SignatureData ServerSignature { get; init; } = new();

    /// <summary>Largest request body in bytes, 0 for no limit.</summary>
    public uint MaxRequestMessageSize { get; init; }

    /// <inheritdoc />
    public static CreateSessionResponse Decode(ref BinaryDecoder decoder) => new()
    {
        Header = ResponseHeader.Decode(ref decoder),
        SessionId = decoder.ReadNodeId(),
        AuthenticationToken = decoder.ReadNodeId(),
        RevisedSessionTimeoutMs = decoder.ReadDouble(),
        ServerNonce = decoder.ReadByteString(),
        ServerCertificate = decoder.ReadByteString(),
        ServerEndpoints = decoder.ReadStructures<EndpointDescription>(),
        ServerSoftwareCertificates = decoder.ReadStructures<SignedSoftwareCertificate>(),
        ServerSignature = SignatureData.Decode(ref decoder),
        MaxRequestMessageSize = decoder.ReadUInt32(),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder)
    {
        Header.Encode(encoder);
        encoder.WriteNodeId(SessionId);
        encoder.WriteNodeId(AuthenticationToken);
        encoder.WriteDouble(RevisedSessionTimeoutMs);
        encoder.WriteByteString(ServerNonce);
        encoder.WriteByteString(ServerCertificate);
        encoder.WriteStructures(ServerEndpoints);
        encoder.WriteStructures(ServerSoftwareCertificates);
        ServerSignature.Encode(encoder);
        encoder.WriteUInt32(MaxRequestMessageSize);
    }

    /// <inheritdoc />
    public CreateSessionResponse WithHeader(ResponseHeader header) => this with { Header = header };

    /// <summary>The public name of the session alone: the token is a secret and must not reach a log by accident.</summary>
    public override string ToString() => $"session {SessionId}";
}
