using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>The DataTypeDefinition of a structure (OPC 10000-3 §8.48).</summary>
public sealed record StructureDefinition : IEncodedStructure<StructureDefinition>
{
    /// <inheritdoc />
    public static ushort EncodingId => 122;

    /// <inheritdoc />
    public static int EncodedSizeMin => 12;

    /// <summary>The id in front of its binary bodies.</summary>
    public NodeId DefaultEncodingId { get; init; }

    /// <summary>The structure from which it is derived.</summary>
    public NodeId BaseDataType { get; init; }

    /// <summary>How the fields are encoded.</summary>
    public StructureType StructureType { get; init; }

    /// <summary>All fields, the inherited ones first.</summary>
    public StructureField[] Fields { get; init; } = [];

    /// <inheritdoc />
    public static StructureDefinition Decode(ref BinaryDecoder decoder) => new()
    {
        DefaultEncodingId = decoder.ReadNodeId(),
        BaseDataType = decoder.ReadNodeId(),
        StructureType = (StructureType)decoder.ReadInt32(),
        Fields = decoder.ReadStructures<StructureField>(),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder)
    {
        encoder.WriteNodeId(DefaultEncodingId);
        encoder.WriteNodeId(BaseDataType);
        encoder.WriteInt32((int)StructureType);
        encoder.WriteStructures(Fields);
    }
}
