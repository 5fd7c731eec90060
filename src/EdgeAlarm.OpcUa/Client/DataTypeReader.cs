using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.DataTypes;
using EdgeAlarm.OpcUa.Services;

namespace EdgeAlarm.OpcUa.Client;

/// <summary>
/// Reads data types from a server with all that their fields need (OPC 10000-3 §5.8.3). Servers before version 1.04 know no DataTypeDefinition; their structures stay
/// without fields. Bounded, whatever the server tells: beyond <see cref="TypesMax"/> types the rest is unknown.
/// </summary>
public static class DataTypeReader
{
    /// <summary>Types read for one connection at most.</summary>
    public const int TypesMax = 1000;

    private const int RoundsMax = 32;
    private static readonly uint[] Attributes = [AttributeIds.BrowseName, AttributeIds.IsAbstract, AttributeIds.DataTypeDefinition];

    /// <summary>Reads types; the built-in ones need no reading.</summary>
    /// <exception cref="UaClientException">A call failed. A single type that cannot be read is unknown.</exception>
    public static async Task<DataTypeCatalog> ReadAsync(UaSession session, IEnumerable<NodeId> types, OperationLimits limits, CancellationToken cancellationToken)
    {
        var nodes = new Dictionary<NodeId, DataTypeNode>();
        var wanted = Unknown(types, nodes);
        for (var round = 0; round < RoundsMax && wanted.Count > 0; round++)
        {
            foreach (var node in await ReadAsync(session, wanted, limits, cancellationToken))
            {
                nodes[node.Id] = node;
            }
            wanted = Unknown(wanted.SelectMany(type => Needed(nodes[type])), nodes);
        }
        return new(nodes.Values);
    }

    private static List<NodeId> Unknown(IEnumerable<NodeId> types, Dictionary<NodeId, DataTypeNode> known) =>
        [.. types.Where(type => StandardDataTypes.Find(type) is null && !known.ContainsKey(type)).Distinct().Take(TypesMax - known.Count)];

    // the definition of a structure has the inherited fields, too; only what is no structure is understood by its parents
    private static IEnumerable<NodeId> Needed(DataTypeNode node) => node.Structure is { } structure ? structure.Fields.Select(field => field.DataType) : [node.Parent];

    private static async Task<IEnumerable<DataTypeNode>> ReadAsync(UaSession session, List<NodeId> types, OperationLimits limits, CancellationToken cancellationToken)
    {
        var values = await session.ReadManyAsync(
            [.. types.SelectMany(type => Attributes.Select(attribute => new ReadValueId { NodeId = type, AttributeId = attribute }))], limits, cancellationToken);
        var parents = await session.BrowseManyAsync([.. types.Select(ToParent)], limits, 1, cancellationToken);
        return types.Select((type, index) => Node(type, values[index * 3], values[(index * 3) + 1], values[(index * 3) + 2], parents[index]));
    }

    private static DataTypeNode Node(NodeId type, DataValue name, DataValue isAbstract, DataValue definition, BrowseResult parents) => new(
        type,
        name.Value.TryGet<QualifiedName>(out var browseName) ? browseName.Name ?? "" : type.ToString(),
        isAbstract.Value.TryGetBoolean(out var flag) && flag,
        parents.References.Length > 0 && parents.References[0].NodeId.ServerIndex == 0 ? parents.References[0].NodeId.NodeId : NodeId.Null,
        Decode<StructureDefinition>(definition),
        Decode<EnumDefinition>(definition));

    private static T? Decode<T>(DataValue definition)
        where T : class, IEncodedStructure<T>
    {
        try
        {
            return definition.Status.IsGood && definition.Value.TryGet<ExtensionObject>(out var body) && body.TryDecode<T>(DecodingLimits.Default, out var decoded) ? decoded : null;
        }
        catch (ProtocolViolation)
        {
            // one broken definition makes one type unknown
            return null;
        }
    }

    private static BrowseDescription ToParent(NodeId type) => new()
    {
        NodeId = type,
        BrowseDirection = BrowseDirection.Inverse,
        ReferenceTypeId = StandardNodes.HasSubtype,
        IncludeSubtypes = true,
        ResultMask = 63,
    };
}
