using System.Buffers;
using System.Buffers.Binary;
using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.Buffers;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.ConnectionProtocol;
using EdgeAlarm.OpcUa.Security;

namespace EdgeAlarm.OpcUa.SecureConversation;

/// <summary>One side of a SecureChannel, without a socket: messages are sealed into chunks and chunks are opened into messages.
/// OPC 10000-6 §6.7.</summary>
/// <remarks>
/// <para>Members may be called from several threads. Because a chunk's number is its place in the stream, sealing a message and writing it
/// to the socket has to be one step for the caller: two writers that seal in one order and write in the other break the channel.
/// Chunks are opened by one reader; a body is valid until it opens the next chunk, unless it is kept.</para>
/// <para>Any exception from <see cref="TryOpen"/> ends the channel: send an Error with the exception's status for peers, close the socket.</para>
/// </remarks>
public abstract class ChannelConversation : IDisposable
{
    // OPC 10000-4 §5.6.2.1: the token is renewed after 75 % of its lifetime.
    private const double RenewAfter = 0.75;

    // as many as a window of Publish requests, and those that a consumer holds
    private const int BuffersKept = 16;
    private const int BufferBytesMax = 1 << 20;

    private readonly LeasePool<byte> _buffers = new(BuffersKept, BufferBytesMax);
    private readonly MessageAssembly _assembly;
    private readonly StatusCode _tooLargeToReceive;
    private readonly StatusCode _tooLargeToSend;
    private SymmetricChunk? _symmetric;
    private ChannelToken? _sending;
    private ChannelToken? _newest;
    private ChannelToken? _previous;
    private bool _isBroken;

    private protected ChannelConversation(
        TransportLimits limits, TimeProvider time, StatusCode tooLargeToReceive, StatusCode tooLargeToSend)
    {
        Limits = limits;
        Time = time;
        _tooLargeToReceive = tooLargeToReceive;
        _tooLargeToSend = tooLargeToSend;
        _assembly = new MessageAssembly(limits.ReceiveMessageBytes, limits.ReceiveChunks, _buffers);
    }

    /// <summary>SecureChannelId; 0 until the channel is open.</summary>
    public uint ChannelId { get; private protected set; }

    /// <summary>Id of the newest token; 0 until the channel is open.</summary>
    public uint TokenId => _newest?.Id ?? 0;

    /// <summary>RevisedLifetime of the newest token; zero until the channel is open.</summary>
    public TimeSpan TokenLifetime => _newest?.Lifetime ?? TimeSpan.Zero;

    /// <summary>Time until the client has to renew: what is left of 75 % of the lifetime; zero when it is due or nothing is open.</summary>
    public TimeSpan RenewIn
    {
        get
        {
            lock (Gate)
            {
                var left = _newest is null ? TimeSpan.Zero : (_newest.Lifetime * RenewAfter) - _newest.Age;
                return left > TimeSpan.Zero ? left : TimeSpan.Zero;
            }
        }
    }

    /// <summary>True once a token exists and its lifetime and grace are over: nothing can be sent or received any more.</summary>
    public bool IsExpired => _newest?.IsBeyondGrace ?? false;

    /// <summary>The channel's policy; a server knows it when the first request has been opened.</summary>
    public SecurityPolicy Policy { get; private protected set; } = SecurityPolicy.None;

    /// <summary>The channel's mode; <see cref="MessageSecurityMode.Invalid"/> until the channel is open.</summary>
    public MessageSecurityMode Mode { get; private protected set; }

    /// <summary>The other side's certificate; null with the policy None, and in a server before the first request.</summary>
    public PeerCertificate? Peer { get; private protected set; }

    /// <summary>Times the peer left out one or more chunk numbers: a server that counts carelessly, or somebody removed a chunk. Ends a signed channel.</summary>
    public long SequenceSkips => Sequence.Skips;

    /// <summary>Messages begun by the peer and not yet ended.</summary>
    public int OpenMessages => _assembly.OpenMessages;

    private protected TransportLimits Limits { get; }

    private protected TimeProvider Time { get; }

    private protected Lock Gate { get; } = new();

    private protected SequenceNumbers Sequence { get; } = new();

    private protected NonceExchange Nonces { get; } = new();

    /// <summary>Seals one message.</summary>
    /// <param name="type"><see cref="MessageType.Message"/>, or <see cref="MessageType.Close"/> for CloseSecureChannel.</param>
    /// <param name="requestId">Not 0; a response repeats its request's.</param>
    /// <param name="body">NodeId of the encoding and the fields.</param>
    /// <param name="output">Receives the chunks one after the other, for the socket.</param>
    /// <returns>Good; BadRequestTooLarge or BadResponseTooLarge where the peer would not take it; BadSecureChannelClosed where no
    /// token is valid. Nothing is written unless Good.</returns>
    public StatusCode Seal(MessageType type, uint requestId, ReadOnlySpan<byte> body, IBufferWriter<byte> output)
    {
        lock (Gate)
        {
            if (SendingToken_NeedsLock() is not { } token || _symmetric is not { } symmetric)
            {
                return StatusCodes.BadSecureChannelClosed;
            }

            var slice = symmetric.BodyBytesMax(Limits.SendChunkBytes);
            var chunks = Math.Max(1, (body.Length + slice - 1) / slice);
            if ((Limits.SendMessageBytes != 0 && (uint)body.Length > Limits.SendMessageBytes)
                || (Limits.SendChunks != 0 && (uint)chunks > Limits.SendChunks)
                || (type == MessageType.Close && chunks > 1))
            {
                return _tooLargeToSend;
            }

            for (; chunks > 1; chunks--, body = body[slice..])
            {
                output.Write(symmetric.Seal(
                    new MessageHeader(type, ChunkFlag.Intermediate, 0), ChannelId, token, Sequence.Next(), requestId, body[..slice]));
            }

            output.Write(symmetric.Seal(
                new MessageHeader(type, ChunkFlag.Final, 0), ChannelId, token, Sequence.Next(), requestId, body));
            return StatusCodes.Good;
        }
    }

    /// <summary>Seals an abort: the peer forgets what it has of the message. OPC 10000-6 §6.7.3.</summary>
    /// <param name="requestId">The message given up.</param>
    /// <param name="error">Why.</param>
    /// <param name="reason">Why, in words; at most 4096 bytes.</param>
    /// <param name="output">Receives the chunk.</param>
    /// <returns>Good, or BadSecureChannelClosed where no token is valid.</returns>
    public StatusCode SealAbort(uint requestId, StatusCode error, string reason, IBufferWriter<byte> output)
    {
        var body = new BinaryEncoder();
        new ErrorMessage(error, reason).WriteBody(body);
        lock (Gate)
        {
            if (SendingToken_NeedsLock() is not { } token || _symmetric is not { } symmetric)
            {
                return StatusCodes.BadSecureChannelClosed;
            }

            output.Write(symmetric.Seal(
                new MessageHeader(MessageType.Message, ChunkFlag.Abort, 0), ChannelId, token, Sequence.Next(), requestId, body.WrittenSpan));
            return StatusCodes.Good;
        }
    }

    /// <summary>Opens one chunk: OPN, MSG or CLO.</summary>
    /// <param name="chunk">Exactly one chunk, as it came from <see cref="ChunkReader"/>; not changed.</param>
    /// <param name="message">The message that this chunk completes.</param>
    /// <returns>False where more chunks belong to the message.</returns>
    /// <exception cref="ProtocolViolation">The bytes are no chunk, or the peer floods us.</exception>
    /// <exception cref="SecurityViolation">The chunk is not from the peer, not for us, not in order or not secured as agreed.</exception>
    public bool TryOpen(ReadOnlySpan<byte> chunk, out SecureMessage message)
    {
        lock (Gate)
        {
            if (_isBroken)
            {
                throw new SecurityViolation(StatusCodes.BadSecureChannelClosed, "A chunk arrived on a channel that a violation has ended");
            }

            // Any way out but the last line leaves the channel broken: who guesses gets one guess.
            _isBroken = true;
            var header = MessageHeader.Read(chunk, chunk.Length);
            if (header.Size != chunk.Length || header.Type is MessageType.Hello or MessageType.Acknowledge or MessageType.Error)
            {
                throw new ProtocolViolation(
                    0, "OPC 10000-6 §6.7.2.2", "This is not one chunk of a SecureChannel.", StatusCodes.BadTcpMessageTypeInvalid);
            }

            var completed = true;
            if (header.Type == MessageType.Open)
            {
                message = OpenAsymmetric_NeedsLock(chunk);
            }
            else
            {
                completed = TryOpenSymmetric_NeedsLock(header, chunk, out message);
            }

            _isBroken = false;
            return completed;
        }
    }

    /// <summary>Lets the caller keep the body that <see cref="TryOpen"/> gave last, of a Message: it stays valid until the lease is disposed, whatever becomes of the
    /// channel. Once for each message, and before the next chunk is opened.</summary>
    /// <exception cref="InvalidOperationException">There is no such body, or it was taken already.</exception>
    public Lease<byte> Keep()
    {
        lock (Gate)
        {
            return _assembly.Keep() ?? _symmetric?.Keep() ?? throw new InvalidOperationException("No message was opened whose body could be kept.");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (Gate)
        {
            _previous?.Dispose();
            _newest?.Dispose();
            (_sending, _newest, _previous) = (null, null, null);
            DisposePeer();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>A server owns the certificate that it parsed; a client was lent one.</summary>
    private protected abstract void DisposePeer();

    /// <summary>Opens an OPN chunk: the response in a client, the request in a server.</summary>
    /// <param name="chunk">The whole chunk.</param>
    /// <returns>The message.</returns>
    private protected abstract SecureMessage OpenAsymmetric_NeedsLock(ReadOnlySpan<byte> chunk);

    /// <summary>Puts a new token beside the one before it.</summary>
    /// <param name="id">TokenId.</param>
    /// <param name="lifetime">RevisedLifetime.</param>
    /// <param name="sendAtOnce">True in a client. A server goes on with the old token until the client has used the new one.</param>
    private protected void Install_NeedsLock(uint id, TimeSpan lifetime, bool sendAtOnce)
    {
        var (local, remote) = Policy.IsSecured
            ? (ChannelKeys.Derive(Policy, receiverNonce: Nonces.Peer, senderNonce: Nonces.Own),
               ChannelKeys.Derive(Policy, receiverNonce: Nonces.Own, senderNonce: Nonces.Peer))
            : (null, null);
        _symmetric ??= new SymmetricChunk(Policy, Mode, _buffers);
        _previous?.Dispose();
        _previous = _newest;
        _newest = new ChannelToken(id, lifetime, Time, local, remote);
        if (sendAtOnce || _previous is null)
        {
            _sending = _newest;
        }

        Sequence.TokenRenewed();
    }

    /// <summary>Sends with the newest token from now on.</summary>
    private protected void SendWithNewest_NeedsLock() => _sending = _newest;

    private ChannelToken? SendingToken_NeedsLock()
    {
        if (_sending is { IsExpired: true })
        {
            _sending = _newest;
        }

        return !_isBroken && _sending is { IsBeyondGrace: false } ? _sending : null;
    }

    private bool TryOpenSymmetric_NeedsLock(MessageHeader header, ReadOnlySpan<byte> chunk, out SecureMessage message)
    {
        if (chunk.Length < SymmetricChunk.ClearBytes)
        {
            throw SecurityViolation.ChecksFailed();
        }

        var channelId = BinaryPrimitives.ReadUInt32LittleEndian(chunk[8..]);
        if (_symmetric is not { } symmetric || channelId != ChannelId)
        {
            throw new SecurityViolation(StatusCodes.BadSecureChannelIdInvalid, $"A chunk for SecureChannel {channelId} arrived on {ChannelId}");
        }

        var token = RemoteToken_NeedsLock(BinaryPrimitives.ReadUInt32LittleEndian(chunk[12..]));
        var slice = symmetric.Open(chunk, token, out var sequenceNumber, out var requestId);
        Sequence.Receive(sequenceNumber, Policy.IsSecured);
        if (token == _newest)
        {
            SendWithNewest_NeedsLock();
        }

        switch (header.Flag)
        {
            case ChunkFlag.Intermediate:
                _assembly.Add(requestId, slice.Span);
                message = default;
                return false;
            case ChunkFlag.Abort:
                _assembly.Abort(requestId);
                var abort = ErrorMessage.ReadBody(slice.Span);
                var error = abort.Error.IsBad ? abort.Error : StatusCodes.BadUnexpectedError;
                message = new SecureMessage(header.Type, requestId, error, abort.Reason, default);
                return true;
            default:
                message = _assembly.TryComplete(requestId, slice, out var body)
                    ? new SecureMessage(header.Type, requestId, StatusCodes.Good, null, body)
                    : new SecureMessage(header.Type, requestId, _tooLargeToReceive, null, default);
                return true;
        }
    }

    private ChannelToken RemoteToken_NeedsLock(uint id)
    {
        var token = id == _newest?.Id ? _newest : id == _previous?.Id ? _previous : null;
        return token is { IsBeyondGrace: false }
            ? token
            : throw new SecurityViolation(
                StatusCodes.BadSecureChannelTokenUnknown, $"A chunk came with token {id}, which is unknown or expired; valid is {TokenId}");
    }
}
