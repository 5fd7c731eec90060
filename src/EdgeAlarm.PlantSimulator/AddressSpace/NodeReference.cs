using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.PlantSimulator.AddressSpace;

/// <summary>One side of a reference.</summary>
internal readonly record struct NodeReference(NodeId Type, bool IsForward, Node Target);
