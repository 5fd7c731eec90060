using EdgeAlarm.OpcUa.BinaryEncoding;

namespace EdgeAlarm.OpcUa.ConnectionProtocol;

/// <summary>ACK, the server's answer to HEL. OPC 10000-6 §7.1.2.4.</summary>
/// <param name="ProtocolVersion">Version of the protocol, 0.</param>
/// <param name="ReceiveBufferSize">Largest chunk the server can receive, bytes; not above the client's SendBufferSize.</param>
/// <param name="SendBufferSize">Largest chunk the server will send, bytes; not above the client's ReceiveBufferSize.</param>
/// <param name="MaxMessageSize">Largest request body the server takes, bytes; 0 is no limit.</param>
/// <param name="MaxChunkCount">Most chunks of a request the server takes; 0 is no limit.</param>
public sealed record AcknowledgeMessage(
    uint ProtocolVersion, uint ReceiveBufferSize, uint SendBufferSize, uint MaxMessageSize, uint MaxChunkCount)
{
    /// <summary>Reads a whole message.</summary>
    /// <param name="chunk">As it came from <see cref="ChunkReader"/>, header included.</param>
    /// <returns>The message.</returns>
    /// <exception cref="ProtocolViolation">Too short.</exception>
    public static AcknowledgeMessage Read(ReadOnlySpan<byte> chunk)
    {
        var decoder = new BinaryDecoder(chunk[MessageHeader.Length..], DecodingLimits.Default);
        return new AcknowledgeMessage(
            decoder.ReadUInt32(), decoder.ReadUInt32(), decoder.ReadUInt32(), decoder.ReadUInt32(), decoder.ReadUInt32());
    }

    /// <summary>Encodes the whole message.</summary>
    /// <returns>The bytes for the socket.</returns>
    public byte[] ToBytes() => TransportMessage.ToBytes(MessageType.Acknowledge, encoder =>
    {
        encoder.WriteUInt32(ProtocolVersion);
        encoder.WriteUInt32(ReceiveBufferSize);
        encoder.WriteUInt32(SendBufferSize);
        encoder.WriteUInt32(MaxMessageSize);
        encoder.WriteUInt32(MaxChunkCount);
    });
}
