using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Services;

namespace EdgeAlarm.OpcUa.DataTypes;

/// <summary>
/// The data types of a server as layouts. Made of what the server tells, which may be anything: types that hold themselves, that name types nobody knows, that have
/// no fields. Such a type has a problem in words and is never walked over; the others are not concerned.
/// </summary>
public sealed class DataTypeCatalog
{
    private const int ParentsMax = 20;
    private const int FieldsMax = 1000;
    private const int OptionalFieldsMax = 32;
    private readonly Dictionary<NodeId, DataTypeNode> _nodes = [];
    private readonly Dictionary<NodeId, StructureLayout> _structures = [];

    /// <summary>Makes layouts of all structures.</summary>
    /// <param name="nodes">The types; what is missing among them is unknown.</param>
    public DataTypeCatalog(IEnumerable<DataTypeNode> nodes)
    {
        foreach (var node in nodes)
        {
            _nodes[node.Id] = node;
        }
        foreach (var node in _nodes.Values.Where(node => node.Structure is not null))
        {
            _structures[node.Id] = new(node.Name, node.Structure!.DefaultEncodingId, node.Structure.StructureType); // filtered above
        }
        foreach (var (id, layout) in _structures)
        {
            Complete(layout, _nodes[id].Structure!); // one layout a definition
        }
        new LayoutMeasure(_structures.Values).Run();
    }

    /// <summary>No types but the built-in ones.</summary>
    public static DataTypeCatalog Empty { get; } = new([]);

    /// <summary>Finds out how values of a type travel.</summary>
    /// <returns>Null where the server does not tell.</returns>
    public ValueLayout? Find(NodeId type)
    {
        var at = type;
        EnumDefinition? names = null;
        for (var step = 0; step < ParentsMax; step++)
        {
            if (StandardDataTypes.Find(at) is { } standard)
            {
                return type == at ? standard : standard with { Name = NameOf(type), Names = names };
            }
            if (!_nodes.TryGetValue(at, out var node))
            {
                return null;
            }
            if (_structures.TryGetValue(at, out var structure))
            {
                return new(NameOf(type), BuiltInType.ExtensionObject, node.IsAbstract ? null : structure);
            }
            if (node.Parent.IsNull)
            {
                return null;
            }
            names ??= node.Enumeration;
            at = node.Parent;
        }
        return null;
    }

    private string NameOf(NodeId type) => _nodes.TryGetValue(type, out var node) ? node.Name : type.ToString();

    private void Complete(StructureLayout layout, StructureDefinition definition)
    {
        if (definition.Fields.Length > FieldsMax)
        {
            layout.Refuse($"has {definition.Fields.Length} fields; at most {FieldsMax} are supported");
            return;
        }
        if (definition.StructureType is not (>= StructureType.Structure and <= StructureType.UnionWithSubtypedValues))
        {
            layout.Refuse($"is of the unknown kind {(int)definition.StructureType}");
            return;
        }
        string? problem = null;
        var fields = new List<FieldLayout>(definition.Fields.Length);
        var optional = 0;
        foreach (var field in definition.Fields)
        {
            var isOptional = field.IsOptional && definition.StructureType is StructureType.StructureWithOptionalFields;
            var value = Find(field.DataType);
            problem ??= value is null ? $"has a field '{field.Name}' of the data type {field.DataType}, which the server does not describe" : null;
            problem ??= field.ValueRank is -1 or > 0 ? null : $"has a field '{field.Name}' that may or may not be an array";
            fields.Add(Field(field, value ?? ValueLayout.Open, isOptional ? optional : -1, definition.StructureType));
            optional += isOptional ? 1 : 0;
        }
        problem ??= optional > OptionalFieldsMax ? $"has {optional} optional fields; at most {OptionalFieldsMax} are possible" : null;
        layout.Complete(fields, problem);
    }

    private static FieldLayout Field(StructureField field, ValueLayout value, int optionalBit, StructureType type)
    {
        var allowsSubtypes = field.IsOptional && type is (StructureType.StructureWithSubtypedValues or StructureType.UnionWithSubtypedValues);
        var isStructure = value.Type is BuiltInType.ExtensionObject;
        var layout = allowsSubtypes && !isStructure ? ValueLayout.Open : value;
        var shape = field.ValueRank switch { -1 => FieldShape.Scalar, 1 => FieldShape.Array, _ => FieldShape.Matrix };
        return new(field.Name ?? "", layout, shape, optionalBit, isStructure && (allowsSubtypes || value.Structure is null));
    }
}
