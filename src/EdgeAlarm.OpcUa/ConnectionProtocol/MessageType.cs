namespace EdgeAlarm.OpcUa.ConnectionProtocol;

/// <summary>The first three bytes of every message, ASCII, as a little-endian number. OPC 10000-6 §7.1.2.2, §6.7.2.2.</summary>
public enum MessageType
{
    /// <summary><c>HEL</c>: the client's first message on a socket.</summary>
    Hello = 0x4C4548,

    /// <summary><c>ACK</c>: the server's answer to it.</summary>
    Acknowledge = 0x4B4341,

    /// <summary><c>ERR</c>: the last message before the sender closes the socket.</summary>
    Error = 0x525245,

    /// <summary><c>OPN</c>: OpenSecureChannel request or response, with asymmetric security, always one chunk.</summary>
    Open = 0x4E504F,

    /// <summary><c>MSG</c>: any other service message.</summary>
    Message = 0x47534D,

    /// <summary><c>CLO</c>: CloseSecureChannel request; never answered.</summary>
    Close = 0x4F4C43,
}
