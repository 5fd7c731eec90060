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

    /// <summary>The footer, of a sealed segment.</summary>
    public SegmentFooter? Footer() => SegmentFooter.Read(_file, Header.FirstPosition);

    /// <summary>Goes on at another position of this segment, which must be the begin of a record.</summary>
    public void Seek(long position)
    {
        Position = position;
        _bufferPosition = position;
        _buffered = 0;
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
