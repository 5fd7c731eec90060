using EdgeAlarm.OpcUa.BinaryEncoding;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>Creates a session (OPC 10000-4 §5.7.2).</summary>
public sealed record CreateSessionRequest : IServiceRequest<CreateSessionRequest, CreateSessionResponse>
{
    /// <inheritdoc />
    public static ushort EncodingId => 461;

    /// <inheritdoc />
    public static int EncodedSizeMin => 86;

    /// <summary>The header of the request.</summary>
    public RequestHeader Header { get; init; } = new();

    /// <summary>Who the client is.</summary>
    public ApplicationDescription ClientDescription { get; init; } = new();

    /// <summary>Null, except behind a gateway.</summary>
    public string? ServerUri { get; init; }

    /// <summary>The URL that the client used.</summary>
    public string? EndpointUrl { get; init; }

    /// <summary>A name for people in the server's diagnostics.</summary>
    public string? SessionName { get; init; }

    /// <summary>32 random bytes that the server signs.</summary>
    public byte[]? ClientNonce { get; init; }

    /// <summary>The client's certificate in DER, or null without security.</summary>
    public byte[]? ClientCertificate { get; init; }

    /// <summary>Milliseconds that the session lives without any request.</summary>
    public double RequestedSessionTimeoutMs { get; init; }

    /// <summary>Largest response body in bytes, 0 for no limit.</summary>
    public uint MaxResponseMessageSize { get; init; }

    /// <inheritdoc />
    public static CreateSessionRequest Decode(ref BinaryDecoder decoder) => new()
    {
        Header = RequestHeader.Decode(ref decoder),
        ClientDescription = ApplicationDescription.Decode(ref decoder),
        ServerUri = decoder.ReadString(),
        EndpointUrl = decoder.ReadString(),
        SessionName = decoder.ReadString(),
        ClientNonce = decoder.ReadByteString(),
        ClientCertificate = decoder.ReadByteString(),
        RequestedSessionTimeoutMs = decoder.ReadDouble(),
        MaxResponseMessageSize = decoder.ReadUInt32(),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder)
    {
        Header.Encode(encoder);
        ClientDescription.Encode(encoder);
        encoder.WriteString(ServerUri);
        encoder.WriteString(EndpointUrl);
        encoder.WriteString(SessionName);
        encoder.WriteByteString(ClientNonce);
        encoder.WriteByteString(ClientCertificate);
        encoder.WriteDouble(RequestedSessionTimeoutMs);
        encoder.WriteUInt32(MaxResponseMessageSize);
    }

    /// <inheritdoc />
    public CreateSessionRequest WithHeader(RequestHeader header) => this with { Header = header };
}
