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
        var width = WidthOf(type);
        var length = HeadBytes + width
            + ((mask & DataValueMask.Status) != 0 ? sizeof(uint) : 0)
            + ((mask & DataValueMask.SourceTimestamp) != 0 ? sizeof(long) : 0)
            + ((mask & DataValueMask.ServerTimestamp) != 0 ? sizeof(long) : 0);
        if (width == 0 || bytes.Length < length)
        {
            return 0;
        }

        var variant = Number(bytes[HeadBytes..], type);
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

    private static int WidthOf(BuiltInType type) => type switch
    {
        BuiltInType.Boolean or BuiltInType.SByte or BuiltInType.Byte => sizeof(byte),
        BuiltInType.Int16 or BuiltInType.UInt16 => sizeof(short),
        BuiltInType.Int32 or BuiltInType.UInt32 or BuiltInType.Float => sizeof(int),
        BuiltInType.Int64 or BuiltInType.UInt64 or BuiltInType.Double => sizeof(long),
        _ => 0,
    };

    private static Variant Number(ReadOnlySpan<byte> bytes, BuiltInType type) => type switch
    {
        BuiltInType.Boolean => Variant.From(bytes[0] != 0),
        BuiltInType.SByte => Variant.From(unchecked((sbyte)bytes[0])),
        BuiltInType.Byte => Variant.From(bytes[0]),
        BuiltInType.Int16 => Variant.From(BinaryPrimitives.ReadInt16LittleEndian(bytes)),
        BuiltInType.UInt16 => Variant.From(BinaryPrimitives.ReadUInt16LittleEndian(bytes)),
        BuiltInType.Int32 => Variant.From(BinaryPrimitives.ReadInt32LittleEndian(bytes)),
        BuiltInType.UInt32 => Variant.From(BinaryPrimitives.ReadUInt32LittleEndian(bytes)),
        BuiltInType.Float => Variant.From(BinaryPrimitives.ReadSingleLittleEndian(bytes)),
        BuiltInType.Int64 => Variant.From(BinaryPrimitives.ReadInt64LittleEndian(bytes)),
        BuiltInType.UInt64 => Variant.From(BinaryPrimitives.ReadUInt64LittleEndian(bytes)),
        BuiltInType.Double => Variant.From(BinaryPrimitives.ReadDoubleLittleEndian(bytes)),
        _ => default,
    };
}
