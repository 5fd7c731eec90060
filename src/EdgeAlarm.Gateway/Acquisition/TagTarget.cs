using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.DataTypes;

namespace EdgeAlarm.Gateway.Acquisition;

/// <summary>What the address of a tag names at its server.</summary>
/// <param name="Status">Good where it can be monitored; otherwise why not.</param>
/// <param name="Node">The node, by this connection's namespace index.</param>
/// <param name="Path">The way into its value.</param>
/// <param name="Member">Reads the number in the value; null for the whole value.</param>
/// <param name="HasHistory">Whether the server says that it keeps history of the node.</param>
/// <param name="Problem">What is wrong with it in words, where the server would monitor the node but nothing in it can be compared; null otherwise.</param>
internal sealed record TagTarget(StatusCode Status, NodeId Node, ValuePath Path, MemberReader? Member, bool HasHistory, string? Problem)
{
    /// <summary>Not looked up yet.</summary>
    public static readonly TagTarget Unresolved = Unknown(StatusCodes.BadWaitingForInitialData);

    /// <summary>There is no such node, or no such address.</summary>
    public static TagTarget Unknown(StatusCode status) => new(status, NodeId.Null, ValuePath.Whole, null, false, null);
}
