using System.Buffers.Binary;
using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.BinaryEncoding;

/// <summary>
/// The DataValue that nearly all of a PLC's are: a Boolean or a number, with or without status and the two times, without picoseconds (OPC 10000-6 §5.2.2.17). Its length
/// follows from its first two bytes, so one check suffices for all of it. Whatever is anything else, or is cut, is left to the decoder that knows every case.
/// </summary>
internal static class PlainDataValue
{
    private const int HeadBytes = 2;
    private const byte Fields = DataValueMask.Value | DataValueMask.Status | DataValueMask.SourceTimestamp | DataValueMask.ServerTimestamp;

    // a Variant keeps these with their sign
    private const int Signed = (1 << (int)BuiltInType.SByte) | (1 << (int)BuiltInType.Int16) | (1 << (int)BuiltInType.Int32) | (1 << (int)BuiltInType.Float);

    // bytes of Null, Boolean, SByte, Byte, Int16, UInt16, Int32, UInt32, Int64, UInt64, Float, Double
    private static ReadOnlySpan<byte> Widths => [0, 1, 1, 1, 2, 2, 4, 4, 8, 8, 4, 8];

    /// <summary>Reads one, if it is plain and whole.</summary>
    /// <param name="bytes">From its first byte on.</param>
    /// <param name="value">The value.</param>
    /// <returns>How many bytes it took; 0 where it is not plain, or cut.</returns>
    public static int TryRead(ReadOnlySpan<byte> bytes, out DataValue value)
    {
        value = default;
        if (bytes.Length < HeadBytes || (bytes[0] & ~Fields) != 0 || (bytes[0] & DataValueMask.Value) == 0)
        {
            return 0;
        }

        var (mask, type) = (bytes[0], (BuiltInType)bytes[1]); // with the bits of arrays and matrices it is no type below
        var width = (int)type < Widths.Length ? Widths[(int)type] : 0;
        var length = HeadBytes + width
            + ((mask & DataValueMask.Status) != 0 ? sizeof(uint) : 0)
            + ((mask & DataValueMask.SourceTimestamp) != 0 ? sizeof(long) : 0)
            + ((mask & DataValueMask.ServerTimestamp) != 0 ? sizeof(long) : 0);
        if (width == 0 || bytes.Length < length)
        {
            return 0;
        }

        var variant = Number(bytes[HeadBytes..], type, width);
        var rest = bytes[(HeadBytes + width)..length];
        StatusCode status = default;
        if ((mask & DataValueMask.Status) != 0)
        {
            status = new(BinaryPrimitives.ReadUInt32LittleEndian(rest));
            rest = rest[sizeof(uint)..];
        }

        long source = 0, server = 0;
        if ((mask & DataValueMask.SourceTimestamp) != 0)
        {
            source = UtcTicks.FromWire(BinaryPrimitives.ReadInt64LittleEndian(rest));
            rest = rest[sizeof(long)..];
        }

        if ((mask & DataValueMask.ServerTimestamp) != 0)
        {
            server = UtcTicks.FromWire(BinaryPrimitives.ReadInt64LittleEndian(rest));
        }

        value = new(variant, status, source, server);
        return length;
    }

    // the caller has checked that the bytes are there
    private static Variant Number(ReadOnlySpan<byte> bytes, BuiltInType type, int width)
    {
        var raw = width switch
        {
            sizeof(byte) => bytes[0],
            sizeof(short) => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
            sizeof(int) => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
            _ => BinaryPrimitives.ReadInt64LittleEndian(bytes),
        };
        if (type == BuiltInType.Boolean)
        {
            return Variant.From(raw != 0);
        }

        var unused = 8 * (sizeof(long) - width);
        return Variant.OfBits(type, (Signed & (1 << (int)type)) != 0 ? raw << unused >> unused : raw);
    }
}
