using ZstdSharp;

namespace EdgeAlarm.Gateway.Recorder;

/// <summary>Packs segments that are written no more (Zstandard): aside, flushed, read back and compared, and only then renamed in place of what it was made of.</summary>
internal static class SegmentPacking
{
    private const string AsideSuffix = ".aside";

    /// <summary>Packs a segment that is not packed yet.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="file">The segment, sealed or of events.</param>
    /// <returns>Whether it was packed: false where it is already, or where its header is damaged.</returns>
    public static bool Pack(DataFolder folder, SegmentFile file)
    {
        using var reader = SegmentReader.Open(file.Path);
        if (reader is null || reader.IsPacked)
        {
            return false;
        }

        var aside = file.Path + AsideSuffix;
        folder.Disk.Delete(aside);
        try
        {
            using (var target = folder.Disk.Create(aside))
            {
                Write(reader, target);
                target.Flush();
            }

            using var packed = SegmentReader.Open(aside);
            if (packed is not { IsPacked: true } || !IsSame(reader, packed))
            {
                throw new IOException($"{aside} does not read back as it was written.");
            }
        }
        catch
        {
            folder.Disk.Delete(aside);
            throw;
        }

        folder.Disk.Move(aside, file.Path);
        folder.Disk.FlushFolder(Path.GetDirectoryName(file.Path)!);
        return true;
    }

    private static void Write(SegmentReader reader, IDiskFile target)
    {
        using var compressor = new Compressor();
        target.Write((reader.Header with { IsPacked = true }).Encode(), 0);
        var offset = (long)SegmentHeader.Length;
        var lengths = new List<int>();
        var block = new byte[PackedSegmentIndex.BlockLength];
        var packed = new byte[PackedSegmentIndex.PrefixLength + Compressor.GetCompressBound(block.Length)];
        for (long from = 0; reader.ReadBytes(block, from) is > 0 and var read; from += read)
        {
            var length = compressor.Wrap(block.AsSpan(0, read), packed.AsSpan(PackedSegmentIndex.PrefixLength));
            var whole = packed.AsSpan(0, PackedSegmentIndex.PrefixLength + length);
            PackedSegmentIndex.WritePrefix(whole);
            target.Write(whole, offset);
            offset += whole.Length;
            lengths.Add(length);
        }

        target.Write(PackedSegmentIndex.Trailer(lengths, reader.Length), offset);
    }

    private static bool IsSame(SegmentReader reader, SegmentReader packed)
    {
        var (left, right) = (new byte[PackedSegmentIndex.BlockLength], new byte[PackedSegmentIndex.BlockLength]);
        for (long from = 0; from < reader.Length; from += left.Length)
        {
            if (!left.AsSpan(0, reader.ReadBytes(left, from)).SequenceEqual(right.AsSpan(0, packed.ReadBytes(right, from))))
            {
                return false;
            }
        }

        return reader.Length == packed.Length;
    }
}
