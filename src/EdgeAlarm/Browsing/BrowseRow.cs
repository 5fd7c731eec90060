using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Client;
using EdgeAlarm.OpcUa.DataTypes;

namespace EdgeAlarm.Browsing;

/// <summary>A node of the plant as people see it.</summary>
/// <param name="Node">The node, its name and where it was met.</param>
/// <param name="Address">Its address by namespace URI.</param>
/// <param name="Description">Unit, range, shape; null where it is no variable.</param>
/// <param name="Type">Its data type; null where it is no variable, or where the server does not tell.</param>
/// <param name="Value">Its value at the moment; means nothing where it is no variable.</param>
internal sealed record BrowseRow(BrowsedNode Node, ExpandedNodeId Address, NodeDescription? Description, ValueLayout? Type, DataValue Value)
{
    public bool IsVariable => Description is not null;
}
