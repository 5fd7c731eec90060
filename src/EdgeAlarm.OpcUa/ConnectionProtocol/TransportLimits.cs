using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.ConnectionProtocol;

/// <summary>What one side of a connection may send and receive. Each side begins with what it can do itself, and goes on with what
/// Hello and Acknowledge made of it. OPC 10000-6 §7.1.2.3-4.</summary>
/// <remarks>The receiving limits are our protection against the peer and are always finite; a sending limit is the peer's wish and 0
/// means that it has none.</remarks>
public sealed record TransportLimits
{
    /// <summary>Smallest buffer that either side may have.</summary>
    public const int ChunkBytesMin = 8192;

    /// <summary>Largest chunk this side receives, bytes, 8192 or more; default 65535. Smaller costs a header and a signature more
    /// often, larger costs that memory per connection.</summary>
    public int ReceiveChunkBytes { get; init; } = 65535;

    /// <summary>Largest chunk this side sends, bytes, 8192 or more; default 65535.</summary>
    public int SendChunkBytes { get; init; } = 65535;

    /// <summary>Largest message body this side receives, bytes; default 16 MiB. Too small refuses the Browse of a large folder, too
    /// large lets one peer hold that much memory per open message.</summary>
    public int ReceiveMessageBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Most chunks of one message this side receives; default 4096.</summary>
    public int ReceiveChunks { get; init; } = 4096;

    /// <summary>Largest message body the peer takes, bytes; 0 is no limit.</summary>
    public uint SendMessageBytes { get; init; }

    /// <summary>Most chunks of one message the peer takes; 0 is no limit.</summary>
    public uint SendChunks { get; init; }

    /// <summary>A client's first message with these limits.</summary>
    /// <param name="endpointUrl">The URL the user configured.</param>
    /// <returns>The message.</returns>
    public HelloMessage ToHello(string endpointUrl) =>
        new(0, (uint)ReceiveChunkBytes, (uint)SendChunkBytes, (uint)ReceiveMessageBytes, (uint)ReceiveChunks, endpointUrl);

    /// <summary>A client's limits after the server's answer: the smaller of both. Some servers answer with more than they were
    /// offered; we keep to what we offered.</summary>
    /// <param name="answer">The server's answer to <see cref="ToHello"/>.</param>
    /// <returns>The limits of this connection.</returns>
    /// <exception cref="ProtocolViolation">The server's buffers are smaller than the standard allows.</exception>
    public TransportLimits After(AcknowledgeMessage answer) => this with
    {
        SendChunkBytes = Smaller(SendChunkBytes, answer.ReceiveBufferSize),
        ReceiveChunkBytes = Smaller(ReceiveChunkBytes, answer.SendBufferSize),
        SendMessageBytes = answer.MaxMessageSize,
        SendChunks = answer.MaxChunkCount,
    };

    /// <summary>A server's limits after the client's first message: the smaller of both.</summary>
    /// <param name="hello">The client's message.</param>
    /// <returns>The limits of this connection; <see cref="ToAcknowledge"/> tells them to the client.</returns>
    /// <exception cref="ProtocolViolation">The client's buffers are smaller than the standard allows.</exception>
    public TransportLimits After(HelloMessage hello) => this with
    {
        SendChunkBytes = Smaller(SendChunkBytes, hello.ReceiveBufferSize),
        ReceiveChunkBytes = Smaller(ReceiveChunkBytes, hello.SendBufferSize),
        SendMessageBytes = hello.MaxMessageSize,
        SendChunks = hello.MaxChunkCount,
    };

    /// <summary>A server's answer with these limits, which have to come from <see cref="After(HelloMessage)"/>.</summary>
    /// <returns>The message.</returns>
    public AcknowledgeMessage ToAcknowledge() =>
        new(0, (uint)ReceiveChunkBytes, (uint)SendChunkBytes, (uint)ReceiveMessageBytes, (uint)ReceiveChunks);

    private static int Smaller(int own, uint peer) => peer >= ChunkBytesMin
        ? (int)Math.Min((uint)own, peer)
        : throw new ProtocolViolation(
            MessageHeader.Length,
            "OPC 10000-6 §7.1.2.3",
            $"A buffer of {peer} bytes where {ChunkBytesMin} are the least.",
            StatusCodes.BadConnectionRejected);
}
