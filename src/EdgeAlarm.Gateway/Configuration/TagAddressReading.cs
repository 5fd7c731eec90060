using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.DataTypes;

namespace EdgeAlarm.Gateway.Configuration;

/// <summary>One way to understand an address: a node, and the way into its value.</summary>
/// <param name="Node">The node by namespace URI.</param>
/// <param name="Path">The way into its value.</param>
public sealed record TagAddressReading(ExpandedNodeId Node, ValuePath Path);
