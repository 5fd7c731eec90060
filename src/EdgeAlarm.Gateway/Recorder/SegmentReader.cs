namespace EdgeAlarm.Gateway.Recorder;

/// <summary>Reads the records of one segment file in order, also while it grows. Not thread-safe.</summary>
internal sealed class SegmentReader : IDisposable
{
    private const int ReadAhead = 256 * 1024;

    private readonly ISegmentBytes _bytes;
    private byte[] _buffer = new byte[ReadAhead];
    private long _bufferPosition;
    private int _buffered;

    private SegmentReader(string path, ISegmentBytes bytes, SegmentHeader header)
    {
        Path = path;
        _bytes = bytes;
        Header = header;
        Position = header.FirstPosition;
        _bufferPosition = Position;
    }

    public string Path { get; }

    public SegmentHeader Header { get; }

    /// <summary>Whether the header is damaged, and <see cref="Header"/> says only what the file's name does.</summary>
    public bool IsMadeUp { get; private init; }

    /// <summary>Where the next record begins.</summary>
    public long Position { get; private set; }

    /// <summary>Where the next record begins in the file.</summary>
    public long Offset => Position - Header.FirstPosition + SegmentHeader.Length;

    /// <summary>Bytes of the segment as it was written, its header included.</summary>
    public long Length => _bytes.Length;

    /// <summary>Bytes behind the header, a footer included.</summary>
    public long RecordBytes => Length - SegmentHeader.Length;

    /// <summary>Whether it is packed, and so was whole when that was done.</summary>
    public bool IsPacked => _bytes.IsPacked;

    /// <summary>Whether the indexes at its end are as they were written, as far as it has any: the footer's, and that of a packed one.</summary>
    /// <remarks>Only behind the last record.</remarks>
    public bool IsEndWhole => _bytes.IsIndexWhole && (Offset == Length || Footer() is not null);

    /// <summary>Opens a segment.</summary>
    /// <returns>Null where the file has no whole header.</returns>
    public static SegmentReader? Open(string path)
    {
        var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            Span<byte> bytes = stackalloc byte[SegmentHeader.Length];
            var read = RandomAccess.Read(file, bytes, 0);
            if (SegmentHeader.Decode(path, bytes[..read]) is { } header)
            {
                return new(path, BytesOf(file, header), header);
            }
        }
        catch
        {
            file.Dispose();
            throw;
        }

        file.Dispose();
        return null;
    }

    /// <summary>Opens a segment, with what its name says of it where its header is damaged: its records may be sound.</summary>
    public static SegmentReader OpenAnyway(SegmentFile file)
    {
        if (Open(file.Path) is { } reader)
        {
            if (reader.Header.FirstPosition == file.FirstPosition)
            {
                return reader;
            }

            reader.Dispose();
        }

        var handle = File.OpenHandle(file.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return new(file.Path, BytesOf(handle, null), new(SegmentKind.Journal, file.FirstPosition, Guid.Empty, new('0', 64), default, default)) { IsMadeUp = true };
    }

    /// <summary>The footer, of a sealed segment.</summary>
    public SegmentFooter? Footer() => SegmentFooter.Read(_bytes, Header.FirstPosition);

    /// <summary>Goes on at another position of this segment, which must be the begin of a record.</summary>
    public void Seek(long position)
    {
        Position = position;
        _bufferPosition = position;
        _buffered = 0;
    }

    /// <summary>Reads bytes as they were written.</summary>
    /// <param name="bytes">Takes them.</param>
    /// <param name="offset">Where to begin.</param>
    /// <returns>How many; 0 at the end.</returns>
    public int ReadBytes(Span<byte> bytes, long offset) => _bytes.Read(bytes, offset);

    /// <summary>All bytes as they were written.</summary>
    public byte[] ReadAll()
    {
        var bytes = new byte[Length];
        var read = 0;
        while (read < bytes.Length && ReadBytes(bytes.AsSpan(read), read) is > 0 and var more)
        {
            read += more;
        }

        return bytes;
    }

    /// <summary>Goes on at the next whole commit behind bytes that are no record: what stands before it belongs to a turn that is not whole.</summary>
    /// <returns>Whether there is one.</returns>
    public bool TrySkipDamage()
    {
        var offset = SegmentScan.NextCommit(ReadAll(), Offset + 1, Header.FirstPosition);
        if (offset < 0)
        {
            return false;
        }

        Seek(Header.FirstPosition + offset - SegmentHeader.Length);
        return true;
    }

    /// <summary>Reads the next record.</summary>
    /// <param name="record">The whole record; valid until the next call.</param>
    public SegmentRead Read(out ReadOnlySpan<byte> record)
    {
        record = default;
        if (!RecordFrame.TryRead(Buffered(), Position, out var length))
        {
            Fill(length);
            var bytes = Buffered();
            if (bytes.IsEmpty)
            {
                return SegmentRead.End;
            }

            if (!RecordFrame.TryRead(bytes, Position, out length))
            {
                // the length is known only now
                Fill(length);
                if (!RecordFrame.TryRead(Buffered(), Position, out length))
                {
                    return SegmentRead.Broken;
                }
            }
        }

        record = Buffered()[..length];
        if (RecordFrame.Type(record) == RecordType.Footer)
        {
            return SegmentRead.End;
        }

        Position += length;
        return SegmentRead.Record;
    }

    public void Dispose() => _bytes.Dispose();

    private static ISegmentBytes BytesOf(Microsoft.Win32.SafeHandles.SafeFileHandle file, SegmentHeader? header) =>
        PackedSegmentIndex.Read(file, header) is { } index ? new PackedSegmentBytes(file, index) : new PlainSegmentBytes(file);

    private ReadOnlySpan<byte> Buffered() => _buffer.AsSpan((int)(Position - _bufferPosition), _buffered - (int)(Position - _bufferPosition));

    private void Fill(int wanted)
    {
        var rest = Buffered();
        if (wanted > _buffer.Length)
        {
            var larger = new byte[wanted + ReadAhead];
            rest.CopyTo(larger);
            _buffered = rest.Length;
            _buffer = larger;
        }
        else
        {
            rest.CopyTo(_buffer);
            _buffered = rest.Length;
        }

        _bufferPosition = Position;
        while (_buffered < _buffer.Length)
        {
            var read = _bytes.Read(_buffer.AsSpan(_buffered), Offset + _buffered);
            if (read == 0)
            {
                return;
            }

            _buffered += read;
        }
    }
}
