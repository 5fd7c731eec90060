using EdgeAlarm.OpcUa.BinaryEncoding;

namespace EdgeAlarm.OpcUa.ConnectionProtocol;

/// <summary>What HEL, ACK and ERR have in common: a header before the fields.</summary>
internal static class TransportMessage
{
    /// <summary>Encodes header and fields.</summary>
    /// <param name="type">Hello, Acknowledge or Error.</param>
    /// <param name="writeFields">Writes what follows the header.</param>
    /// <returns>The whole message.</returns>
    public static byte[] ToBytes(MessageType type, Action<BinaryEncoder> writeFields)
    {
        var fields = new BinaryEncoder();
        writeFields(fields);
        var message = new byte[MessageHeader.Length + fields.Length];
        new MessageHeader(type, ChunkFlag.Final, message.Length).Write(message);
        fields.WrittenSpan.CopyTo(message.AsSpan(MessageHeader.Length));
        return message;
    }
}
