using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>A node to start from and the steps from there (OPC 10000-4 §5.9.4).</summary>
public sealed record BrowsePath : IStructure<BrowsePath>
{
    /// <inheritdoc />
    public static int EncodedSizeMin => 6;

    /// <summary>Where to start.</summary>
    public NodeId StartingNode { get; init; }

    /// <summary>The steps.</summary>
    public RelativePath RelativePath { get; init; } = new();

    /// <inheritdoc />
    public static BrowsePath Decode(ref BinaryDecoder decoder) => new()
    {
        StartingNode = decoder.ReadNodeId(),
        RelativePath = RelativePath.Decode(ref decoder),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder)
    {
        encoder.WriteNodeId(StartingNode);
        RelativePath.Encode(encoder);
    }
}
