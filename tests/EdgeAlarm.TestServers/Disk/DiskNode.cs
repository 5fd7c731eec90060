namespace EdgeAlarm.TestServers.Disk;

/// <summary>The content of one file: what a flush made durable, and what was written since, of which a power cut keeps what it likes.</summary>
internal sealed class DiskNode
{
    private const int SectorLength = 512;

    private readonly List<(byte[]? Bytes, long Offset)> _changes = [];
    private byte[] _durable = [];

    public void Write(ReadOnlySpan<byte> bytes, long offset) => _changes.Add((bytes.ToArray(), offset));

    public void SetLength(long length) => _changes.Add((null, length));

    public void Flush()
    {
        foreach (var (bytes, offset) in _changes)
        {
            _durable = Apply(_durable, bytes, offset);
        }

        _changes.Clear();
    }

    /// <summary>What is on the platter when the power is back; from here on that is durable.</summary>
    public byte[] Survive(Random random)
    {
        var before = _durable;
        switch (random.Next(4))
        {
            case 0:
                break;
            case 1:
                Flush();
                break;
            case 2:
                KeepPrefix(random);
                break;
            default:
                KeepSectors(random);
                break;
        }

        _changes.Clear();
        return ReferenceEquals(before, _durable) ? [.. _durable] : _durable;
    }

    private static byte[] Apply(byte[] content, byte[]? bytes, long offset)
    {
        var end = (int)offset + (bytes?.Length ?? 0);
        var grown = content;
        Array.Resize(ref grown, bytes is null ? end : Math.Max(end, content.Length));
        bytes?.CopyTo(grown, offset);
        return grown;
    }

    // the writes arrive in order, the last one torn at any byte
    private void KeepPrefix(Random random)
    {
        var whole = random.Next(_changes.Count + 1);
        foreach (var (bytes, offset) in _changes.Take(whole))
        {
            _durable = Apply(_durable, bytes, offset);
        }

        if (whole < _changes.Count && _changes[whole].Bytes is { Length: > 0 } torn)
        {
            _durable = Apply(_durable, torn[..random.Next(torn.Length)], _changes[whole].Offset);
        }
    }

    // sectors arrive in any order, and where one is missing the file may be as long as if it were there
    private void KeepSectors(Random random)
    {
        var isLengthKept = random.Next(2) == 0;
        foreach (var (bytes, offset) in _changes)
        {
            if (bytes is null)
            {
                _durable = random.Next(2) == 0 ? Apply(_durable, null, offset) : _durable;
                continue;
            }

            for (var from = 0; from < bytes.Length;)
            {
                var to = Math.Min(bytes.Length, from + SectorLength - (int)((offset + from) % SectorLength));
                _durable = random.Next(2) == 0 ? Apply(_durable, bytes[from..to], offset + from) : _durable;
                from = to;
            }

            if (isLengthKept && _durable.Length < offset + bytes.Length)
            {
                Array.Resize(ref _durable, (int)offset + bytes.Length);
            }
        }
    }
}
