using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.BinaryEncoding;

/// <summary>Reads the inside of a Variant (OPC 10000-6 §5.2.2.16).</summary>
internal static class VariantReader
{
    // ids without a type of their own, which an old decoder has to take for ByteStrings
    private const byte FirstReservedType = 26;
    private const byte LastReservedType = 31;

    internal static Variant Read(ref BinaryDecoder decoder)
    {
        var mask = decoder.ReadByte();
        var typeId = (byte)(mask & VariantMask.Type);
        var type = typeId is >= FirstReservedType and <= LastReservedType ? BuiltInType.ByteString : (BuiltInType)typeId;
        if ((mask & VariantMask.Array) != 0)
        {
            return ReadElements(ref decoder, type, (mask & VariantMask.Dimensions) != 0);
        }

        return (mask & VariantMask.Dimensions) != 0
            ? throw decoder.Malformed(Clauses.Variant, $"Dimensions without an array (0x{mask:X2}).")
            : ReadScalar(ref decoder, type);
    }

    private static Variant ReadScalar(ref BinaryDecoder decoder, BuiltInType type)
    {
        switch (type)
        {
            case BuiltInType.Null: return default;
            case BuiltInType.Boolean: return Variant.From(decoder.ReadBoolean());
            case BuiltInType.SByte: return Variant.From(decoder.ReadSByte());
            case BuiltInType.Byte: return Variant.From(decoder.ReadByte());
            case BuiltInType.Int16: return Variant.From(decoder.ReadInt16());
            case BuiltInType.UInt16: return Variant.From(decoder.ReadUInt16());
            case BuiltInType.Int32: return Variant.From(decoder.ReadInt32());
            case BuiltInType.UInt32: return Variant.From(decoder.ReadUInt32());
            case BuiltInType.Int64: return Variant.From(decoder.ReadInt64());
            case BuiltInType.UInt64: return Variant.From(decoder.ReadUInt64());
            case BuiltInType.Float: return Variant.From(decoder.ReadFloat());
            case BuiltInType.Double: return Variant.From(decoder.ReadDouble());
            case BuiltInType.String: return Variant.From(decoder.ReadString());
            case BuiltInType.DateTime: return Variant.FromDateTimeTicks(decoder.ReadDateTimeTicks());
            case BuiltInType.Guid: return Variant.From(decoder.ReadGuid());
            case BuiltInType.ByteString: return Variant.From(decoder.ReadByteString());
            case BuiltInType.XmlElement: return Variant.FromXml(decoder.ReadByteString());
            case BuiltInType.NodeId: return Variant.From(decoder.ReadNodeId());
            case BuiltInType.ExpandedNodeId: return Variant.From(decoder.ReadExpandedNodeId());
            case BuiltInType.StatusCode: return Variant.From(decoder.ReadStatusCode());
            case BuiltInType.QualifiedName: return Variant.From(decoder.ReadQualifiedName());
            case BuiltInType.LocalizedText: return Variant.From(decoder.ReadLocalizedText());
            case BuiltInType.ExtensionObject: return Variant.From(decoder.ReadExtensionObject());
            case BuiltInType.DataValue: return Variant.From(decoder.ReadDataValue());
            case BuiltInType.Variant: throw decoder.Malformed(Clauses.Variant, $"A Variant that directly holds a Variant.");
            case BuiltInType.DiagnosticInfo: throw decoder.Malformed(Clauses.Variant, $"A Variant that holds a DiagnosticInfo.");
            default: throw decoder.Malformed(Clauses.Variant, $"The built-in type {(byte)type} is unknown.");
        }
    }

    private static Variant ReadElements(ref BinaryDecoder decoder, BuiltInType type, bool hasDimensions)
    {
        var elements = ReadArray(ref decoder, type);
        if (!hasDimensions)
        {
            return Variant.OfElements(type, elements);
        }

        var dimensions = decoder.ReadArray(sizeof(int), static (ref BinaryDecoder d) => d.ReadInt32());
        if (dimensions.Length < 2 && (dimensions.Length == 0 || dimensions[0] == (elements?.Length ?? 0)))
        {
            return Variant.OfElements(type, elements);
        }

        long product = 1;
        foreach (var size in dimensions)
        {
            product = size < 0 ? -1 : Math.Min(product * size, int.MaxValue + 1L);
            if (product < 0)
            {
                break;
            }
        }

        return product == (elements?.Length ?? 0)
            ? Variant.OfElements(type, new VariantMatrix(elements ?? EmptyOf(type), dimensions))
            : throw decoder.Malformed(Clauses.Variant, $"A matrix whose dimensions do not make its {elements?.Length ?? 0} elements.");
    }

    private static Array? ReadArray(ref BinaryDecoder decoder, BuiltInType type) => type switch
    {
        BuiltInType.Boolean => decoder.ReadArrayOrNull(1, static (ref BinaryDecoder d) => d.ReadBoolean()),
        BuiltInType.SByte => decoder.ReadArrayOrNull(1, static (ref BinaryDecoder d) => d.ReadSByte()),
        BuiltInType.Byte => decoder.ReadArrayOrNull(1, static (ref BinaryDecoder d) => d.ReadByte()),
        BuiltInType.Int16 => decoder.ReadArrayOrNull(2, static (ref BinaryDecoder d) => d.ReadInt16()),
        BuiltInType.UInt16 => decoder.ReadArrayOrNull(2, static (ref BinaryDecoder d) => d.ReadUInt16()),
        BuiltInType.Int32 => decoder.ReadArrayOrNull(4, static (ref BinaryDecoder d) => d.ReadInt32()),
        BuiltInType.UInt32 => decoder.ReadArrayOrNull(4, static (ref BinaryDecoder d) => d.ReadUInt32()),
        BuiltInType.Int64 => decoder.ReadArrayOrNull(8, static (ref BinaryDecoder d) => d.ReadInt64()),
        BuiltInType.UInt64 => decoder.ReadArrayOrNull(8, static (ref BinaryDecoder d) => d.ReadUInt64()),
        BuiltInType.Float => decoder.ReadArrayOrNull(4, static (ref BinaryDecoder d) => d.ReadFloat()),
        BuiltInType.Double => decoder.ReadArrayOrNull(8, static (ref BinaryDecoder d) => d.ReadDouble()),
        BuiltInType.String => decoder.ReadArrayOrNull(4, static (ref BinaryDecoder d) => d.ReadString()),
        BuiltInType.DateTime =>
            decoder.ReadArrayOrNull(8, static (ref BinaryDecoder d) => new DateTime(d.ReadDateTimeTicks(), DateTimeKind.Utc)),
        BuiltInType.Guid => decoder.ReadArrayOrNull(16, static (ref BinaryDecoder d) => d.ReadGuid()),
        BuiltInType.ByteString or BuiltInType.XmlElement =>
            decoder.ReadArrayOrNull(4, static (ref BinaryDecoder d) => d.ReadByteString()),
        BuiltInType.NodeId => decoder.ReadArrayOrNull(2, static (ref BinaryDecoder d) => d.ReadNodeId()),
        BuiltInType.ExpandedNodeId => decoder.ReadArrayOrNull(2, static (ref BinaryDecoder d) => d.ReadExpandedNodeId()),
        BuiltInType.StatusCode => decoder.ReadArrayOrNull(4, static (ref BinaryDecoder d) => d.ReadStatusCode()),
        BuiltInType.QualifiedName => decoder.ReadArrayOrNull(6, static (ref BinaryDecoder d) => d.ReadQualifiedName()),
        BuiltInType.LocalizedText => decoder.ReadArrayOrNull(1, static (ref BinaryDecoder d) => d.ReadLocalizedText()),
        BuiltInType.ExtensionObject => decoder.ReadArrayOrNull(3, static (ref BinaryDecoder d) => d.ReadExtensionObject()),
        BuiltInType.DataValue => decoder.ReadArrayOrNull(1, static (ref BinaryDecoder d) => d.ReadDataValue()),
        BuiltInType.Variant => decoder.ReadArrayOrNull(1, static (ref BinaryDecoder d) => d.ReadVariant()),
        BuiltInType.DiagnosticInfo => throw decoder.Malformed(Clauses.Variant, $"A Variant that holds DiagnosticInfos."),
        _ => throw decoder.Malformed(Clauses.Variant, $"An array of the built-in type {(byte)type}, which is none."),
    };

    // a matrix whose element array was sent as null
    private static Array EmptyOf(BuiltInType type)
    {
        var none = new BinaryDecoder([0, 0, 0, 0], DecodingLimits.Default);
        return ReadArray(ref none, type) ?? Array.Empty<object>();
    }
}
