using EdgeAlarm.Engine;

namespace EdgeAlarm.Gateway.Recorder;

/// <summary>Appends to one segment file at a time. One thread.</summary>
internal sealed class SegmentWriter : IDisposable
{
    private readonly DataFolder _folder;
    private readonly JournalOptions _options;
    private IDiskFile _file;
    private SegmentHeader _header;
    private long _position;

    public SegmentWriter(DataFolder folder, JournalOptions options, JournalEnd end)
    {
        _folder = folder;
        _options = options;
        _position = end.Position;
        _header = end.Segment ?? HeaderAt(end.Position, end.Epoch, end.ConfigurationHash, end.At, end.WallClock);
        _file = end.Segment is null
            ? Create(_header)
            : _folder.Disk.Open(PathOf(_header));
    }

    public bool IsDue(PlantTime now) =>
        _position - _header.FirstPosition >= _options.SegmentSizeMax || (now - _header.CreatedAt >= _options.SegmentAgeMax && _position > _header.FirstPosition);

    public void Append(ReadOnlySpan<byte> records)
    {
        _file.Write(records, _position - _header.FirstPosition + SegmentHeader.Length);
        _file.Flush();
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

    private IDiskFile Create(SegmentHeader header)
    {
        var file = _folder.Disk.Create(PathOf(header));
        try
        {
            file.Write(header.Encode(), 0);
            file.Flush();
            _folder.Disk.FlushFolder(_folder.Journal);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private string PathOf(SegmentHeader header) => SegmentFile.PathOf(_folder.Journal, header.FirstPosition, SegmentFile.JournalExtension);
}
