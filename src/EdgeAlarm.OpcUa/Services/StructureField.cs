using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>A field of a structure (OPC 10000-3 §8.51).</summary>
public sealed record StructureField : IStructure<StructureField>
{
    /// <inheritdoc />
    public static int EncodedSizeMin => 20;

    /// <summary>Its name, unique within the structure.</summary>
    public string? Name { get; init; }

    /// <summary>What it is, for people.</summary>
    public LocalizedText Description { get; init; }

    /// <summary>Its data type.</summary>
    public NodeId DataType { get; init; }

    /// <summary>-1 scalar, 1 array, 2 and more matrix; no other is allowed.</summary>
    public int ValueRank { get; init; }

    /// <summary>The sizes of its dimensions, 0 where they vary.</summary>
    public uint[] ArrayDimensions { get; init; } = [];

    /// <summary>The longest text or bytes, 0 for no limit.</summary>
    public uint MaxStringLength { get; init; }

    /// <summary>Whether it may be left out; in types with subtyped values: whether it may hold a subtype.</summary>
    public bool IsOptional { get; init; }

    /// <inheritdoc />
    public static StructureField Decode(ref BinaryDecoder decoder) => new()
    {
        Name = decoder.ReadString(),
        Description = decoder.ReadLocalizedText(),
        DataType = decoder.ReadNodeId(),
        ValueRank = decoder.ReadInt32(),
        ArrayDimensions = decoder.ReadUInt32s(),
        MaxStringLength = decoder.ReadUInt32(),
        IsOptional = decoder.ReadBoolean(),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder)
    {
        encoder.WriteString(Name);
        encoder.WriteLocalizedText(Description);
        encoder.WriteNodeId(DataType);
        encoder.WriteInt32(ValueRank);
        encoder.WriteUInt32s(ArrayDimensions);
        encoder.WriteUInt32(MaxStringLength);
        encoder.WriteBoolean(IsOptional);
    }
}
