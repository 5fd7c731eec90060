using System.IO.Enumeration;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Client;
using EdgeAlarm.OpcUa.Services;

namespace EdgeAlarm.Browsing;

/// <summary>Finds out what a server has: nodes, types, units, values.</summary>
internal sealed class PlantBrowser(UaSession session)
{
    /// <summary>Whether a bound ended the walk.</summary>
    public bool IsCutShort { get; private set; }

    /// <summary>Nodes that the server would not show.</summary>
    public int Unreadable { get; private set; }

    /// <summary>The server's NamespaceArray.</summary>
    public IReadOnlyList<string?> Namespaces { get; private set; } = [];

    /// <summary>Browses.</summary>
    /// <param name="from">Where to begin; null for the Objects folder, whose Server object is not entered.</param>
    /// <param name="depth">Steps at most.</param>
    /// <param name="filter">A part of the path, or a pattern with <c>*</c> for a whole path or a whole name; null for all.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The nodes, parents before their children; of a filter those that match, and what leads to them.</returns>
    /// <exception cref="UaClientException">The connection failed, or there is no such node.</exception>
    public async Task<IReadOnlyList<BrowseRow>> RunAsync(ExpandedNodeId? from, int depth, string? filter, CancellationToken cancellationToken)
    {
        Namespaces = await session.ReadNamespacesAsync(cancellationToken);
        await session.LearnAsync(profile: null, cancellationToken);
        var start = StandardNodes.ObjectsFolder;
        if (from is { } wanted && !wanted.TryResolve(Namespaces, out start))
        {
            throw new UaClientException(UaFailure.Service, StatusCodes.BadNodeIdUnknown, $"the server does not know the namespace of {wanted}; it has {string.Join(", ", Namespaces)}");
        }
        var name = (await session.ReadAsync([new() { NodeId = start, AttributeId = AttributeIds.BrowseName }], cancellationToken))[0];
        if (name.Status.IsBad)
        {
            throw new UaClientException(UaFailure.Service, name.Status, $"there is no node {from}: {name.Status}");
        }
        var walk = new AddressSpaceWalk(session, session.Limits) { DepthMax = depth, Closed = from is null ? new HashSet<NodeId> { StandardNodes.Server } : [] };
        var nodes = await walk.RunAsync(start, name.Value.TryGet<QualifiedName>(out var browseName) ? browseName.Name ?? "" : "", cancellationToken);
        (IsCutShort, Unreadable) = (walk.IsCutShort, walk.Unreadable);
        return await DescribeAsync(Matching(nodes, filter), cancellationToken);
    }

    private static IReadOnlyList<BrowsedNode> Matching(IReadOnlyList<BrowsedNode> nodes, string? filter)
    {
        if (string.IsNullOrEmpty(filter))
        {
            return nodes;
        }
        var pattern = filter.Contains('*', StringComparison.Ordinal) ? filter : $"*{filter}*";
        var kept = new HashSet<int>();
        for (var index = 0; index < nodes.Count; index++)
        {
            if (nodes[index].Class is NodeClass.Variable && Matches(pattern, nodes[index].Path))
            {
                for (var at = index; at >= 0 && kept.Add(at); at = nodes[at].Parent)
                {
                    // a node that is kept keeps those above it
                }
            }
        }
        var positions = kept.Order().Select((index, position) => (index, position)).ToDictionary(pair => pair.index, pair => pair.position);
        return [.. kept.Order().Select(index => nodes[index] with { Parent = nodes[index].Parent < 0 ? -1 : positions[nodes[index].Parent] })];
    }

    private static bool Matches(string pattern, string path) =>
        FileSystemName.MatchesSimpleExpression(pattern, path) || FileSystemName.MatchesSimpleExpression(pattern, path.AsSpan(path.LastIndexOf('/') + 1));

    private async Task<IReadOnlyList<BrowseRow>> DescribeAsync(IReadOnlyList<BrowsedNode> nodes, CancellationToken cancellationToken)
    {
        var variables = nodes.Where(node => node.Class is NodeClass.Variable).Select(node => node.Node).ToArray();
        var described = (await NodeDescriptionReader.ReadWithoutPathsAsync(session, variables, Namespaces, cancellationToken)).ToDictionary(description => description.Node);
        var values = await session.ReadManyAsync([.. variables.Select(node => new ReadValueId { NodeId = node, AttributeId = AttributeIds.Value })], session.Limits, cancellationToken);
        var byNode = variables.Zip(values).ToDictionary(pair => pair.First, pair => pair.Second);
        var typeOf = described.Values.ToDictionary(description => description.Node, description => description.DataType.TryResolve(Namespaces, out var type) ? type : NodeId.Null);
        var types = await DataTypeReader.ReadAsync(session, typeOf.Values.Distinct(), session.Limits, cancellationToken);
        return [.. nodes.Select(node => described.TryGetValue(node.Node, out var description)
            ? new BrowseRow(node, ExpandedNodeId.ByUri(node.Node, Namespaces), description, types.Find(typeOf[node.Node]), byNode[node.Node])
            : new BrowseRow(node, ExpandedNodeId.ByUri(node.Node, Namespaces), null, null, default))];
    }
}
