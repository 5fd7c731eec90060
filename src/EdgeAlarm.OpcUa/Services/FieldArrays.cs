using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>Arrays as fields of messages: null is read as empty (OPC 10000-4 §5.3), empty is written as length 0.</summary>
internal static class FieldArrays
{
    internal static T[] ReadStructures<T>(this ref BinaryDecoder decoder)
        where T : IStructure<T> => decoder.ReadArray(T.EncodedSizeMin, static (ref BinaryDecoder d) => T.Decode(ref d));

    internal static string?[] ReadStrings(this ref BinaryDecoder decoder) =>
        decoder.ReadArray(4, static (ref BinaryDecoder d) => d.ReadString());

    internal static byte[]?[] ReadByteStrings(this ref BinaryDecoder decoder) =>
        decoder.ReadArray(4, static (ref BinaryDecoder d) => d.ReadByteString());

    internal static uint[] ReadUInt32s(this ref BinaryDecoder decoder) =>
        decoder.ReadArray(4, static (ref BinaryDecoder d) => d.ReadUInt32());

    internal static StatusCode[] ReadStatusCodes(this ref BinaryDecoder decoder) =>
        decoder.ReadArray(4, static (ref BinaryDecoder d) => d.ReadStatusCode());

    internal static DiagnosticInfo?[] ReadDiagnosticInfos(this ref BinaryDecoder decoder) =>
        decoder.ReadArray(1, static (ref BinaryDecoder d) => d.ReadDiagnosticInfo());

    internal static ExtensionObject[] ReadExtensionObjects(this ref BinaryDecoder decoder) =>
        decoder.ReadArray(3, static (ref BinaryDecoder d) => d.ReadExtensionObject());

    internal static DataValue[] ReadDataValues(this ref BinaryDecoder decoder) =>
        decoder.ReadArray(1, static (ref BinaryDecoder d) => d.ReadDataValue());

    internal static Variant[] ReadVariants(this ref BinaryDecoder decoder) =>
        decoder.ReadArray(1, static (ref BinaryDecoder d) => d.ReadVariant());

    internal static void WriteStructures<T>(this BinaryEncoder encoder, T[] elements)
        where T : IStructure<T> => encoder.WriteArray(elements, static (e, item) => item.Encode(e));

    internal static void WriteStrings(this BinaryEncoder encoder, string?[] elements) =>
        encoder.WriteArray(elements, static (e, item) => e.WriteString(item));

    internal static void WriteByteStrings(this BinaryEncoder encoder, byte[]?[] elements) =>
        encoder.WriteArray(elements, static (e, item) => e.WriteByteString(item));

    internal static void WriteUInt32s(this BinaryEncoder encoder, uint[] elements) =>
        encoder.WriteArray(elements, static (e, item) => e.WriteUInt32(item));

    internal static void WriteStatusCodes(this BinaryEncoder encoder, StatusCode[] elements) =>
        encoder.WriteArray(elements, static (e, item) => e.WriteStatusCode(item));

    internal static void WriteDiagnosticInfos(this BinaryEncoder encoder, DiagnosticInfo?[] elements) =>
        encoder.WriteArray(elements, static (e, item) => e.WriteDiagnosticInfo(item));

    internal static void WriteExtensionObjects(this BinaryEncoder encoder, ExtensionObject[] elements) =>
        encoder.WriteArray(elements, static (e, item) => e.WriteExtensionObject(item));

    internal static void WriteDataValues(this BinaryEncoder encoder, DataValue[] elements) =>
        encoder.WriteArray(elements, static (e, item) => e.WriteDataValue(item));

    internal static void WriteVariants(this BinaryEncoder encoder, Variant[] elements) =>
        encoder.WriteArray(elements, static (e, item) => e.WriteVariant(item));
}
