using Microsoft.Win32.SafeHandles;

namespace EdgeAlarm.Gateway.Outbox;

/// <summary>
/// A file that is never synced while it is in use: LiteDB 5.0.20 would sync once for each page, and the outbox needs no durability, for the journal has it. It stays
/// open when LiteDB disposes it, and it remembers the first failed write, which LiteDB 5.0.20 reports only with the next transaction.
/// </summary>
internal sealed class UnsyncedStream : Stream
{
    private readonly SafeFileHandle _file;
    private long _position;
    private Exception? _fault;

    /// <summary>Opens or creates the file; nobody else may have it open.</summary>
    internal UnsyncedStream(string path) => _file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

    /// <summary>The first failed write, or null. Any thread.</summary>
    internal Exception? Fault => Volatile.Read(ref _fault);

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => true;

    public override long Length => RandomAccess.GetLength(_file);

    public override long Position
    {
        get => _position;
        set => _position = value;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var read = RandomAccess.Read(_file, buffer, _position);
        _position += read;
        return read;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            RandomAccess.Write(_file, buffer, _position);
            _position += buffer.Length;
        }
        catch (Exception failure)
        {
            Interlocked.CompareExchange(ref _fault, failure, null);
            throw;
        }
    }

    public override void SetLength(long value)
    {
        try
        {
            RandomAccess.SetLength(_file, value);
        }
        catch (Exception failure)
        {
            Interlocked.CompareExchange(ref _fault, failure, null);
            throw;
        }
    }

    public override long Seek(long offset, SeekOrigin origin) => _position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => _position + offset,
        SeekOrigin.End => Length + offset,
        _ => throw new ArgumentOutOfRangeException(nameof(origin)),
    };

    /// <summary>Does nothing: see the type.</summary>
    public override void Flush()
    {
    }

    /// <summary>Syncs and closes the file: the end of an orderly stop.</summary>
    internal void SyncAndClose()
    {
        RandomAccess.FlushToDisk(_file);
        CloseFile();
    }

    /// <summary>Closes the file without a sync.</summary>
    internal void CloseFile() => _file.Dispose();

    /// <summary>LiteDB disposes what it is given; the file stays open until its owner closes it.</summary>
    protected override void Dispose(bool disposing) => base.Dispose(disposing);
}
