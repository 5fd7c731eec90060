using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>A reference and the node at its end (OPC 10000-4 §7.30).</summary>
public sealed record ReferenceDescription : IStructure<ReferenceDescription>
{
    /// <inheritdoc />
    public static int EncodedSizeMin => 18;

    /// <summary>The type of the reference.</summary>
    public NodeId ReferenceTypeId { get; init; }

    /// <summary>Whether it points away from the browsed node.</summary>
    public bool IsForward { get; init; }

    /// <summary>The node at its end.</summary>
    public ExpandedNodeId NodeId { get; init; }

    /// <summary>That node's name for programs.</summary>
    public QualifiedName BrowseName { get; init; }

    /// <summary>That node's name for people.</summary>
    public LocalizedText DisplayName { get; init; }

    /// <summary>That node's class.</summary>
    public NodeClass NodeClass { get; init; }

    /// <summary>That node's type, or null.</summary>
    public ExpandedNodeId TypeDefinition { get; init; }

    /// <inheritdoc />
    public static ReferenceDescription Decode(ref BinaryDecoder decoder) => new()
    {
        ReferenceTypeId = decoder.ReadNodeId(),
        IsForward = decoder.ReadBoolean(),
        NodeId = decoder.ReadExpandedNodeId(),
        BrowseName = decoder.ReadQualifiedName(),
        DisplayName = decoder.ReadLocalizedText(),
        NodeClass = (NodeClass)decoder.ReadInt32(),
        TypeDefinition = decoder.ReadExpandedNodeId(),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder)
    {
        encoder.WriteNodeId(ReferenceTypeId);
        encoder.WriteBoolean(IsForward);
        encoder.WriteExpandedNodeId(NodeId);
        encoder.WriteQualifiedName(BrowseName);
        encoder.WriteLocalizedText(DisplayName);
        encoder.WriteInt32((int)NodeClass);
        encoder.WriteExpandedNodeId(TypeDefinition);
    }
}
