using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.DataTypes;

namespace EdgeAlarm.Gateway.Acquisition;

/// <summary>What the address of a tag names at its server.</summary>
/// <param name="Status">Good where it can be monitored; otherwise why not.</param>
/// <param name="Node">The node, by this connection's namespace index.</param>
/// <param name="DataType">The node's data type; null where the server does not tell.</param>
/// <param name="Path">The way into its value.</param>
/// <param name="Member">Reads the number in the value; null for the whole value.</param>
/// <param name="IsLookedUp">Whether the server was asked what the node is; otherwise it is taken for a number until a value shows that it is none.</param>
/// <param name="Problem">What is wrong with it in words, where the server would monitor the node but nothing in it can be compared; null otherwise.</param>
internal sealed record TagTarget(StatusCode Status, NodeId Node, NodeId DataType, ValuePath Path, MemberReader? Member, bool IsLookedUp, string? Problem)
{
    /// <summary>Not looked up yet.</summary>
    public static readonly TagTarget Unresolved = Unknown(StatusCodes.BadWaitingForInitialData);

    /// <summary>There is no such node, or no such address.</summary>
    public static TagTarget Unknown(StatusCode status) => new(status, NodeId.Null, NodeId.Null, ValuePath.Whole, null, true, null);

    /// <summary>The whole value of a node that nobody asked about.</summary>
    public static TagTarget Assumed(NodeId node) => new(default, node, NodeId.Null, ValuePath.Whole, null, false, null);

    /// <summary>Whether another look at the same address found the same node, as far as its id tells, and its data type where both looks asked for it.</summary>
    public bool IsSameNode(TagTarget other) => Node == other.Node && (DataType == other.DataType || !IsLookedUp || !other.IsLookedUp);
}
