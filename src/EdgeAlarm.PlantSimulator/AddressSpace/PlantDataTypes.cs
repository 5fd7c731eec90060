using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Services;
using EdgeAlarm.PlantSimulator.Plant;

namespace EdgeAlarm.PlantSimulator.AddressSpace;

/// <summary>
/// The tank farm a second time, as PLC programs hand it out: a pump as a structure with another one in it, an array, an enumeration and an optional field; the levels as
/// an array; the farm as a matrix; the pump's state as an enumeration.
/// </summary>
internal sealed class PlantDataTypes(PlantAddressSpace space)
{
    private const ushort Plant = PlantAddressSpace.PlantNamespace;
    private static readonly NodeId StateType = NodeId.Text(Plant, "PumpState");
    private static readonly NodeId DriveType = NodeId.Text(Plant, "DriveStatus");
    private static readonly NodeId PumpType = NodeId.Text(Plant, "PumpStatus");
    private static readonly NodeId PumpEncoding = NodeId.Text(Plant, "PumpStatus/DefaultBinary");
    private static readonly NodeId Double = NodeId.Numeric(0, 11);

    /// <summary>Adds the types and the variables.</summary>
    /// <param name="types">The folder of types.</param>
    /// <param name="folder">Where the variables go.</param>
    /// <param name="plant">Whose tags the values are made of.</param>
    internal void AddTo(Node types, Node folder, SimulatedPlant plant)
    {
        AddTypes(types);
        var (running, flow, level, second, temperature) = (plant["P101_RUN"], plant["FT101"], plant["LT101"], plant["LT102"], plant["TT101"]);
        Add(folder, "P101", PumpType, -1, Made(_ => Pump(running, flow, temperature), running, flow, temperature));
        Add(folder, "P101_STATE", StateType, -1, Made(_ => Variant.From(running.Value != 0 ? 1 : 0), running));
        Add(folder, "Levels", Double, 1, Made(_ => Variant.FromArray<double>([level.Value, second.Value]), level, second));
        Add(folder, "Farm", Double, 2, Made(_ => Variant.FromMatrix([level.Value, second.Value, flow.Value, temperature.Value], 2, 2), level, second, flow, temperature));
    }

    private static NodeValue Made(Func<long, Variant> value, params TagCell[] cells) => new(
        _ => cells.Sum(cell => cell.Version),
        now => new DataValue(value(now), new StatusCode(cells.Max(cell => cell.Status)), cells.Max(cell => cell.SourceTicks)),
        () => cells.All(cell => cell.IsMuted));

    // mask of the optional fields, then the fields in order (OPC 10000-6 §5.2.7)
    private static Variant Pump(TagCell running, TagCell flow, TagCell temperature)
    {
        var body = new BinaryEncoder();
        body.WriteUInt32(1);
        body.WriteString("P-101");
        body.WriteInt32(running.Value != 0 ? 1 : 0);
        body.WriteUInt16((ushort)(running.Value != 0 ? 0b1001 : 0b0001));
        body.WriteArray<float>([(float)temperature.Value, (float)temperature.Value + 5], static (e, item) => e.WriteFloat(item));
        body.WriteDouble(flow.Value);
        return Variant.From(new ExtensionObject(PumpEncoding, ExtensionObjectKind.Binary, body.WrittenMemory));
    }

    private void AddTypes(Node types)
    {
        var structure = Add(types, StandardNodes.Organizes, NodeId.Numeric(0, 22), new QualifiedName(0, "Structure"), default, isAbstract: true);
        var enumeration = Add(types, StandardNodes.Organizes, NodeId.Numeric(0, 29), new QualifiedName(0, "Enumeration"), default, isAbstract: true);
        Add(enumeration, StandardNodes.HasSubtype, StateType, new QualifiedName(Plant, "PumpState"), Variant.From(ExtensionObject.From(new EnumDefinition
        {
            Fields = [Value(0, "Stopped"), Value(1, "Running")],
        })));
        Add(structure, StandardNodes.HasSubtype, DriveType, new QualifiedName(Plant, "DriveStatus"), Variant.From(ExtensionObject.From(new StructureDefinition
        {
            DefaultEncodingId = NodeId.Text(Plant, "DriveStatus/DefaultBinary"),
            BaseDataType = structure.Id,
            Fields = [Field("State", StateType), Field("Bits", NodeId.Numeric(0, 5)), Field("Windings", NodeId.Numeric(0, 10)) with { ValueRank = 1 }],
        })));
        Add(structure, StandardNodes.HasSubtype, PumpType, new QualifiedName(Plant, "PumpStatus"), Variant.From(ExtensionObject.From(new StructureDefinition
        {
            DefaultEncodingId = PumpEncoding,
            BaseDataType = structure.Id,
            StructureType = StructureType.StructureWithOptionalFields,
            Fields = [Field("Name", NodeId.Numeric(0, 12)), Field("Drive", DriveType), Field("Flow", Double) with { IsOptional = true }, Field("Speed", Double) with { IsOptional = true }],
        })));
    }

    private static EnumField Value(long value, string name) => new() { Value = value, Name = name, DisplayName = new LocalizedText(name) };

    private static StructureField Field(string name, NodeId type) => new() { Name = name, DataType = type, ValueRank = -1 };

    private Node Add(Node parent, NodeId reference, NodeId id, QualifiedName name, Variant definition, bool isAbstract = false)
    {
        var type = space.Add(new Node(id, NodeClass.DataType, name, NodeId.Null) { Definition = definition, IsAbstract = isAbstract });
        parent.Refer(reference, type);
        return type;
    }

    private void Add(Node folder, string name, NodeId dataType, int rank, NodeValue value)
    {
        var variable = space.Add(new Node(NodeId.Text(Plant, name), NodeClass.Variable, new QualifiedName(Plant, name), StandardNodes.BaseDataVariableType)
        {
            DataType = dataType,
            ValueRank = rank,
            Value = value,
        });
        folder.Refer(StandardNodes.HasComponent, variable);
    }
}
