using EdgeAlarm.OpcUa.BinaryEncoding;

namespace EdgeAlarm.OpcUa.ConnectionProtocol;

/// <summary>Cuts a byte stream into chunks, without a socket: bytes in, whole chunks out. Holds one buffer that never grows beyond the
/// largest chunk allowed, whatever a peer writes into its size fields. For one caller at a time.</summary>
/// <remarks>Loop: <see cref="Free"/> is filled from the socket, <see cref="Filled"/> says how far, then <see cref="TryRead"/> until it
/// returns false.</remarks>
public sealed class ChunkReader
{
    // Room behind a largest chunk, so that a read that completes one does not have to stop exactly at its end.
    private const int Slack = 8192;

    private byte[] _buffer;
    private int _start;
    private int _end;

    /// <summary>Makes a reader.</summary>
    /// <param name="chunkBytesMax">Largest chunk accepted, 8 bytes or more; larger ones are a violation.</param>
    public ChunkReader(int chunkBytesMax)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(chunkBytesMax, MessageHeader.Length);
        ChunkBytesMax = chunkBytesMax;
        _buffer = new byte[chunkBytesMax + Slack];
    }

    /// <summary>Largest chunk accepted, in bytes.</summary>
    public int ChunkBytesMax { get; private set; }

    /// <summary>Where the socket may write; never empty after <see cref="TryRead"/> returned false.</summary>
    public Memory<byte> Free => _buffer.AsMemory(_end);

    /// <summary>Bytes that are part of a chunk not yet complete. Not zero at the end of the stream means that it was cut inside a chunk.</summary>
    public int Pending => _end - _start;

    /// <summary>Sets another limit, after Hello and Acknowledge have been exchanged.</summary>
    /// <param name="chunkBytesMax">The negotiated size.</param>
    public void Limit(int chunkBytesMax)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(chunkBytesMax, MessageHeader.Length);
        ChunkBytesMax = chunkBytesMax;
        var needed = Math.Max(chunkBytesMax + Slack, Pending);
        if (needed != _buffer.Length)
        {
            var buffer = new byte[needed];
            _buffer.AsSpan(_start, Pending).CopyTo(buffer);
            (_buffer, _end, _start) = (buffer, Pending, 0);
        }
    }

    /// <summary>Tells how many bytes the socket wrote to the front of <see cref="Free"/>.</summary>
    /// <param name="count">0 to the length of <see cref="Free"/>.</param>
    public void Filled(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)(_buffer.Length - _end), nameof(count));
        _end += count;
    }

    /// <summary>Takes the next whole chunk.</summary>
    /// <param name="header">Its header, checked.</param>
    /// <param name="chunk">Its bytes, header included; valid until the next call of any member.</param>
    /// <returns>False where more bytes are needed.</returns>
    /// <exception cref="ProtocolViolation">The bytes cannot be the beginning of a chunk; the stream cannot be used any further.</exception>
    public bool TryRead(out MessageHeader header, out ReadOnlySpan<byte> chunk)
    {
        if (Pending >= MessageHeader.Length)
        {
            header = MessageHeader.Read(_buffer.AsSpan(_start, Pending), ChunkBytesMax);
            if (Pending >= header.Size)
            {
                chunk = _buffer.AsSpan(_start, header.Size);
                _start += header.Size;
                return true;
            }
        }

        // Nothing whole is left: move the rest to the front, so that the socket has room for the remainder.
        if (_start > 0)
        {
            _buffer.AsSpan(_start, Pending).CopyTo(_buffer);
            (_end, _start) = (Pending, 0);
        }

        header = default;
        chunk = default;
        return false;
    }
}
