namespace EdgeAlarm.OpcUa.ConnectionProtocol;

/// <summary>The fourth byte of every message, ASCII. OPC 10000-6 §6.7.2.2.</summary>
public enum ChunkFlag : byte
{
    /// <summary><c>F</c>: the last or only chunk of a message.</summary>
    Final = (byte)'F',

    /// <summary><c>C</c>: more chunks follow; only with <see cref="MessageType.Message"/>.</summary>
    Intermediate = (byte)'C',

    /// <summary><c>A</c>: the sender gives the message up; only with <see cref="MessageType.Message"/>.</summary>
    Abort = (byte)'A',
}
