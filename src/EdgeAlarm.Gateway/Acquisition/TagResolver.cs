using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Client;
using EdgeAlarm.OpcUa.DataTypes;
using EdgeAlarm.OpcUa.Services;

namespace EdgeAlarm.Gateway.Acquisition;

/// <summary>
/// Finds what the addresses of tags name at their server: which reading of each names a node, of what data type, and whether a number is at the end of its path. Anew for each
/// subscription, since a download into the PLC may change all of it.
/// </summary>
internal static class TagResolver
{
    private const int OpenRank = -2;
    private static readonly uint[] Attributes = [AttributeIds.DataType, AttributeIds.ValueRank];

    private static readonly HashSet<StatusCode> NotThere =
        [StatusCodes.BadNodeIdUnknown, StatusCodes.BadNodeIdInvalid, StatusCodes.BadAttributeIdInvalid, StatusCodes.BadNodeIdRejected];

    /// <summary>Whether a code means that there is no such node.</summary>
    public static bool IsNotThere(StatusCode status) => NotThere.Contains(status.WithoutInfoBits);

    /// <summary>
    /// Finds the targets of tags; one a tag, in their order. An address that can only be understood as the whole value of one node is not asked about: whether that is there is
    /// answered with its item, and ten thousand questions fewer make alarms run sooner.
    /// </summary>
    /// <exception cref="UaClientException">A call failed. A single tag that is not there has its code in its target.</exception>
    public static async Task<IReadOnlyList<TagTarget>> ResolveAsync(UaSession session, IReadOnlyList<MonitoredTag> tags, CancellationToken cancellationToken)
    {
        var namespaces = await session.ReadNamespacesAsync(cancellationToken);
        var open = tags.Where(tag => !IsPlain(tag)).ToArray();
        var lookedUp = open.Length == 0 ? [] : await LookUpAsync(session, open, namespaces, cancellationToken);
        var targets = new TagTarget[tags.Count];
        for (int index = 0, at = 0; index < targets.Length; index++)
        {
            targets[index] = IsPlain(tags[index])
                ? tags[index].Address!.Readings[0].Node.TryResolve(namespaces, out var node) ? TagTarget.Assumed(node) : TagTarget.Unknown(StatusCodes.BadNodeIdUnknown)
                : lookedUp[at++];
        }
        return targets;
    }

    /// <summary>Asks the server about each of them; one target a tag, in their order.</summary>
    /// <inheritdoc cref="ResolveAsync" />
    public static async Task<IReadOnlyList<TagTarget>> LookUpAsync(UaSession session, IReadOnlyList<MonitoredTag> tags, CancellationToken cancellationToken) =>
        await LookUpAsync(session, tags, await session.ReadNamespacesAsync(cancellationToken), cancellationToken);

    private static bool IsPlain(MonitoredTag tag) => tag.Address is { Readings: [{ Path.Steps.IsEmpty: true }] };

    private static async Task<TagTarget[]> LookUpAsync(
        UaSession session, IReadOnlyList<MonitoredTag> tags, IReadOnlyList<string?> namespaces, CancellationToken cancellationToken)
    {
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
                found[tag] = new(node, path, dataType, values[(at * Attributes.Length) + 1]);
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
            ? new(default, found.Node, found.Type, found.Path, member, true, null)
            : new(StatusCodes.BadTypeMismatch, found.Node, found.Type, found.Path, null, true, problem);
    }

    private sealed record Found(NodeId Node, ValuePath Path, DataValue DataType, DataValue ValueRank)
    {
        public bool IsThere => !NotThere.Contains(DataType.Status.WithoutInfoBits);

        // a server that does not tell leaves the type open
        public NodeId Type => DataType.Value.TryGet<NodeId>(out var type) ? type : NodeId.Null;

        public int Rank => ValueRank.Status.IsGood && ValueRank.Value.TryGetInt64(out var rank) ? (int)rank : OpenRank;
    }
}
