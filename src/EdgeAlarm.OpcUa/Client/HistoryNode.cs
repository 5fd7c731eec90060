using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.DataTypes;

namespace EdgeAlarm.OpcUa.Client;

/// <summary>A node whose history is read.</summary>
/// <param name="Node">The node.</param>
/// <param name="Member">The way to a number in its values; null for the whole values.</param>
public readonly record struct HistoryNode(NodeId Node, MemberReader? Member = null);
