using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>Where a browse path ends (OPC 10000-4 §5.9.4).</summary>
public sealed record BrowsePathTarget : IStructure<BrowsePathTarget>
{
    /// <inheritdoc />
    public static int EncodedSizeMin => 6;

    /// <summary>The node.</summary>
    public ExpandedNodeId TargetId { get; init; }

    /// <summary>The first step not gone, 0xFFFFFFFF where the whole path was.</summary>
    public uint RemainingPathIndex { get; init; }

    /// <inheritdoc />
    public static BrowsePathTarget Decode(ref BinaryDecoder decoder) => new()
    {
        TargetId = decoder.ReadExpandedNodeId(),
        RemainingPathIndex = decoder.ReadUInt32(),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder)
    {
        encoder.WriteExpandedNodeId(TargetId);
        encoder.WriteUInt32(RemainingPathIndex);
    }
}
