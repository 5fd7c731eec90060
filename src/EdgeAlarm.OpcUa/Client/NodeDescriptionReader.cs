using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Services;
using Range = EdgeAlarm.OpcUa.Services.Range;

namespace EdgeAlarm.OpcUa.Client;

/// <summary>Reads <see cref="NodeDescription"/>s of many nodes in a bounded number of calls: attributes, then units and ranges, then one browse for each step up.</summary>
public static class NodeDescriptionReader
{
    private const int StepsUpMax = 16;
    private const int ParentsMax = 20;
    private const byte CurrentRead = 1;
    private const byte HistoryRead = 4;
    private const uint ObjectsAndVariables = (uint)NodeClass.Object | (uint)NodeClass.Variable;

    private static readonly uint[] Attributes =
    [
        AttributeIds.NodeClass, AttributeIds.BrowseName, AttributeIds.DisplayName, AttributeIds.Description, AttributeIds.DataType, AttributeIds.ValueRank,
        AttributeIds.ArrayDimensions, AttributeIds.AccessLevel, AttributeIds.Historizing,
    ];

    private static readonly string[] Properties = ["EngineeringUnits", "EURange"];

    /// <summary>Describes nodes; one description a node, in their order.</summary>
    /// <param name="session">The session.</param>
    /// <param name="nodes">The nodes.</param>
    /// <param name="namespaces">The server's NamespaceArray.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="UaClientException">A call failed. A single node that is not there has its code in its description.</exception>
    public static async Task<IReadOnlyList<NodeDescription>> ReadAsync(
        UaSession session, IReadOnlyList<NodeId> nodes, IReadOnlyList<string?> namespaces, CancellationToken cancellationToken)
    {
        var limits = session.Limits;
        var described = await ReadAsync(session, nodes, namespaces, limits, cancellationToken);
        await AddPathsAsync(session, described, limits, cancellationToken);
        return described;
    }

    /// <summary>Describes nodes whose place is known: all but <see cref="NodeDescription.Path"/>.</summary>
    /// <inheritdoc cref="ReadAsync(UaSession, IReadOnlyList{NodeId}, IReadOnlyList{string?}, CancellationToken)" />
    public static async Task<IReadOnlyList<NodeDescription>> ReadWithoutPathsAsync(
        UaSession session, IReadOnlyList<NodeId> nodes, IReadOnlyList<string?> namespaces, CancellationToken cancellationToken) =>
        await ReadAsync(session, nodes, namespaces, session.Limits, cancellationToken);

    private static async Task<NodeDescription[]> ReadAsync(
        UaSession session, IReadOnlyList<NodeId> nodes, IReadOnlyList<string?> namespaces, OperationLimits limits, CancellationToken cancellationToken)
    {
        var wanted = nodes.SelectMany(node => Attributes.Select(attribute => new ReadValueId { NodeId = node, AttributeId = attribute })).ToArray();
        var values = await session.ReadManyAsync(wanted, limits, cancellationToken);
        var described = nodes.Select((node, index) => Describe(node, [.. values.Skip(index * Attributes.Length).Take(Attributes.Length)], namespaces)).ToArray();
        await AddUnitsAsync(session, described, limits, cancellationToken);
        return described;
    }

    private static NodeDescription Describe(NodeId node, DataValue[] values, IReadOnlyList<string?> namespaces)
    {
        values[3].Value.TryGet<LocalizedText>(out var description);
        values[4].Value.TryGet<NodeId>(out var dataType);
        values[6].Value.TryGet<uint[]>(out var dimensions);
        values[7].Value.TryGetUInt64(out var access);
        values[8].Value.TryGetBoolean(out var historizing);
        return new()
        {
            Node = node,
            Status = values[0].Status,
            Class = values[0].Value.TryGetInt64(out var nodeClass) ? (NodeClass)nodeClass : NodeClass.Unspecified,
            BrowseName = values[1].Value.TryGet<QualifiedName>(out var name) ? name.Name ?? "" : "",
            DisplayName = values[2].Value.AsText() ?? "",
            Description = description.Text ?? "",
            DataType = ExpandedNodeId.ByUri(dataType, namespaces),
            ValueRank = values[5].Value.TryGetInt64(out var rank) ? (int)rank : -1,
            ArrayDimensions = dimensions ?? [],
            IsReadable = (access & CurrentRead) != 0,
            HasHistory = historizing || (access & HistoryRead) != 0,
        };
    }

    private static async Task AddUnitsAsync(UaSession session, NodeDescription[] described, OperationLimits limits, CancellationToken cancellationToken)
    {
        var variables = Enumerable.Range(0, described.Length).Where(index => described[index].Class is NodeClass.Variable).ToArray();
        var paths = variables.SelectMany(index => Properties.Select(name => PropertyPath(described[index].Node, name))).ToArray();
        var targets = await session.TranslateManyAsync(paths, limits, cancellationToken);
        var found = Enumerable.Range(0, targets.Count).Where(at => targets[at] is { StatusCode.IsGood: true, Targets.Length: > 0 }).ToArray();
        var values = await session.ReadManyAsync([.. found.Select(at => new ReadValueId { NodeId = targets[at].Targets[0].TargetId.NodeId, AttributeId = AttributeIds.Value })], limits, cancellationToken);
        foreach (var (at, value) in found.Zip(values))
        {
            var index = variables[at / Properties.Length];
            described[index] = at % Properties.Length == 0
                ? described[index] with { Unit = Decode<EUInformation>(value) }
                : described[index] with { Range = Decode<Range>(value) is { } range && range.Low < range.High ? range : null };
        }
    }

    private static BrowsePath PropertyPath(NodeId node, string name) => new()
    {
        StartingNode = node,
        RelativePath = new() { Elements = [new() { ReferenceTypeId = StandardNodes.HasProperty, IncludeSubtypes = true, TargetName = new QualifiedName(0, name) }] },
    };

    private static T? Decode<T>(DataValue value)
        where T : class, IEncodedStructure<T>
    {
        try
        {
            return value.Status.IsGood && value.Value.TryGet<ExtensionObject>(out var body) && body.TryDecode<T>(DecodingLimits.Default, out var structure) ? structure : null;
        }
        catch (ProtocolViolation)
        {
            // one server's broken property costs nothing but itself
            return null;
        }
    }

    // level by level, each parent browsed once: a thousand tags of one folder cost as many calls as one of them
    private static async Task AddPathsAsync(UaSession session, NodeDescription[] described, OperationLimits limits, CancellationToken cancellationToken)
    {
        var parents = new Dictionary<NodeId, (NodeId Node, string Name)>();
        var level = described.Where(node => node.Status.IsGood).Select(node => node.Node).Distinct().ToArray();
        for (var step = 0; step < StepsUpMax && level.Length > 0; step++)
        {
            var results = await session.BrowseManyAsync([.. level.Select(Upwards)], limits, ParentsMax, cancellationToken);
            foreach (var (node, result) in level.Zip(results))
            {
                // of several parents always the same one, whatever their order in the answer
                parents[node] = result.References
                    .Where(reference => reference.NodeId.ServerIndex == 0)
                    .Select(reference => (reference.NodeId.NodeId, reference.BrowseName.Name ?? ""))
                    .OrderBy(parent => parent.Item2, StringComparer.Ordinal).ThenBy(parent => parent.NodeId.ToString(), StringComparer.Ordinal)
                    .FirstOrDefault((NodeId.Null, ""));
            }
            level = [.. level.Select(node => parents[node].Node).Where(node => !node.IsNull && node != StandardNodes.RootFolder && !parents.ContainsKey(node)).Distinct()];
        }
        for (var index = 0; index < described.Length; index++)
        {
            described[index] = described[index] with { Path = PathOf(described[index], parents) };
        }
    }

    private static string PathOf(NodeDescription node, Dictionary<NodeId, (NodeId Node, string Name)> parents)
    {
        var names = new Stack<string>([node.BrowseName]);
        var at = node.Node;
        while (names.Count <= StepsUpMax && parents.TryGetValue(at, out var parent) && !parent.Node.IsNull && parent.Node != StandardNodes.RootFolder)
        {
            names.Push(parent.Name);
            at = parent.Node;
        }
        return string.Join('/', names);
    }

    private static BrowseDescription Upwards(NodeId node) => new()
    {
        NodeId = node,
        BrowseDirection = BrowseDirection.Inverse,
        ReferenceTypeId = StandardNodes.HierarchicalReferences,
        IncludeSubtypes = true,
        NodeClassMask = ObjectsAndVariables,
        ResultMask = 63,
    };
}
