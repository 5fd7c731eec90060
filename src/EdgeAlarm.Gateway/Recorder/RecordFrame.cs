using System.Buffers.Binary;
using System.Numerics;

namespace EdgeAlarm.Gateway.Recorder;

/// <summary>
/// A record on disk: payload length (4 bytes, little-endian), type (1), payload, CRC-32C (4). The CRC covers the record's journal position too, so that bytes of
/// another place, or of a file that was there before, never pass.
/// </summary>
internal static class RecordFrame
{
    public const int Overhead = 9;

    /// <summary>Longest payload: a notification of half a million samples is shorter; a longer one is no record.</summary>
    public const int PayloadMax = 32 * 1024 * 1024;

    private const int PrefixLength = 5;

    /// <summary>Begins a record at the end of the buffer; what is written from here on is its payload.</summary>
    /// <returns>What <see cref="End"/> wants back.</returns>
    public static int Begin(JournalBuffer buffer, RecordType type)
    {
        var start = buffer.Length;
        buffer.Write(0u);
        buffer.Write((byte)type);
        return start;
    }

    /// <summary>Ends the record.</summary>
    public static void End(JournalBuffer buffer, int start, long position)
    {
        var payload = buffer.Length - start - PrefixLength;
        if (payload > PayloadMax)
        {
            buffer.Truncate(start);
            throw new ArgumentOutOfRangeException(nameof(buffer), payload, $"A record holds at most {PayloadMax} bytes.");
        }

        BinaryPrimitives.WriteUInt32LittleEndian(buffer.Slice(start, 4), (uint)payload);
        buffer.Write(Crc(position, buffer.Slice(start, PrefixLength + payload)));
    }

    /// <summary>Whether a whole, unhurt record stands at the begin of the bytes.</summary>
    /// <param name="bytes">The bytes from the record on.</param>
    /// <param name="position">Its journal position.</param>
    /// <param name="length">Length of the whole record; where the answer is no because there are too few bytes, how many it takes at least.</param>
    public static bool TryRead(ReadOnlySpan<byte> bytes, long position, out int length)
    {
        length = Overhead;
        if (bytes.Length < Overhead)
        {
            return false;
        }

        var payload = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        if (payload > PayloadMax)
        {
            return false;
        }

        length = Overhead + (int)payload;
        return bytes.Length >= length
            && BinaryPrimitives.ReadUInt32LittleEndian(bytes[(length - 4)..]) == Crc(position, bytes[..(length - 4)]);
    }

    public static RecordType Type(ReadOnlySpan<byte> record) => (RecordType)record[4];

    public static ReadOnlySpan<byte> Payload(ReadOnlySpan<byte> record) => record[PrefixLength..^4];

    public static uint Crc(long position, ReadOnlySpan<byte> bytes)
    {
        var crc = BitOperations.Crc32C(uint.MaxValue, (ulong)position);
        while (bytes.Length >= 8)
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[8..];
        }

        foreach (var value in bytes)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return ~crc;
    }
}
