using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Services;

namespace EdgeAlarm.OpcUa.Client;

/// <summary>
/// Walks over the objects and variables under a node, level by level, many nodes in one call. Each node is met once, so circles end; properties are left out, for they
/// belong to their node.
/// </summary>
/// <param name="session">The session.</param>
/// <param name="limits">What one call may hold.</param>
public sealed class AddressSpaceWalk(UaSession session, OperationLimits limits)
{
    private const uint ObjectsAndVariables = (uint)NodeClass.Object | (uint)NodeClass.Variable;

    /// <summary>Nodes met at most; default 50,000.</summary>
    public int NodesMax { get; init; } = 50_000;

    /// <summary>Steps from the begin at most; default 20.</summary>
    public int DepthMax { get; init; } = 20;

    /// <summary>Nodes that are met but not entered.</summary>
    public IReadOnlySet<NodeId> Closed { get; init; } = new HashSet<NodeId>();

    /// <summary>Whether a bound ended the walk before all was met.</summary>
    public bool IsCutShort { get; private set; }

    /// <summary>Nodes that could not be browsed to the end.</summary>
    public int Unreadable { get; private set; }

    /// <summary>Walks.</summary>
    /// <param name="start">Where to begin.</param>
    /// <param name="name">Its name in the paths.</param>
    /// <param name="cancellationToken">Ends the walk.</param>
    /// <returns>The nodes, parents before their children.</returns>
    /// <exception cref="UaClientException">A call failed. A single node that cannot be browsed is counted.</exception>
    public async Task<IReadOnlyList<BrowsedNode>> RunAsync(NodeId start, string name, CancellationToken cancellationToken)
    {
        var nodes = new List<BrowsedNode> { new(start, -1, 0, NodeClass.Unspecified, name, name) };
        var met = new HashSet<NodeId> { start };
        for (var (from, depth) = (0, 1); from < nodes.Count && !IsCutShort; depth++)
        {
            if (depth > DepthMax)
            {
                IsCutShort = true;
                break;
            }
            var level = Enumerable.Range(from, nodes.Count - from).Where(index => !Closed.Contains(nodes[index].Node)).ToArray();
            from = nodes.Count;
            var results = await session.BrowseManyAsync([.. level.Select(index => Downwards(nodes[index].Node))], limits, NodesMax, cancellationToken);
            foreach (var (parent, result) in level.Zip(results))
            {
                Unreadable += result.StatusCode.IsBad ? 1 : 0;
                Meet(nodes, met, parent, depth, result);
            }
        }
        return nodes;
    }

    private void Meet(List<BrowsedNode> nodes, HashSet<NodeId> met, int parent, int depth, BrowseResult result)
    {
        foreach (var reference in result.References.Where(reference => reference.NodeId.ServerIndex == 0 && reference.ReferenceTypeId != StandardNodes.HasProperty))
        {
            if (nodes.Count >= NodesMax)
            {
                IsCutShort = true;
                return;
            }
            if (met.Add(reference.NodeId.NodeId))
            {
                var name = reference.BrowseName.Name ?? "";
                nodes.Add(new(reference.NodeId.NodeId, parent, depth, reference.NodeClass, name, $"{nodes[parent].Path}/{name}"));
            }
        }
    }

    private static BrowseDescription Downwards(NodeId node) => new()
    {
        NodeId = node,
        BrowseDirection = BrowseDirection.Forward,
        ReferenceTypeId = StandardNodes.HierarchicalReferences,
        IncludeSubtypes = true,
        NodeClassMask = ObjectsAndVariables,
        ResultMask = 63,
    };
}
