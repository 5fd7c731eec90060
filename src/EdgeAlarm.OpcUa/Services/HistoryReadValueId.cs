using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>A node whose history is to be read, and where to go on (OPC 10000-4 §5.11.3).</summary>
public sealed record HistoryReadValueId : IStructure<HistoryReadValueId>
{
    /// <inheritdoc />
    public static int EncodedSizeMin => 16;

    /// <summary>The node.</summary>
    public NodeId NodeId { get; init; }

    /// <summary>A part of an array, or null.</summary>
    public string? IndexRange { get; init; }

    /// <summary>The encoding of structures, or null for the default.</summary>
    public QualifiedName DataEncoding { get; init; }

    /// <summary>Where to go on; null at first.</summary>
    public byte[]? ContinuationPoint { get; init; }

    /// <inheritdoc />
    public static HistoryReadValueId Decode(ref BinaryDecoder decoder) => new()
    {
        NodeId = decoder.ReadNodeId(),
        IndexRange = decoder.ReadString(),
        DataEncoding = decoder.ReadQualifiedName(),
        ContinuationPoint = decoder.ReadByteString(),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder)
    {
        encoder.WriteNodeId(NodeId);
        encoder.WriteString(IndexRange);
        encoder.WriteQualifiedName(DataEncoding);
        encoder.WriteByteString(ContinuationPoint);
    }
}
