using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>Whose references to return, and which (OPC 10000-4 §5.9.2).</summary>
public sealed record BrowseDescription : IStructure<BrowseDescription>
{
    /// <inheritdoc />
    public static int EncodedSizeMin => 17;

    /// <summary>Where to start.</summary>
    public NodeId NodeId { get; init; }

    /// <summary>Which direction.</summary>
    public BrowseDirection BrowseDirection { get; init; }

    /// <summary>Which references; null for all.</summary>
    public NodeId ReferenceTypeId { get; init; }

    /// <summary>Whether subtypes of the reference type count.</summary>
    public bool IncludeSubtypes { get; init; }

    /// <summary>Bits of NodeClass, 0 for all.</summary>
    public uint NodeClassMask { get; init; }

    /// <summary>Bits of the fields to return; 63 for all.</summary>
    public uint ResultMask { get; init; }

    /// <inheritdoc />
    public static BrowseDescription Decode(ref BinaryDecoder decoder) => new()
    {
        NodeId = decoder.ReadNodeId(),
        BrowseDirection = (BrowseDirection)decoder.ReadInt32(),
        ReferenceTypeId = decoder.ReadNodeId(),
        IncludeSubtypes = decoder.ReadBoolean(),
        NodeClassMask = decoder.ReadUInt32(),
        ResultMask = decoder.ReadUInt32(),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder)
    {
        encoder.WriteNodeId(NodeId);
        encoder.WriteInt32((int)BrowseDirection);
        encoder.WriteNodeId(ReferenceTypeId);
        encoder.WriteBoolean(IncludeSubtypes);
        encoder.WriteUInt32(NodeClassMask);
        encoder.WriteUInt32(ResultMask);
    }
}
