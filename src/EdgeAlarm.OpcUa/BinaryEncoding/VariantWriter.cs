using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.BinaryEncoding;

/// <summary>Writes a Variant (OPC 10000-6 §5.2.2.16).</summary>
internal static class VariantWriter
{
    internal static void Write(BinaryEncoder encoder, Variant value)
    {
        var dimensions = value.Dimensions;
        encoder.WriteByte((byte)((byte)value.Type
            | (value.IsArray ? VariantMask.Array : 0)
            | (dimensions.Length > 0 ? VariantMask.Dimensions : 0)));
        if (!value.IsArray)
        {
            WriteScalar(encoder, value);
            return;
        }

        WriteElements(encoder, value.Elements);
        if (dimensions.Length > 0)
        {
            encoder.WriteInt32(dimensions.Length);
            foreach (var size in dimensions)
            {
                encoder.WriteInt32(size);
            }
        }
    }

    private static void WriteScalar(BinaryEncoder encoder, Variant value)
    {
        switch (value.Type)
        {
            case BuiltInType.Null: break;
            case BuiltInType.Boolean: encoder.WriteBoolean(value.Bits != 0); break;
            case BuiltInType.SByte: encoder.WriteSByte((sbyte)value.Bits); break;
            case BuiltInType.Byte: encoder.WriteByte((byte)value.Bits); break;
            case BuiltInType.Int16: encoder.WriteInt16((short)value.Bits); break;
            case BuiltInType.UInt16: encoder.WriteUInt16((ushort)value.Bits); break;
            case BuiltInType.Int32: encoder.WriteInt32((int)value.Bits); break;
            case BuiltInType.UInt32: encoder.WriteUInt32((uint)value.Bits); break;
            case BuiltInType.Int64: encoder.WriteInt64(value.Bits); break;
            case BuiltInType.UInt64: encoder.WriteUInt64(unchecked((ulong)value.Bits)); break;
            case BuiltInType.Float: encoder.WriteInt32((int)value.Bits); break;
            case BuiltInType.Double: encoder.WriteInt64(value.Bits); break;
            case BuiltInType.DateTime: encoder.WriteDateTimeTicks(value.Bits); break;
            case BuiltInType.StatusCode: encoder.WriteUInt32((uint)value.Bits); break;
            case BuiltInType.String: encoder.WriteString((string?)value.Reference); break;
            case BuiltInType.Guid: encoder.WriteGuid((Guid)value.Reference!); break;
            case BuiltInType.ByteString:
            case BuiltInType.XmlElement: encoder.WriteByteString((byte[]?)value.Reference); break;
            case BuiltInType.NodeId: encoder.WriteNodeId((NodeId)value.Reference!); break;
            case BuiltInType.ExpandedNodeId: encoder.WriteExpandedNodeId((ExpandedNodeId)value.Reference!); break;
            case BuiltInType.QualifiedName: encoder.WriteQualifiedName((QualifiedName)value.Reference!); break;
            case BuiltInType.LocalizedText: encoder.WriteLocalizedText((LocalizedText)value.Reference!); break;
            case BuiltInType.ExtensionObject: encoder.WriteExtensionObject((ExtensionObject)value.Reference!); break;
            case BuiltInType.DataValue: encoder.WriteDataValue((DataValue)value.Reference!); break;

            // no factory makes these
            case BuiltInType.Variant:
            case BuiltInType.DiagnosticInfo: throw new NotSupportedException($"A Variant cannot hold a {value.Type}.");
        }
    }

    private static void WriteElements(BinaryEncoder encoder, Array? elements)
    {
        switch (elements)
        {
            case null: encoder.WriteInt32(-1); break;
            case bool[] array: encoder.WriteArray(array, static (e, item) => e.WriteBoolean(item)); break;
            case sbyte[] array: encoder.WriteArray(array, static (e, item) => e.WriteSByte(item)); break;
            case byte[] array: encoder.WriteByteString(array); break;
            case short[] array: encoder.WriteArray(array, static (e, item) => e.WriteInt16(item)); break;
            case ushort[] array: encoder.WriteArray(array, static (e, item) => e.WriteUInt16(item)); break;
            case int[] array: encoder.WriteArray(array, static (e, item) => e.WriteInt32(item)); break;
            case uint[] array: encoder.WriteArray(array, static (e, item) => e.WriteUInt32(item)); break;
            case long[] array: encoder.WriteArray(array, static (e, item) => e.WriteInt64(item)); break;
            case ulong[] array: encoder.WriteArray(array, static (e, item) => e.WriteUInt64(item)); break;
            case float[] array: encoder.WriteArray(array, static (e, item) => e.WriteFloat(item)); break;
            case double[] array: encoder.WriteArray(array, static (e, item) => e.WriteDouble(item)); break;
            case string?[] array: encoder.WriteArray(array, static (e, item) => e.WriteString(item)); break;
            case DateTime[] array: encoder.WriteArray(array, static (e, item) => e.WriteDateTimeTicks(item.Ticks)); break;
            case Guid[] array: encoder.WriteArray(array, static (e, item) => e.WriteGuid(item)); break;
            case byte[]?[] array: encoder.WriteArray(array, static (e, item) => e.WriteByteString(item)); break;
            case NodeId[] array: encoder.WriteArray(array, static (e, item) => e.WriteNodeId(item)); break;
            case ExpandedNodeId[] array: encoder.WriteArray(array, static (e, item) => e.WriteExpandedNodeId(item)); break;
            case StatusCode[] array: encoder.WriteArray(array, static (e, item) => e.WriteStatusCode(item)); break;
            case QualifiedName[] array: encoder.WriteArray(array, static (e, item) => e.WriteQualifiedName(item)); break;
            case LocalizedText[] array: encoder.WriteArray(array, static (e, item) => e.WriteLocalizedText(item)); break;
            case ExtensionObject[] array: encoder.WriteArray(array, static (e, item) => e.WriteExtensionObject(item)); break;
            case DataValue[] array: encoder.WriteArray(array, static (e, item) => e.WriteDataValue(item)); break;
            case Variant[] array: encoder.WriteArray(array, static (e, item) => e.WriteVariant(item)); break;
            default: throw new NotSupportedException($"A Variant cannot hold a {elements.GetType()}.");
        }
    }
}
