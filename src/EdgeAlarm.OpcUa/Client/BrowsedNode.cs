using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Services;

namespace EdgeAlarm.OpcUa.Client;

/// <summary>A node that a walk met.</summary>
/// <param name="Node">The node.</param>
/// <param name="Parent">Index of the node under which it was met first; -1 for where the walk began.</param>
/// <param name="Depth">Steps from the begin.</param>
/// <param name="Class">Its class.</param>
/// <param name="BrowseName">Its name for programs.</param>
/// <param name="Path">The BrowseNames from the begin on, separated by <c>/</c>.</param>
public sealed record BrowsedNode(NodeId Node, int Parent, int Depth, NodeClass Class, string BrowseName, string Path);
