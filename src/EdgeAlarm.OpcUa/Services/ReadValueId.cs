using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>One attribute of one node (OPC 10000-4 §7.29).</summary>
public sealed record ReadValueId : IStructure<ReadValueId>
{
    /// <inheritdoc />
    public static int EncodedSizeMin => 16;

    /// <summary>The node.</summary>
    public NodeId NodeId { get; init; }

    /// <summary>One of AttributeIds.</summary>
    public uint AttributeId { get; init; }

    /// <summary>Part of an array such as 2:5, or null for all.</summary>
    public string? IndexRange { get; init; }

    /// <summary>Null for the default encoding.</summary>
    public QualifiedName DataEncoding { get; init; }

    /// <inheritdoc />
    public static ReadValueId Decode(ref BinaryDecoder decoder) => new()
    {
        NodeId = decoder.ReadNodeId(),
        AttributeId = decoder.ReadUInt32(),
        IndexRange = decoder.ReadString(),
        DataEncoding = decoder.ReadQualifiedName(),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder)
    {
        encoder.WriteNodeId(NodeId);
        encoder.WriteUInt32(AttributeId);
        encoder.WriteString(IndexRange);
        encoder.WriteQualifiedName(DataEncoding);
    }
}
