using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace EdgeAlarm.Gateway.Recorder;

/// <summary>
/// Where the blocks of a packed segment are. The file: the segment's header with its packing set; blocks, each with its packed length (4 bytes) and the CRC-32C of length and bytes (4) before it; the
/// same lengths again (4 each); the length of the whole segment unpacked (8), CRC-32C of lengths and length (4), magic (8). Little-endian. Either the lengths at the end or those before the blocks
/// suffice, so that one damaged byte costs one block.
/// </summary>
internal sealed class PackedSegmentIndex
{
    /// <summary>Bytes that are packed together: more pack better, and cost more where one is damaged.</summary>
    public const int BlockLength = 64 * 1024;

    /// <summary>Length of what stands before each block.</summary>
    public const int PrefixLength = 8;

    private const int TrailerLength = 20;

    private PackedSegmentIndex(IReadOnlyList<PackedBlock> blocks, long length, bool isWhole)
    {
        IsWhole = isWhole;
        Blocks = blocks;
        Length = length;
    }

    /// <summary>Whether it is the one at the end of the file.</summary>
    public bool IsWhole { get; }

    /// <summary>The blocks in order; all but the last hold <see cref="BlockLength"/> bytes unpacked.</summary>
    public IReadOnlyList<PackedBlock> Blocks { get; }

    /// <summary>Bytes of the segment unpacked, its header included.</summary>
    public long Length { get; }

    private static ReadOnlySpan<byte> Magic => "EAPACKED"u8;

    /// <summary>Writes what stands before a block.</summary>
    public static void WritePrefix(Span<byte> block)
    {
        BinaryPrimitives.WriteInt32LittleEndian(block, block.Length - PrefixLength);
        BinaryPrimitives.WriteUInt32LittleEndian(block[4..], Crc(block));
    }

    /// <summary>Whether a block and what stands before it are as they were written.</summary>
    public static bool IsBlockWhole(ReadOnlySpan<byte> block) =>
        BinaryPrimitives.ReadInt32LittleEndian(block) == block.Length - PrefixLength && BinaryPrimitives.ReadUInt32LittleEndian(block[4..]) == Crc(block);

    /// <summary>What stands behind the blocks.</summary>
    public static byte[] Trailer(IReadOnlyList<int> lengths, long unpacked)
    {
        var bytes = new byte[(lengths.Count * 4) + TrailerLength];
        for (var i = 0; i < lengths.Count; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(i * 4), lengths[i]);
        }

        var end = lengths.Count * 4;
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(end), unpacked);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(end + 8), RecordFrame.Crc(0, bytes.AsSpan(0, end + 8)));
        Magic.CopyTo(bytes.AsSpan(end + 12));
        return bytes;
    }

    /// <summary>Reads the index of a file; null where it is no packed segment.</summary>
    /// <param name="file">The file.</param>
    /// <param name="header">Its header; null where that is damaged.</param>
    public static PackedSegmentIndex? Read(SafeFileHandle file, SegmentHeader? header) => header is { IsPacked: false } ? null : OfTrailer(file) ?? (header is null ? null : OfPrefixes(file));

    private static PackedSegmentIndex? OfTrailer(SafeFileHandle file)
    {
        var end = RandomAccess.GetLength(file);
        Span<byte> trailer = stackalloc byte[TrailerLength];
        if (end < SegmentHeader.Length + TrailerLength || RandomAccess.Read(file, trailer, end - TrailerLength) != TrailerLength || !trailer.EndsWith(Magic))
        {
            return null;
        }

        var unpacked = BinaryPrimitives.ReadInt64LittleEndian(trailer);
        var count = (unpacked + BlockLength - 1) / BlockLength;
        var begin = end - TrailerLength - (count * 4);
        if (unpacked < 0 || begin < SegmentHeader.Length)
        {
            return null;
        }

        var bytes = new byte[end - begin];
        if (RandomAccess.Read(file, bytes, begin) != bytes.Length || BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(bytes.Length - 12)) != RecordFrame.Crc(0, bytes.AsSpan(0, bytes.Length - 12)))
        {
            return null;
        }

        var blocks = new PackedBlock[count];
        var offset = (long)SegmentHeader.Length;
        for (var i = 0; i < blocks.Length; i++)
        {
            blocks[i] = new(offset + PrefixLength, BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(i * 4)));
            offset += PrefixLength + blocks[i].Length;
        }

        return new(blocks, unpacked, isWhole: true);
    }

    // without the end nobody knows how long the last block is: what it lacks are zeros, which are no record
    private static PackedSegmentIndex OfPrefixes(SafeFileHandle file)
    {
        var blocks = new List<PackedBlock>();
        Span<byte> prefix = stackalloc byte[PrefixLength];
        var end = RandomAccess.GetLength(file);
        for (var offset = (long)SegmentHeader.Length; offset + PrefixLength < end && RandomAccess.Read(file, prefix, offset) == PrefixLength;)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(prefix);
            if (length <= 0 || length > BlockLength * 2 || offset + PrefixLength + length > end)
            {
                break;
            }

            var block = new byte[PrefixLength + length];
            if (RandomAccess.Read(file, block, offset) != block.Length || !IsBlockWhole(block))
            {
                break;
            }

            blocks.Add(new(offset + PrefixLength, length));
            offset += PrefixLength + length;
        }

        return new(blocks, (long)blocks.Count * BlockLength, isWhole: false);
    }

    private static uint Crc(ReadOnlySpan<byte> block) => RecordFrame.Crc(BinaryPrimitives.ReadInt32LittleEndian(block), block[PrefixLength..]);
}
