using System.Buffers.Binary;
using System.Text;
using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.ConnectionProtocol;
using EdgeAlarm.OpcUa.Security;

namespace EdgeAlarm.OpcUa.SecureConversation;

/// <summary>Layout and protection of OPN chunks. Encryption goes by the receiver's key, the signature by the sender's, and the two may
/// differ in length. OPC 10000-6 §6.7.2.3, §6.7.2.5, §6.7.6.</summary>
/// <remarks>
/// <code>
/// MessageHeader 8 | SecureChannelId 4 | PolicyUri | SenderCertificate | ReceiverThumbprint |
///     SequenceNumber 4 | RequestId 4 | body | PaddingSize 1, Padding, [ExtraPaddingSize 1] | signature
///     '---------------- encrypted in blocks of the receiver's key -------------------------'
/// </code>
/// ExtraPaddingSize only where the receiver's key is longer than 2048 bits.
/// </remarks>
internal static class AsymmetricChunk
{
    private const int PolicyUriBytesMax = 255;
    private const int ThumbprintBytes = 20;
    private const int SmallKeyBytes = 256;

    /// <summary>Makes an OPN chunk.</summary>
    /// <param name="policy">The channel's policy.</param>
    /// <param name="own">Signs; null for the policy None.</param>
    /// <param name="peer">Encrypts; null for the policy None.</param>
    /// <param name="channelId">SecureChannelId, 0 in the first request.</param>
    /// <param name="sequenceNumber">Number of this chunk.</param>
    /// <param name="requestId">Its request.</param>
    /// <param name="body">The encoded message.</param>
    /// <returns>The bytes for the socket.</returns>
    public static byte[] Seal(
        SecurityPolicy policy,
        ApplicationCertificate? own,
        PeerCertificate? peer,
        uint channelId,
        uint sequenceNumber,
        uint requestId,
        ReadOnlySpan<byte> body)
    {
        var uri = Encoding.UTF8.GetBytes(policy.Uri);
        var clear = MessageHeader.SecureLength + (3 * sizeof(int)) + uri.Length + (own?.Der.Length ?? 0) + (peer?.Thumbprint.Length ?? 0);
        var content = SymmetricChunk.SequenceHeaderBytes + body.Length;
        var (padding, extra, signatureBytes, cipher) = (-1, 0, 0, content);
        if (own is not null && peer is not null)
        {
            var block = peer.PlainBlockBytes(policy);
            extra = peer.KeyBytes > SmallKeyBytes ? 1 : 0;
            signatureBytes = own.KeyBytes;
            padding = SymmetricChunk.PaddingFor(content + 1 + extra + signatureBytes, block);
            cipher = (content + 1 + padding + extra + signatureBytes) / block * peer.KeyBytes;
        }

        var plain = new byte[clear + content + 1 + padding + extra + signatureBytes];
        new MessageHeader(MessageType.Open, ChunkFlag.Final, clear + cipher).Write(plain);
        BinaryPrimitives.WriteUInt32LittleEndian(plain.AsSpan(8), channelId);
        var rest = plain.AsSpan(MessageHeader.SecureLength);
        WriteBytes(ref rest, uri);
        WriteBytes(ref rest, own is null ? default : own.Der.Span);
        WriteBytes(ref rest, peer is null ? default : peer.Thumbprint.Span);
        BinaryPrimitives.WriteUInt32LittleEndian(rest, sequenceNumber);
        BinaryPrimitives.WriteUInt32LittleEndian(rest[4..], requestId);
        body.CopyTo(rest[SymmetricChunk.SequenceHeaderBytes..]);
        if (own is null || peer is null)
        {
            return plain;
        }

        rest.Slice(content, 1 + padding).Fill((byte)padding);
        if (extra > 0)
        {
            rest[content + 1 + padding] = (byte)(padding >> 8);
        }

        own.Sign(policy, plain.AsSpan(0, plain.Length - signatureBytes), rest[^signatureBytes..]);
        var chunk = new byte[clear + cipher];
        plain.AsSpan(0, clear).CopyTo(chunk);
        peer.Encrypt(policy, rest, chunk.AsSpan(clear));
        return chunk;
    }

    /// <summary>Reads the clear part of an OPN chunk; nothing in it is proven yet.</summary>
    /// <param name="chunk">Exactly one chunk, message header included and checked.</param>
    /// <returns>What the sender claims.</returns>
    /// <exception cref="ProtocolViolation">A length that does not fit.</exception>
    public static AsymmetricHeader ReadHeader(ReadOnlySpan<byte> chunk)
    {
        var channelId = BinaryPrimitives.ReadUInt32LittleEndian(chunk[8..]);
        var rest = chunk[MessageHeader.SecureLength..];
        var uri = ReadBytes(chunk, ref rest, PolicyUriBytesMax);
        var certificate = ReadBytes(chunk, ref rest, chunk.Length);
        var thumbprint = ReadBytes(chunk, ref rest, ThumbprintBytes);
        return new AsymmetricHeader(
            channelId, Encoding.UTF8.GetString(uri), certificate.ToArray(), thumbprint.ToArray(), chunk.Length - rest.Length);
    }

    /// <summary>Decrypts and verifies what follows the header.</summary>
    /// <param name="chunk">The whole chunk.</param>
    /// <param name="clear">Length of the clear part.</param>
    /// <param name="policy">The policy, already accepted.</param>
    /// <param name="own">Decrypts; null for the policy None.</param>
    /// <param name="peer">Verifies; null for the policy None.</param>
    /// <param name="sequenceNumber">Its number, not yet checked.</param>
    /// <param name="requestId">Its request.</param>
    /// <returns>The encoded message.</returns>
    /// <exception cref="SecurityViolation">The one violation for every failure.</exception>
    public static ReadOnlyMemory<byte> Open(
        ReadOnlySpan<byte> chunk,
        int clear,
        SecurityPolicy policy,
        ApplicationCertificate? own,
        PeerCertificate? peer,
        out uint sequenceNumber,
        out uint requestId)
    {
        var plain = new byte[chunk.Length];
        chunk[..clear].CopyTo(plain);
        int end;
        if (own is null || peer is null)
        {
            chunk[clear..].CopyTo(plain.AsSpan(clear));
            end = chunk.Length;
        }
        else
        {
            // The signature is looked at even where the decryption failed, so that both take the same way out.
            var good = own.TryDecrypt(policy, chunk[clear..], plain.AsSpan(clear), out var written);
            end = Math.Max(clear + written - peer.KeyBytes, clear);
            good &= peer.Verify(policy, plain.AsSpan(0, end), plain.AsSpan(end, Math.Min(peer.KeyBytes, plain.Length - end)));
            if (!good || !TryRemovePadding(plain.AsSpan(0, end), own.KeyBytes > SmallKeyBytes, ref end))
            {
                throw SecurityViolation.ChecksFailed();
            }
        }

        var body = clear + SymmetricChunk.SequenceHeaderBytes;
        if (end < body)
        {
            throw SecurityViolation.ChecksFailed();
        }

        sequenceNumber = BinaryPrimitives.ReadUInt32LittleEndian(plain.AsSpan(clear));
        requestId = BinaryPrimitives.ReadUInt32LittleEndian(plain.AsSpan(clear + 4));
        return plain.AsMemory(body, end - body);
    }

    private static bool TryRemovePadding(ReadOnlySpan<byte> signed, bool hasExtra, ref int end)
    {
        var footer = hasExtra ? 2 : 1;
        if (signed.Length < footer)
        {
            return false;
        }

        // Low byte of the size: the last padding byte, or the size byte itself where there is no padding.
        var low = signed[^footer];
        var padding = hasExtra ? low | (signed[^1] << 8) : low;
        end = signed.Length - footer - padding;
        return end >= 0 && !signed.Slice(end, padding + 1).ContainsAnyExcept(low);
    }

    private static void WriteBytes(ref Span<byte> rest, ReadOnlySpan<byte> value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(rest, value.IsEmpty ? -1 : value.Length);
        value.CopyTo(rest[4..]);
        rest = rest[(4 + value.Length)..];
    }

    private static ReadOnlySpan<byte> ReadBytes(ReadOnlySpan<byte> chunk, ref ReadOnlySpan<byte> rest, int lengthMax)
    {
        if (rest.Length < sizeof(int))
        {
            throw DoesNotFit(chunk.Length - rest.Length);
        }

        var length = Math.Max(BinaryPrimitives.ReadInt32LittleEndian(rest), 0);
        rest = rest[sizeof(int)..];
        if (length > lengthMax || length > rest.Length)
        {
            throw DoesNotFit(chunk.Length - rest.Length);
        }

        var value = rest[..length];
        rest = rest[length..];
        return value;
    }

    private static ProtocolViolation DoesNotFit(int offset) => new(
        offset, "OPC 10000-6 §6.7.2.3", "A field of the security header does not fit.", StatusCodes.BadDecodingError);
}
