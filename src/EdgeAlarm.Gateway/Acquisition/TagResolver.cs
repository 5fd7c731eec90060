using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Client;
using EdgeAlarm.OpcUa.DataTypes;
using EdgeAlarm.OpcUa.Services;

namespace EdgeAlarm.Gateway.Acquisition;

/// <summary>
/// Looks the addresses of tags up at their server: which reading of each names a node, of what data type, and whether a number is at the end of its path. Anew for each
/// subscription, since a download into the PLC may change all of it.
/// </summary>
internal static class TagResolver
{
    private const byte HistoryRead = 4;
    private const int OpenRank = -2;
    private static readonly uint[] Attributes = [AttributeIds.DataType, AttributeIds.ValueRank, AttributeIds.AccessLevel];

    private static readonly HashSet<StatusCode> NotThere =
        [StatusCodes.BadNodeIdUnknown, StatusCodes.BadNodeIdInvalid, StatusCodes.BadAttributeIdInvalid, StatusCodes.BadNodeIdRejected];

    /// <summary>Looks tags up; one target a tag, in their order.</summary>
    /// <exception cref="UaClientException">A call failed. A single tag that is not there has its code in its target.</exception>
    public static async Task<IReadOnlyList<TagTarget>> ResolveAsync(UaSession session, IReadOnlyList<MonitoredTag> tags, CancellationToken cancellationToken)
    {
        var namespaces = await session.ReadNamespacesAsync(cancellationToken);
        var limits = session.Limits;
        var candidates = tags.SelectMany((tag, index) => Readings(tag, namespaces).Select(reading => (Tag: index, reading.Node, reading.Path))).ToArray();
        var values = await session.ReadManyAsync(
            [.. candidates.SelectMany(candidate => Attributes.Select(attribute => new ReadValueId { NodeId = candidate.Node, AttributeId = attribute }))], limits, cancellationToken);
        var found = new Found?[tags.Count];
        for (var at = candidates.Length - 1; at >= 0; at--)
        {
            // backwards, so that the longest NodeId that is there counts; where none is, the whole text is what people meant
            var (tag, node, path) = candidates[at];
            var dataType = values[at * Attributes.Length];
            if (!NotThere.Contains(dataType.Status.WithoutInfoBits) || found[tag] is null || (!found[tag]!.IsThere && path.Steps.IsEmpty))
            {
                found[tag] = new(node, path, dataType, values[(at * Attributes.Length) + 1], values[(at * Attributes.Length) + 2]);
            }
        }
        var types = await DataTypeReader.ReadAsync(session, found.OfType<Found>().Where(one => one.IsThere).Select(one => one.Type).Distinct(), limits, cancellationToken);
        return [.. tags.Select((tag, index) => Target(tag, found[index], types))];
    }

    private static IEnumerable<(NodeId Node, ValuePath Path)> Readings(MonitoredTag tag, IReadOnlyList<string?> namespaces)
    {
        foreach (var reading in tag.Address?.Readings ?? [])
        {
            if (reading.Node.TryResolve(namespaces, out var node))
            {
                yield return (node, reading.Path);
            }
        }
    }

    private static TagTarget Target(MonitoredTag tag, Found? found, DataTypeCatalog types)
    {
        if (tag.Address is null)
        {
            return TagTarget.Unknown(StatusCodes.BadNodeIdInvalid);
        }
        if (found is null)
        {
            return TagTarget.Unknown(StatusCodes.BadNodeIdUnknown);
        }
        if (!found.IsThere)
        {
            return TagTarget.Unknown(found.DataType.Status);
        }
        var layout = types.Find(found.Type) ?? ValueLayout.Open with { Name = found.Type.ToString() };
        return MemberCompiler.TryCompile(found.Path, layout, found.Rank, out var member, out var problem)
            ? new(default, found.Node, found.Path, member, found.HasHistory, null)
            : new(StatusCodes.BadTypeMismatch, found.Node, found.Path, null, found.HasHistory, problem);
    }

    private sealed record Found(NodeId Node, ValuePath Path, DataValue DataType, DataValue ValueRank, DataValue AccessLevel)
    {
        public bool IsThere => !NotThere.Contains(DataType.Status.WithoutInfoBits);

        // a server that does not tell leaves the type open
        public NodeId Type => DataType.Value.TryGet<NodeId>(out var type) ? type : NodeId.Null;

        public int Rank => ValueRank.Status.IsGood && ValueRank.Value.TryGetInt64(out var rank) ? (int)rank : OpenRank;

        public bool HasHistory => AccessLevel.Value.TryGetUInt64(out var access) && (access & HistoryRead) != 0;
    }
}
