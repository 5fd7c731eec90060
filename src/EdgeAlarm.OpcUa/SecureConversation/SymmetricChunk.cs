using System.Buffers.Binary;
using EdgeAlarm.OpcUa.Buffers;
using EdgeAlarm.OpcUa.ConnectionProtocol;
using EdgeAlarm.OpcUa.Security;

namespace EdgeAlarm.OpcUa.SecureConversation;

/// <summary>Layout and protection of MSG and CLO chunks, in a buffer that is used again for every chunk. OPC 10000-6 §6.7.2, §6.7.6.</summary>
/// <remarks>
/// <code>
/// MessageHeader 8 | SecureChannelId 4 | TokenId 4 | SequenceNumber 4 | RequestId 4 | body | PaddingSize 1, Padding | signature 32
///                                                 '-------------- encrypted, a multiple of 16 ------------------------------'
/// '------------------------------------- signed ----------------------------------------------------------'
/// </code>
/// Padding only in SignAndEncrypt, signature not in None.
/// </remarks>
/// <param name="policy">The channel's policy.</param>
/// <param name="mode">The channel's mode.</param>
/// <param name="buffers">Lends the memory in which chunks are opened.</param>
internal sealed class SymmetricChunk(SecurityPolicy policy, MessageSecurityMode mode, LeasePool<byte> buffers)
{
    /// <summary>Bytes before the sequence header.</summary>
    public const int ClearBytes = MessageHeader.SecureLength + sizeof(uint);

    /// <summary>SequenceNumber and RequestId.</summary>
    public const int SequenceHeaderBytes = 2 * sizeof(uint);

    private const int BodyOffset = ClearBytes + SequenceHeaderBytes;

    private readonly int _signatureBytes = policy.SymmetricSignatureBytes;
    private readonly bool _encrypts = mode == MessageSecurityMode.SignAndEncrypt;
    private byte[] _sealed = [];
    private Lease<byte>? _opened;

    /// <summary>Largest slice of a body that fits a chunk.</summary>
    /// <param name="chunkBytes">Largest chunk that may be sent.</param>
    /// <returns>Bytes; positive for every chunk of 8192 or more.</returns>
    public int BodyBytesMax(int chunkBytes)
    {
        var behind = chunkBytes - ClearBytes;
        return _encrypts
            ? (behind - (behind % ChannelKeys.BlockBytes)) - SequenceHeaderBytes - 1 - _signatureBytes
            : behind - SequenceHeaderBytes - _signatureBytes;
    }

    /// <summary>Makes one chunk.</summary>
    /// <param name="header">Type and flag; the size is set here.</param>
    /// <param name="channelId">SecureChannelId.</param>
    /// <param name="token">Whose id and local keys are used.</param>
    /// <param name="sequenceNumber">Number of this chunk.</param>
    /// <param name="requestId">Its message.</param>
    /// <param name="body">At most <see cref="BodyBytesMax"/>.</param>
    /// <returns>The bytes for the socket, valid until the next call.</returns>
    public ReadOnlySpan<byte> Seal(
        MessageHeader header, uint channelId, ChannelToken token, uint sequenceNumber, uint requestId, ReadOnlySpan<byte> body)
    {
        var padding = _encrypts
            ? PaddingFor(SequenceHeaderBytes + body.Length + 1 + _signatureBytes, ChannelKeys.BlockBytes)
            : -1;
        var signed = BodyOffset + body.Length + padding + 1;
        var size = signed + _signatureBytes;
        EnsureLength(ref _sealed, size);

        var chunk = _sealed.AsSpan(0, size);
        (header with { Size = size }).Write(chunk);
        BinaryPrimitives.WriteUInt32LittleEndian(chunk[8..], channelId);
        BinaryPrimitives.WriteUInt32LittleEndian(chunk[12..], token.Id);
        BinaryPrimitives.WriteUInt32LittleEndian(chunk[16..], sequenceNumber);
        BinaryPrimitives.WriteUInt32LittleEndian(chunk[20..], requestId);
        body.CopyTo(chunk[BodyOffset..]);
        if (padding >= 0)
        {
            // The size byte and the padding bytes have the same value.
            chunk.Slice(BodyOffset + body.Length, padding + 1).Fill((byte)padding);
        }

        token.Local?.Sign(chunk[..signed], chunk[signed..]);
        if (_encrypts)
        {
            token.Local?.Encrypt(_sealed, ClearBytes, size - ClearBytes);
        }

        return chunk;
    }

    /// <summary>Verifies one chunk and takes it apart.</summary>
    /// <param name="chunk">Exactly one chunk, header included and checked.</param>
    /// <param name="token">Whose remote keys are used.</param>
    /// <param name="sequenceNumber">Its number, not yet checked.</param>
    /// <param name="requestId">Its message.</param>
    /// <returns>The slice of the body, valid until the next call.</returns>
    /// <exception cref="SecurityViolation">The one violation for every failure.</exception>
    public ReadOnlyMemory<byte> Open(ReadOnlySpan<byte> chunk, ChannelToken token, out uint sequenceNumber, out uint requestId)
    {
        var shortest = BodyOffset + _signatureBytes + (_encrypts ? 1 : 0);
        if (chunk.Length < shortest || (_encrypts && (chunk.Length - ClearBytes) % ChannelKeys.BlockBytes != 0))
        {
            throw SecurityViolation.ChecksFailed();
        }

        if (_opened is null || _opened.Array.Length < chunk.Length)
        {
            _opened?.Dispose();
            _opened = buffers.Rent(chunk.Length);
        }

        var memory = _opened.Array.AsMemory(0, chunk.Length);
        var opened = memory.Span;
        chunk.CopyTo(opened);
        if (_encrypts)
        {
            token.Remote?.Decrypt(_opened.Array, ClearBytes, chunk.Length - ClearBytes);
        }

        var end = chunk.Length - _signatureBytes;
        if (token.Remote is { } keys && !keys.Verify(opened[..end], opened[end..]))
        {
            throw SecurityViolation.ChecksFailed();
        }

        // From here on the bytes are those that the peer signed, so that nothing below is an oracle.
        if (_encrypts)
        {
            var padding = opened[end - 1];
            end -= padding + 1;
            if (end < BodyOffset || opened.Slice(end, padding).ContainsAnyExcept(padding))
            {
                throw SecurityViolation.ChecksFailed();
            }
        }

        sequenceNumber = BinaryPrimitives.ReadUInt32LittleEndian(opened[16..]);
        requestId = BinaryPrimitives.ReadUInt32LittleEndian(opened[20..]);
        return memory[BodyOffset..end];
    }

    /// <summary>Lets the caller keep what <see cref="Open"/> returned last: it stays valid until the lease is disposed.</summary>
    /// <returns>The lease; null where it was taken already.</returns>
    public Lease<byte>? Keep()
    {
        var kept = _opened;
        _opened = null;
        return kept;
    }

    /// <summary>Padding bytes that complete the last block.</summary>
    /// <param name="bytes">Bytes without them.</param>
    /// <param name="block">Length of a block.</param>
    /// <returns>0 to <paramref name="block"/> - 1.</returns>
    public static int PaddingFor(int bytes, int block) => (block - (bytes % block)) % block;

    private static void EnsureLength(ref byte[] buffer, int length)
    {
        if (buffer.Length < length)
        {
            buffer = new byte[Math.Max(length, 2 * buffer.Length)];
        }
    }
}
