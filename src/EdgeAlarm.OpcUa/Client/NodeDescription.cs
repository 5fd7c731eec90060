using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Services;
using Range = EdgeAlarm.OpcUa.Services.Range;

namespace EdgeAlarm.OpcUa.Client;

/// <summary>
/// What a server says of a node: enough to tell whether an address still names the same thing. Namespaces stand by URI, so that descriptions of two connections
/// can be compared. What the server does not tell has its default.
/// </summary>
public sealed record NodeDescription
{
    /// <summary>The node, by this connection's namespace index.</summary>
    public required NodeId Node { get; init; }

    /// <summary>Whether the node is there: the code of reading its NodeClass.</summary>
    public required StatusCode Status { get; init; }

    /// <summary>Its class.</summary>
    public NodeClass Class { get; init; }

    /// <summary>The BrowseNames on the way from the root's children to the node, as in <c>Objects/Plant/LT101</c>; from as far up as the server tells, at most 16 steps.</summary>
    public string Path { get; init; } = "";

    /// <summary>The name for programs, without its namespace.</summary>
    public string BrowseName { get; init; } = "";

    /// <summary>The name for people.</summary>
    public string DisplayName { get; init; } = "";

    /// <summary>The description for people.</summary>
    public string Description { get; init; } = "";

    /// <summary>The data type of a variable; the null id of other nodes.</summary>
    public ExpandedNodeId DataType { get; init; }

    /// <summary>-1 scalar, 1 array, 2 and more matrix; 0, -2 and -3 leave it open.</summary>
    public int ValueRank { get; init; } = -1;

    /// <summary>The sizes of an array's dimensions, 0 where they vary; empty where the server does not tell.</summary>
    public IReadOnlyList<uint> ArrayDimensions { get; init; } = [];

    /// <summary>Whether the value can be read.</summary>
    public bool IsReadable { get; init; }

    /// <summary>Whether the server says that it has history of the value: AccessLevel or Historizing.</summary>
    public bool HasHistory { get; init; }

    /// <summary>The engineering unit; null where there is none.</summary>
    public EUInformation? Unit { get; init; }

    /// <summary>The range of normal operation; null where there is none, or where it is no range.</summary>
    public Range? Range { get; init; }
}
