using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.Client;

/// <summary>A node to monitor.</summary>
/// <param name="Handle">Our number for it, which its notifications repeat; not 0.</param>
/// <param name="Node">The node; its Value attribute is monitored.</param>
/// <param name="Sampling">Sampling interval; 0 is as fast as the server can.</param>
/// <param name="Queue">Queue size.</param>
public readonly record struct ItemRequest(uint Handle, NodeId Node, TimeSpan Sampling, uint Queue);
