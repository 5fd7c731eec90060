using System.Buffers.Binary;
using EdgeAlarm.Engine;

namespace EdgeAlarm.Gateway.Recorder;

/// <summary>
/// The first 128 bytes of a segment: magic (8), format version (4), kind (1), packing (1), zero (2), first position (8), epoch (16), configuration hash (32), plant time (8),
/// wall clock (8), zero (36), CRC-32C (4). Little-endian.
/// </summary>
/// <param name="Kind">What it holds.</param>
/// <param name="FirstPosition">Position of its first record.</param>
/// <param name="Epoch">The epoch at its begin; empty where the first is still to start.</param>
/// <param name="ConfigurationHash">The configuration in force at its begin, 64 lower-case hex digits.</param>
/// <param name="CreatedAt">Plant time of its creation.</param>
/// <param name="WallClock">Wall clock of its creation.</param>
public sealed record SegmentHeader(SegmentKind Kind, long FirstPosition, Guid Epoch, string ConfigurationHash, PlantTime CreatedAt, UtcTime WallClock)
{
    /// <summary>Length in the file.</summary>
    internal const int Length = 128;

    /// <summary>The format this build writes and the newest it reads.</summary>
    internal const uint FormatVersion = 2;

    /// <summary>The first format in which each flush begins with a mark.</summary>
    internal const uint FlushMarkVersion = 2;

    private const int HashOffset = 40;
    private const int HashLength = 32;
    private const int CrcOffset = Length - 4;

    private static ReadOnlySpan<byte> Magic => "EAJOURN1"u8;

    /// <summary>Whether what follows it is packed (<see cref="PackedSegmentIndex"/>).</summary>
    public bool IsPacked { get; init; }

    /// <summary>The format in which it was written.</summary>
    public uint Version { get; init; } = FormatVersion;

    internal byte[] Encode()
    {
        var bytes = new byte[Length];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), FormatVersion);
        bytes[12] = (byte)Kind;
        bytes[13] = (byte)(IsPacked ? 1 : 0);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(16), FirstPosition);
        Epoch.TryWriteBytes(bytes.AsSpan(24));
        Convert.FromHexString(ConfigurationHash).CopyTo(bytes, HashOffset);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(72), CreatedAt.Ticks);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(80), WallClock.Ticks);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(CrcOffset), RecordFrame.Crc(0, bytes.AsSpan(0, CrcOffset)));
        return bytes;
    }

    /// <summary>Reads a header; null where the bytes are none.</summary>
    /// <exception cref="DataFolderUnusable">A newer build wrote it.</exception>
    internal static SegmentHeader? Decode(string file, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Length || !bytes.StartsWith(Magic) || BinaryPrimitives.ReadUInt32LittleEndian(bytes[CrcOffset..]) != RecordFrame.Crc(0, bytes[..CrcOffset]))
        {
            return null;
        }

        var version = BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
        if (version > FormatVersion)
        {
            throw new DataFolderUnusable(
                $"{file} has journal format {version}; this build reads formats up to {FormatVersion}. A newer edgealarm wrote it: run that one, or give this one another data folder.");
        }

        return new(
            (SegmentKind)bytes[12],
            BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]),
            new Guid(bytes.Slice(24, 16)),
            Convert.ToHexStringLower(bytes.Slice(HashOffset, HashLength)),
            new(BinaryPrimitives.ReadInt64LittleEndian(bytes[72..])),
            new(BinaryPrimitives.ReadInt64LittleEndian(bytes[80..])))
        {
            IsPacked = bytes[13] != 0,
            Version = version,
        };
    }
}
