using EdgeAlarm.Engine;
using EdgeAlarm.OpcUa.Security;
using Microsoft.Win32.SafeHandles;

namespace EdgeAlarm.Gateway.Recorder;

/// <summary>Appends to one segment file at a time. One thread.</summary>
internal sealed class SegmentWriter : IDisposable
{
    private readonly string _folder;
    private readonly JournalOptions _options;
    private SafeFileHandle _file;
    private SegmentHeader _header;
    private long _position;

    public SegmentWriter(string folder, JournalOptions options, JournalEnd end)
    {
        _folder = folder;
        _options = options;
        _position = end.Position;
        _header = end.Segment ?? HeaderAt(end.Position, end.Epoch, end.ConfigurationHash, end.At, end.WallClock);
        _file = end.Segment is null
            ? Create(_header)
            : File.OpenHandle(PathOf(_header), FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
    }

    public bool IsDue(PlantTime now) =>
        _position - _header.FirstPosition >= _options.SegmentSizeMax || (now - _header.CreatedAt >= _options.SegmentAgeMax && _position > _header.FirstPosition);

    public void Append(ReadOnlySpan<byte> records)
    {
        RandomAccess.Write(_file, records, _position - _header.FirstPosition + SegmentHeader.Length);
        _options.Sync(_file);
        _position += records.Length;
    }

    /// <summary>Begins a new segment; all before it is flushed.</summary>
    public void Roll(Guid epoch, string configurationHash, PlantTime at, UtcTime wallClock)
    {
        if (_position == _header.FirstPosition)
        {
            return;
        }

        var header = HeaderAt(_position, epoch, configurationHash, at, wallClock);
        var file = Create(header);
        _file.Dispose();
        _file = file;
        _header = header;
    }

    public void Dispose() => _file.Dispose();

    private static SegmentHeader HeaderAt(long position, Guid epoch, string configurationHash, PlantTime at, UtcTime wallClock) =>
        new(SegmentKind.Journal, position, epoch, configurationHash, at, wallClock);

    private SafeFileHandle Create(SegmentHeader header)
    {
        var file = File.OpenHandle(PathOf(header), FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            RandomAccess.Write(file, header.Encode(), 0);
            _options.Sync(file);
            DurableFolder.Flush(_folder);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private string PathOf(SegmentHeader header) => SegmentFile.PathOf(_folder, header.FirstPosition, SegmentFile.JournalExtension);
}
