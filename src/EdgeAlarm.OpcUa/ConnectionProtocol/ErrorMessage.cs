using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.ConnectionProtocol;

/// <summary>ERR, after which its sender closes the socket. OPC 10000-6 §7.1.2.5.</summary>
/// <param name="Error">Why.</param>
/// <param name="Reason">Words of the peer, foreign text; at most 4096 bytes, may be empty.</param>
public sealed record ErrorMessage(StatusCode Error, string Reason)
{
    /// <summary>Longest reason on the wire, in bytes.</summary>
    public const int ReasonBytesMax = 4096;

    /// <summary>Reads a whole message.</summary>
    /// <param name="chunk">As it came from <see cref="ChunkReader"/>, header included.</param>
    /// <returns>The message.</returns>
    /// <exception cref="ProtocolViolation">Too short, or a reason that is too long.</exception>
    public static ErrorMessage Read(ReadOnlySpan<byte> chunk) => ReadBody(chunk[MessageHeader.Length..]);

    /// <summary>Reads the fields alone, which are also the body of an abort chunk. OPC 10000-6 §6.7.3.</summary>
    /// <param name="body">The fields.</param>
    /// <returns>The message.</returns>
    /// <exception cref="ProtocolViolation">Too short, or a reason that is too long.</exception>
    public static ErrorMessage ReadBody(ReadOnlySpan<byte> body)
    {
        var decoder = new BinaryDecoder(body, new DecodingLimits { MaxStringBytes = ReasonBytesMax });
        return new ErrorMessage(decoder.ReadStatusCode(), decoder.ReadString() ?? "");
    }

    /// <summary>Encodes the whole message.</summary>
    /// <returns>The bytes for the socket.</returns>
    public byte[] ToBytes() => TransportMessage.ToBytes(MessageType.Error, WriteBody);

    /// <summary>Encodes the fields alone.</summary>
    /// <param name="encoder">Where to.</param>
    public void WriteBody(BinaryEncoder encoder)
    {
        encoder.WriteStatusCode(Error);
        encoder.WriteString(Reason);
    }
}
