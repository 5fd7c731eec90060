using Microsoft.Win32.SafeHandles;

namespace EdgeAlarm.Gateway.Recorder;

/// <summary>Reads the records of one segment file in order, also while it grows. Not thread-safe.</summary>
internal sealed class SegmentReader : IDisposable
{
    private const int ReadAhead = 256 * 1024;

    private readonly SafeFileHandle _file;
    private byte[] _buffer = new byte[ReadAhead];
    private long _bufferPosition;
    private int _buffered;

    private SegmentReader(string path, SafeFileHandle file, SegmentHeader header)
    {
        Path = path;
        _file = file;
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

    /// <summary>Bytes behind the header, a footer included.</summary>
    public long RecordBytes => RandomAccess.GetLength(_file) - SegmentHeader.Length;

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
                return new(path, file, header);
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
        return new(file.Path, handle, new(SegmentKind.Journal, file.FirstPosition, Guid.Empty, new('0', 64), default, default)) { IsMadeUp = true };
    }

    /// <summary>The footer, of a sealed segment.</summary>
    public SegmentFooter? Footer() => SegmentFooter.Read(_file, Header.FirstPosition);

    /// <summary>Goes on at another position of this segment, which must be the begin of a record.</summary>
    public void Seek(long position)
    {
        Position = position;
        _bufferPosition = position;
        _buffered = 0;
    }

    /// <summary>Goes on at the next whole commit behind bytes that are no record: what stands before it belongs to a turn that is not whole.</summary>
    /// <returns>Whether there is one.</returns>
    public bool TrySkipDamage()
    {
        var offset = SegmentScan.NextCommit(File.ReadAllBytes(Path), Offset + 1, Header.FirstPosition);
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

    public void Dispose() => _file.Dispose();

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
            var read = RandomAccess.Read(_file, _buffer.AsSpan(_buffered), Offset + _buffered);
            if (read == 0)
            {
                return;
            }

            _buffered += read;
        }
    }
}
