using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Services;
using EdgeAlarm.PlantSimulator.Plant;

namespace EdgeAlarm.PlantSimulator.AddressSpace;

/// <summary>A node of the server's address space (OPC 10000-3 §5).</summary>
internal sealed class Node(NodeId id, NodeClass nodeClass, QualifiedName browseName, NodeId typeDefinition)
{
    private readonly List<NodeReference> _references = [];

    internal NodeId Id { get; } = id;

    internal NodeClass Class { get; } = nodeClass;

    internal QualifiedName BrowseName { get; } = browseName;

    /// <summary>Null for types.</summary>
    internal NodeId TypeDefinition { get; } = typeDefinition;

    internal string Description { get; init; } = string.Empty;

    /// <summary>Only of a variable.</summary>
    internal NodeValue? Value { get; init; }

    /// <summary>Only of a variable.</summary>
    internal NodeId DataType { get; init; }

    /// <summary>Only of a variable: -1 scalar, 1 one dimension.</summary>
    internal int ValueRank { get; init; } = -1;

    /// <summary>Only of a variable whose values are kept.</summary>
    internal TagHistory? History { get; init; }

    /// <summary>Only of a data type: its DataTypeDefinition, null of one that has none.</summary>
    internal Variant Definition { get; init; }

    /// <summary>Only of a type: whether only its subtypes have instances.</summary>
    internal bool IsAbstract { get; init; }

    internal IReadOnlyList<NodeReference> References => _references;

    /// <summary>Adds the reference on both sides.</summary>
    internal void Refer(NodeId referenceType, Node target)
    {
        _references.Add(new NodeReference(referenceType, true, target));
        target._references.Add(new NodeReference(referenceType, false, this));
    }
}
