using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Services;

namespace EdgeAlarm.OpcUa.DataTypes;

/// <summary>What a server tells of a data type (OPC 10000-3 §5.8.3).</summary>
/// <param name="Id">The type.</param>
/// <param name="Name">Its BrowseName.</param>
/// <param name="IsAbstract">Whether only its subtypes have values.</param>
/// <param name="Parent">The type that it is derived from; the null id where the server does not tell.</param>
/// <param name="Structure">Its fields; null where the server does not describe them.</param>
/// <param name="Enumeration">Its values or bits; null where it has none.</param>
public sealed record DataTypeNode(NodeId Id, string Name, bool IsAbstract, NodeId Parent, StructureDefinition? Structure, EnumDefinition? Enumeration);
