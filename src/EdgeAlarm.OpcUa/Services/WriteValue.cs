using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>One attribute of one node with its new value (OPC 10000-4 §5.11.4).</summary>
public sealed record WriteValue : IStructure<WriteValue>
{
    /// <inheritdoc />
    public static int EncodedSizeMin => 11;

    /// <summary>The node.</summary>
    public NodeId NodeId { get; init; }

    /// <summary>One of AttributeIds.</summary>
    public uint AttributeId { get; init; }

    /// <summary>Part of an array such as 2:5, or null for all.</summary>
    public string? IndexRange { get; init; }

    /// <summary>The value; many servers refuse a status or times with it.</summary>
    public DataValue Value { get; init; }

    /// <inheritdoc />
    public static WriteValue Decode(ref BinaryDecoder decoder) => new()
    {
        NodeId = decoder.ReadNodeId(),
        AttributeId = decoder.ReadUInt32(),
        IndexRange = decoder.ReadString(),
        Value = decoder.ReadDataValue(),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder)
    {
        encoder.WriteNodeId(NodeId);
        encoder.WriteUInt32(AttributeId);
        encoder.WriteString(IndexRange);
        encoder.WriteDataValue(Value);
    }
}
