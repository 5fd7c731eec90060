using EdgeAlarm.OpcUa.BinaryEncoding;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>The DataTypeDefinition of an enumeration or an option set (OPC 10000-3 §8.50).</summary>
public sealed record EnumDefinition : IEncodedStructure<EnumDefinition>
{
    /// <inheritdoc />
    public static ushort EncodingId => 123;

    /// <inheritdoc />
    public static int EncodedSizeMin => 4;

    /// <summary>The values, or the bits.</summary>
    public EnumField[] Fields { get; init; } = [];

    /// <inheritdoc />
    public static EnumDefinition Decode(ref BinaryDecoder decoder) => new() { Fields = decoder.ReadStructures<EnumField>() };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder) => encoder.WriteStructures(Fields);
}
