using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.DataTypes;

/// <summary>Goes over encoded values without making objects of them (OPC 10000-6 §5.2.2).</summary>
internal static class ValueSkip
{
    private const byte FirstReservedType = 26;
    private const byte LastReservedType = 31;

    /// <summary>Bytes that every value of the type takes; 0 where it varies.</summary>
    internal static int FixedSize(BuiltInType type) => type switch
    {
        BuiltInType.Boolean or BuiltInType.SByte or BuiltInType.Byte => 1,
        BuiltInType.Int16 or BuiltInType.UInt16 => 2,
        BuiltInType.Int32 or BuiltInType.UInt32 or BuiltInType.Float or BuiltInType.StatusCode => 4,
        BuiltInType.Int64 or BuiltInType.UInt64 or BuiltInType.Double or BuiltInType.DateTime => 8,
        BuiltInType.Guid => 16,
        _ => 0,
    };

    /// <summary>Bytes that a value of the type takes at least, 1 or more.</summary>
    internal static int MinSize(BuiltInType type) => type switch
    {
        BuiltInType.String or BuiltInType.ByteString or BuiltInType.XmlElement => 4,
        BuiltInType.NodeId or BuiltInType.ExpandedNodeId => 2,
        BuiltInType.QualifiedName => 6,
        BuiltInType.ExtensionObject => 3,
        _ => Math.Max(1, FixedSize(type)),
    };

    /// <summary>The type that a Variant's first byte names.</summary>
    internal static BuiltInType TypeOf(byte mask) =>
        (byte)(mask & VariantMask.Type) is var id and (< FirstReservedType or > LastReservedType) ? (BuiltInType)id : BuiltInType.ByteString;

    /// <summary>Goes over one value.</summary>
    /// <exception cref="ProtocolViolation">It is none of this type.</exception>
    internal static void Value(ref BinaryDecoder decoder, BuiltInType type)
    {
        switch (type)
        {
            case BuiltInType.Null:
                break;
            case BuiltInType.String or BuiltInType.ByteString or BuiltInType.XmlElement:
                decoder.ReadBytes();
                break;
            case BuiltInType.NodeId or BuiltInType.ExpandedNodeId:
                NodeIdBytes(ref decoder);
                break;
            case BuiltInType.QualifiedName:
                decoder.Skip(sizeof(ushort));
                decoder.ReadBytes();
                break;
            case BuiltInType.LocalizedText:
                Texts(ref decoder, decoder.ReadByte());
                break;
            case BuiltInType.ExtensionObject:
                NodeIdBytes(ref decoder);
                if (decoder.ReadByte() != (byte)ExtensionObjectKind.None)
                {
                    decoder.ReadBytes();
                }
                break;
            case BuiltInType.DataValue:
                DataValue(ref decoder);
                break;
            case BuiltInType.Variant:
                Variant(ref decoder);
                break;
            case BuiltInType.DiagnosticInfo:
                Diagnostics(ref decoder);
                break;
            default:
                decoder.Skip(FixedSize(type) is > 0 and var size ? size : throw decoder.Malformed(Clauses.Variant, $"The built-in type {(byte)type} is unknown."));
                break;
        }
    }

    /// <summary>Goes over so many values of a type.</summary>
    /// <exception cref="ProtocolViolation">They are none.</exception>
    internal static void Values(ref BinaryDecoder decoder, BuiltInType type, int count)
    {
        if (FixedSize(type) is > 0 and var size)
        {
            decoder.Skip((long)size * count);
            return;
        }
        for (var element = 0; element < count; element++)
        {
            Value(ref decoder, type);
        }
    }

    /// <summary>The elements of a Variant's array, which the decoder stands before.</summary>
    /// <exception cref="ProtocolViolation">The number cannot be true.</exception>
    internal static int Count(ref BinaryDecoder decoder, BuiltInType type) => Math.Max(decoder.ReadArrayLength(MinSize(type)), 0);

    private static void Variant(ref BinaryDecoder decoder)
    {
        decoder.Enter();
        var mask = decoder.ReadByte();
        var type = TypeOf(mask);
        if ((mask & VariantMask.Array) == 0)
        {
            Value(ref decoder, type);
        }
        else
        {
            Values(ref decoder, type, Count(ref decoder, type));
            if ((mask & VariantMask.Dimensions) != 0)
            {
                Values(ref decoder, BuiltInType.Int32, Count(ref decoder, BuiltInType.Int32));
            }
        }
        decoder.Leave();
    }

    private static void DataValue(ref BinaryDecoder decoder)
    {
        decoder.Enter();
        var mask = decoder.ReadByte();
        if ((mask & DataValueMask.Value) != 0)
        {
            Variant(ref decoder);
        }
        decoder.Skip(((mask & DataValueMask.Status) != 0 ? 4 : 0)
            + ((mask & DataValueMask.SourceTimestamp) != 0 ? 8 : 0) + ((mask & DataValueMask.SourcePicoseconds) != 0 ? 2 : 0)
            + ((mask & DataValueMask.ServerTimestamp) != 0 ? 8 : 0) + ((mask & DataValueMask.ServerPicoseconds) != 0 ? 2 : 0));
        decoder.Leave();
    }

    private static void Diagnostics(ref BinaryDecoder decoder)
    {
        decoder.Enter();
        var mask = decoder.ReadByte();
        decoder.Skip(((mask & DiagnosticInfoMask.SymbolicId) != 0 ? 4 : 0) + ((mask & DiagnosticInfoMask.NamespaceUri) != 0 ? 4 : 0)
            + ((mask & DiagnosticInfoMask.Locale) != 0 ? 4 : 0) + ((mask & DiagnosticInfoMask.LocalizedText) != 0 ? 4 : 0));
        if ((mask & DiagnosticInfoMask.AdditionalInfo) != 0)
        {
            decoder.ReadBytes();
        }
        if ((mask & DiagnosticInfoMask.InnerStatusCode) != 0)
        {
            decoder.Skip(sizeof(uint));
        }
        if ((mask & DiagnosticInfoMask.InnerDiagnosticInfo) != 0)
        {
            Diagnostics(ref decoder);
        }
        decoder.Leave();
    }

    private static void Texts(ref BinaryDecoder decoder, byte mask)
    {
        const byte HasLocale = 0x01, HasText = 0x02;
        if ((mask & HasLocale) != 0)
        {
            decoder.ReadBytes();
        }
        if ((mask & HasText) != 0)
        {
            decoder.ReadBytes();
        }
    }

    private static void NodeIdBytes(ref BinaryDecoder decoder)
    {
        const byte HasNamespaceUri = 0x80, HasServerIndex = 0x40, Form = 0x3F;
        var form = decoder.ReadByte();
        switch (form & Form)
        {
            case 0x00:
                decoder.Skip(1);
                break;
            case 0x01:
                decoder.Skip(3);
                break;
            case 0x02:
                decoder.Skip(6);
                break;
            case 0x03 or 0x05:
                decoder.Skip(2);
                decoder.ReadBytes();
                break;
            case 0x04:
                decoder.Skip(18);
                break;
            default:
                throw decoder.Malformed(Clauses.NodeId, $"The form 0x{form:X2} of a NodeId is unknown; 0 to 5 are allowed.");
        }
        if ((form & HasNamespaceUri) != 0)
        {
            decoder.ReadBytes();
        }
        if ((form & HasServerIndex) != 0)
        {
            decoder.Skip(sizeof(uint));
        }
    }
}
