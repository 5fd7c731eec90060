using System.Buffers.Binary;
using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.ConnectionProtocol;

/// <summary>The 8 bytes before everything on an opc.tcp socket: type (3), chunk flag (1), size (4, little-endian). OPC 10000-6 §7.1.2.2.</summary>
/// <param name="Type">Kind of message.</param>
/// <param name="Flag">Place of this chunk in its message.</param>
/// <param name="Size">Bytes of the whole chunk, this header included, after encryption and signature.</param>
public readonly record struct MessageHeader(MessageType Type, ChunkFlag Flag, int Size)
{
    /// <summary>Bytes of this header.</summary>
    public const int Length = 8;

    /// <summary>Bytes of this header and the SecureChannelId that follows in OPN, MSG and CLO.</summary>
    public const int SecureLength = 12;

    /// <summary>Reads and checks a header: the type is known, the flag is allowed for it, the size is possible.</summary>
    /// <param name="bytes">At least <see cref="Length"/> bytes.</param>
    /// <param name="sizeMax">Largest chunk that this side said it can receive.</param>
    /// <returns>The header.</returns>
    /// <exception cref="ProtocolViolation">Anything else than a header within the limit: not an OPC UA peer, or a stream out of step.</exception>
    public static MessageHeader Read(ReadOnlySpan<byte> bytes, int sizeMax)
    {
        if (bytes.Length < Length)
        {
            throw Violation(bytes.Length, "A message is shorter than its header.");
        }

        var word = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        var type = (MessageType)(word & 0x00FFFFFF);
        var flag = (ChunkFlag)(word >> 24);
        var shortest = type switch
        {
            MessageType.Hello or MessageType.Acknowledge or MessageType.Error => Length,
            MessageType.Open or MessageType.Message or MessageType.Close => SecureLength,
            _ => throw Violation(0, "Unknown message type."),
        };

        var allowed = flag == ChunkFlag.Final
            || (type == MessageType.Message && flag is ChunkFlag.Intermediate or ChunkFlag.Abort);
        if (!allowed)
        {
            throw Violation(3, "A chunk flag that this message type cannot have.");
        }

        var size = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
        return size >= shortest && size <= sizeMax
            ? new MessageHeader(type, flag, (int)size)
            : throw Violation(4, $"A message of {size} bytes where {shortest} to {sizeMax} are possible.", StatusCodes.BadTcpMessageTooLarge);
    }

    /// <summary>Writes the header.</summary>
    /// <param name="destination">At least <see cref="Length"/> bytes.</param>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(destination, (uint)Type | ((uint)Flag << 24));
        BinaryPrimitives.WriteInt32LittleEndian(destination[4..], Size);
    }

    private static ProtocolViolation Violation(int offset, string reason) =>
        Violation(offset, reason, StatusCodes.BadTcpMessageTypeInvalid);

    private static ProtocolViolation Violation(int offset, string reason, StatusCode status) =>
        new(offset, "OPC 10000-6 §7.1.2.2", reason, status);
}
