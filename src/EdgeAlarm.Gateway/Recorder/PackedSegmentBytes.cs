using Microsoft.Win32.SafeHandles;
using ZstdSharp;

namespace EdgeAlarm.Gateway.Recorder;

/// <summary>The bytes of a packed segment, unpacked block by block as they are read. What a damaged block held reads as zeros; the records of the other blocks are found behind them.</summary>
internal sealed class PackedSegmentBytes : ISegmentBytes
{
    private readonly SafeFileHandle _file;
    private readonly PackedSegmentIndex _index;
    private readonly Decompressor _decompressor = new();
    private readonly byte[] _block = new byte[PackedSegmentIndex.BlockLength];
    private int _present = -1;

    /// <param name="file">The file, which is closed with this.</param>
    /// <param name="index">Where its blocks are.</param>
    public PackedSegmentBytes(SafeFileHandle file, PackedSegmentIndex index)
    {
        _file = file;
        _index = index;
    }

    /// <inheritdoc />
    public long Length => _index.Length;

    /// <inheritdoc />
    public bool IsPacked => true;

    /// <inheritdoc />
    public bool IsIndexWhole => _index.IsWhole;

    /// <inheritdoc />
    public int Read(Span<byte> bytes, long offset)
    {
        var read = 0;
        while (read < bytes.Length && offset + read < Length)
        {
            var block = (int)((offset + read) / PackedSegmentIndex.BlockLength);
            Load(block);
            var from = (int)((offset + read) % PackedSegmentIndex.BlockLength);
            var count = Math.Min(Math.Min(bytes.Length - read, PackedSegmentIndex.BlockLength - from), (int)Math.Min(int.MaxValue, Length - offset - read));
            _block.AsSpan(from, count).CopyTo(bytes[read..]);
            read += count;
        }

        return read;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _decompressor.Dispose();
        _file.Dispose();
    }

    private void Load(int block)
    {
        if (_present == block)
        {
            return;
        }

        _present = block;
        _block.AsSpan().Clear();
        var (offset, length) = _index.Blocks[block];
        var packed = new byte[PackedSegmentIndex.PrefixLength + length];
        if (RandomAccess.Read(_file, packed, offset - PackedSegmentIndex.PrefixLength) != packed.Length || !PackedSegmentIndex.IsBlockWhole(packed))
        {
            return;
        }

        try
        {
            if (!_decompressor.TryUnwrap(packed.AsSpan(PackedSegmentIndex.PrefixLength), _block, out _))
            {
                _block.AsSpan().Clear();
            }
        }
        catch (ZstdException)
        {
            // its checksum is right and what it says is not: no build of ours wrote it
            _block.AsSpan().Clear();
        }
    }
}
