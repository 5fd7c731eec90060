using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.DataTypes;
using EdgeAlarm.OpcUa.Services;

namespace EdgeAlarm.OpcUa.Tests.DataTypes;

/// <summary>Data types as a server describes them: an enumeration, a status inside a motor, a valve with optional fields, a union, a tree that holds itself.</summary>
internal static class PlantTypes
{
    internal static readonly NodeId State = NodeId.Numeric(3, 1);
    internal static readonly NodeId Status = NodeId.Numeric(3, 2);
    internal static readonly NodeId Motor = NodeId.Numeric(3, 3);
    internal static readonly NodeId Valve = NodeId.Numeric(3, 4);
    internal static readonly NodeId Reading = NodeId.Numeric(3, 5);
    internal static readonly NodeId Tree = NodeId.Numeric(3, 6);
    internal static readonly NodeId Bits = NodeId.Numeric(3, 7);
    internal static readonly NodeId TextNamed = NodeId.Numeric(3, 8);
    internal static readonly NodeId Grid = NodeId.Numeric(3, 9);

    internal static readonly DataTypeNode[] Nodes =
    [
        new(State, "State", false, NodeId.Numeric(0, 29), null, new() { Fields = [new() { Value = 0, Name = "Stopped" }, new() { Value = 1, Name = "Running" }] }),
        Structure(Status, "Status", NodeId.Numeric(3, 102), StructureType.Structure, Field("State", State), Field("Bits", Number(5)), Field("Temperatures", Number(10), 1)),
        Structure(Motor, "Motor", NodeId.Numeric(3, 103), StructureType.Structure,
            Field("Name", Number(12)), Field("Speed", Number(11)), Field("Status", Status), Field("Windings", Status, 1), Field("Hours", Number(6))),
        Structure(Valve, "Valve", NodeId.Numeric(3, 104), StructureType.StructureWithOptionalFields,
            Field("Name", Number(12)), Field("Position", Number(11)) with { IsOptional = true }, Field("Torque", Number(10)) with { IsOptional = true }, Field("Open", Number(1))),
        Structure(Reading, "Reading", NodeId.Numeric(3, 105), StructureType.Union, Field("Number", Number(11)), Field("Text", Number(12))),
        Structure(Tree, "Tree", NodeId.Numeric(3, 106), StructureType.Structure, Field("Value", Number(6)), Field("Branches", Tree, 1)),
        new(Bits, "Bits", false, Number(5), null, new() { Fields = [new() { Value = 3, Name = "Fault" }] }),
        Structure(TextNamed, "TextNamed", NodeId.Text(3, "TE_\"DB\""), StructureType.Structure, Field("Value", Number(4)), Field("Any", Number(24))),
        Structure(Grid, "Grid", NodeId.Numeric(3, 109), StructureType.Structure, Field("Cells", Number(4), 2), Field("Bytes", Number(15)), Field("Last", Number(6))),
    ];

    internal static readonly DataTypeCatalog Catalog = new(Nodes);

    internal static NodeId Number(uint builtIn) => NodeId.Numeric(0, builtIn);

    internal static StructureField Field(string name, NodeId type, int rank = -1) => new() { Name = name, DataType = type, ValueRank = rank };

    internal static DataTypeNode Structure(NodeId id, string name, NodeId encoding, StructureType type, params StructureField[] fields) =>
        new(id, name, false, NodeId.Numeric(0, 22), new() { DefaultEncodingId = encoding, StructureType = type, Fields = fields }, null);

    internal static MemberReader Compile(string path, NodeId type, int rank = -1) =>
        MemberCompiler.TryCompile(Path(path), Catalog.Find(type)!, rank, out var reader, out var problem) && reader is not null
            ? reader
            : throw new InvalidOperationException(problem ?? "needs no reader");

    internal static string? Problem(string path, NodeId type, int rank = -1, DataTypeCatalog? catalog = null)
    {
        MemberCompiler.TryCompile(Path(path), (catalog ?? Catalog).Find(type)!, rank, out _, out var problem);
        return problem;
    }

    internal static ValuePath Path(string text) => ValuePath.TryParse(text, out var path, out var at, out var fault) ? path : throw new FormatException($"{at}: {fault}");
}
