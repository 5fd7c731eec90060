using EdgeAlarm.OpcUa.BinaryEncoding;

namespace EdgeAlarm.OpcUa.ConnectionProtocol;

/// <summary>HEL, the client's first message: what it can receive and send. OPC 10000-6 §7.1.2.3.</summary>
/// <param name="ProtocolVersion">Version of the protocol, 0.</param>
/// <param name="ReceiveBufferSize">Largest chunk the client can receive, bytes, 8192 or more.</param>
/// <param name="SendBufferSize">Largest chunk the client will send, bytes, 8192 or more.</param>
/// <param name="MaxMessageSize">Largest response body the client takes, bytes; 0 is no limit.</param>
/// <param name="MaxChunkCount">Most chunks of a response the client takes; 0 is no limit.</param>
/// <param name="EndpointUrl">The URL the user configured, at most 4096 bytes.</param>
public sealed record HelloMessage(
    uint ProtocolVersion, uint ReceiveBufferSize, uint SendBufferSize, uint MaxMessageSize, uint MaxChunkCount, string EndpointUrl)
{
    /// <summary>Longest URL on the wire, in bytes.</summary>
    public const int EndpointUrlBytesMax = 4096;

    /// <summary>Largest HEL there is: what a server has to receive before anything is negotiated.</summary>
    public const int ChunkBytesMax = MessageHeader.Length + (6 * sizeof(uint)) + EndpointUrlBytesMax;

    /// <summary>Reads a whole message.</summary>
    /// <param name="chunk">As it came from <see cref="ChunkReader"/>, header included.</param>
    /// <returns>The message.</returns>
    /// <exception cref="ProtocolViolation">Too short, or a URL that is too long.</exception>
    public static HelloMessage Read(ReadOnlySpan<byte> chunk)
    {
        var decoder = new BinaryDecoder(chunk[MessageHeader.Length..], new DecodingLimits { MaxStringBytes = EndpointUrlBytesMax });
        return new HelloMessage(
            decoder.ReadUInt32(), decoder.ReadUInt32(), decoder.ReadUInt32(), decoder.ReadUInt32(), decoder.ReadUInt32(),
            decoder.ReadString() ?? "");
    }

    /// <summary>Encodes the whole message.</summary>
    /// <returns>The bytes for the socket.</returns>
    public byte[] ToBytes() => TransportMessage.ToBytes(MessageType.Hello, encoder =>
    {
        encoder.WriteUInt32(ProtocolVersion);
        encoder.WriteUInt32(ReceiveBufferSize);
        encoder.WriteUInt32(SendBufferSize);
        encoder.WriteUInt32(MaxMessageSize);
        encoder.WriteUInt32(MaxChunkCount);
        encoder.WriteString(EndpointUrl);
    });
}
