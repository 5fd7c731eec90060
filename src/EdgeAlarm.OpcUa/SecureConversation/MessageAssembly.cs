using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.Buffers;
using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.SecureConversation;

/// <summary>Puts the chunks of messages together, keyed by RequestId because chunks of different messages may interleave. OPC 10000-6 §6.7.2.</summary>
/// <remarks>Bounded four ways: bytes and chunks of one message, bytes of all open messages together, which is twice one message (beyond them the message is
/// read to its end, thrown away and reported, and the channel lives on), and messages that are open at the same time (beyond them the peer is no OPC UA peer).</remarks>
/// <param name="messageBytesMax">Largest body.</param>
/// <param name="chunksMax">Most chunks of one message.</param>
/// <param name="buffers">Lends the memory of the bodies.</param>
internal sealed class MessageAssembly(int messageBytesMax, int chunksMax, LeasePool<byte> buffers)
{
    private const int OpenMessagesMax = 64;

    private readonly Dictionary<uint, Partial> _open = [];
    private Lease<byte>? _delivered;

    /// <summary>Messages begun and not yet ended.</summary>
    public int OpenMessages => _open.Count;

    /// <summary>Adds a chunk that is not the last.</summary>
    /// <param name="requestId">Its message.</param>
    /// <param name="slice">Its part of the body; copied.</param>
    /// <exception cref="ProtocolViolation">Too many messages are open at the same time.</exception>
    public void Add(uint requestId, ReadOnlySpan<byte> slice)
    {
        TakeBackDelivered();
        if (!_open.TryGetValue(requestId, out var partial))
        {
            if (_open.Count >= OpenMessagesMax)
            {
                throw new ProtocolViolation(
                    0, "OPC 10000-6 §6.7.2", $"More than {OpenMessagesMax} messages are begun and not ended.",
                    StatusCodes.BadTcpNotEnoughResources);
            }

            partial = new Partial(buffers);
            _open.Add(requestId, partial);
        }

        partial.Append(slice, BytesMaxOf(partial), chunksMax);
    }

    /// <summary>Adds the last chunk.</summary>
    /// <param name="requestId">Its message.</param>
    /// <param name="slice">Its part of the body.</param>
    /// <param name="body">The whole body, valid until the next call; the slice itself for a message of one chunk.</param>
    /// <returns>False where the message exceeds a limit.</returns>
    public bool TryComplete(uint requestId, ReadOnlyMemory<byte> slice, out ReadOnlyMemory<byte> body)
    {
        TakeBackDelivered();
        if (!_open.Remove(requestId, out var partial))
        {
            body = slice;
            return slice.Length <= messageBytesMax;
        }

        partial.Append(slice.Span, BytesMaxOf(partial), chunksMax);
        body = partial.Body;
        _delivered = partial.Buffer;
        return !partial.IsTooLarge;
    }

    /// <summary>Forgets a message that its sender gave up.</summary>
    /// <param name="requestId">The message.</param>
    public void Abort(uint requestId)
    {
        TakeBackDelivered();
        if (_open.Remove(requestId, out var partial))
        {
            partial.Buffer?.Dispose();
        }
    }

    /// <summary>Lets the caller keep the body of several chunks that was completed last: it stays valid until the lease is disposed.</summary>
    /// <returns>The lease; null where the last message had one chunk, or was taken already.</returns>
    public Lease<byte>? Keep()
    {
        var kept = _delivered;
        _delivered = null;
        return kept;
    }

    // sixty-four messages that never end would hold a gigabyte
    private int BytesMaxOf(Partial partial)
    {
        var others = _open.Values.Sum(open => open == partial ? 0L : open.Length);
        return (int)Math.Clamp((2L * messageBytesMax) - others, 0, messageBytesMax);
    }

    private void TakeBackDelivered()
    {
        _delivered?.Dispose();
        _delivered = null;
    }

    private sealed class Partial(LeasePool<byte> buffers)
    {
        private int _chunks;

        public Lease<byte>? Buffer { get; private set; }

        public int Length { get; private set; }

        public bool IsTooLarge { get; private set; }

        public ReadOnlyMemory<byte> Body => Buffer?.Memory[..Length] ?? default;

        public void Append(ReadOnlySpan<byte> slice, int bytesMax, int chunksMax)
        {
            _chunks++;
            if (IsTooLarge || _chunks > chunksMax || slice.Length > bytesMax - Length)
            {
                // Nothing more is kept, however many chunks still come.
                Buffer?.Dispose();
                (IsTooLarge, Length, Buffer) = (true, 0, null);
                return;
            }

            var capacity = Buffer?.Memory.Length ?? 0;
            if (Buffer is null || capacity < Length + slice.Length)
            {
                var grown = buffers.Rent(Math.Max(Length + slice.Length, (int)Math.Min(2L * capacity, bytesMax)));
                Body.CopyTo(grown.Memory);
                Buffer?.Dispose();
                Buffer = grown;
            }

            slice.CopyTo(Buffer.Memory.Span[Length..]);
            Length += slice.Length;
        }
    }
}
