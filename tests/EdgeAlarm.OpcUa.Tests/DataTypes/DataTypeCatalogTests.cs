using CsCheck;
using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.DataTypes;
using EdgeAlarm.OpcUa.Services;

namespace EdgeAlarm.OpcUa.Tests.DataTypes;

/// <summary>What servers tell of their types may be anything; a type that cannot be read is refused in words, and nothing else suffers.</summary>
public class DataTypeCatalogTests
{
    [Fact]
    public void Enumerations_and_option_sets_travel_as_integers_with_names()
    {
        var state = PlantTypes.Catalog.Find(PlantTypes.State)!;
        Assert.Equal((BuiltInType.Int32, "State", "Running"), (state.Type, state.Name, state.Names!.Fields[1].Name));
        Assert.Equal((BuiltInType.UInt16, "Fault"), (PlantTypes.Catalog.Find(PlantTypes.Bits)!.Type, PlantTypes.Catalog.Find(PlantTypes.Bits)!.Names!.Fields[0].Name));
    }

    [Theory]
    [InlineData("", 12, -1, "the value is a String, which no alarm can compare")]
    [InlineData("", 13, -1, "the value is a DateTime, which no alarm can compare")]
    [InlineData("", 11, 1, "the value is an array of Double: name an element")]
    [InlineData("[0]", 11, -1, "[0] names an element, and the value is a single Double")]
    [InlineData("[0]", 11, 2, "[0] names 1 dimensions, and the array has 2")]
    [InlineData("/A", 11, -1, "/A names a member, and the value is a Double")]
    [InlineData(".3", 11, -1, ".3 names a bit, and the value is a Double")]
    [InlineData(".16", 5, -1, "a UInt16 has the bits .0 to .15")]
    [InlineData(".3", 6, 1, "an array of Int32 has no bits: name an element before .3")]
    [InlineData("/A", 22, -1, "the server does not describe the fields of Structure")]
    [InlineData("", 22, -1, "the value is a Structure, which no alarm can compare")]
    public void A_path_that_leads_nowhere_is_refused_in_words(string path, int type, int rank, string problem) =>
        Assert.Contains(problem, PlantTypes.Problem(path, NodeId.Numeric(0, (uint)type), rank), StringComparison.Ordinal);

    [Fact]
    public void Members_are_named_where_one_is_wrong_or_missing()
    {
        Assert.Equal("Motor has no member 'speed'; it has Name, Speed, Status, Windings, Hours", PlantTypes.Problem("/speed", PlantTypes.Motor));
        Assert.Equal("the value is a Motor: name one of its members: Name, Speed, Status, Windings, Hours", PlantTypes.Problem("", PlantTypes.Motor));
        Assert.Equal("the value is a Status: name one of its members: State, Bits, Temperatures", PlantTypes.Problem("/Status", PlantTypes.Motor));
        Assert.Equal("an array of Status has no members: name an element before /Bits, as in [0]/Bits", PlantTypes.Problem("/Windings/Bits", PlantTypes.Motor));
        Assert.Equal("the value is a String, which no alarm can compare; numbers, booleans and enumerations can be", PlantTypes.Problem("/Name", PlantTypes.Motor));
    }

    [Fact]
    public void Hostile_definitions_are_refused_and_spread_to_what_holds_them()
    {
        var self = NodeId.Numeric(4, 1);
        var empty = NodeId.Numeric(4, 2);
        var unknown = NodeId.Numeric(4, 3);
        var wide = NodeId.Numeric(4, 4);
        var holder = NodeId.Numeric(4, 5);
        var chain = Enumerable.Range(0, 200).Select(level => PlantTypes.Structure(
            NodeId.Numeric(5, (uint)level), $"L{level}", NodeId.Numeric(6, (uint)level), StructureType.Structure, PlantTypes.Field("Next", level == 199 ? PlantTypes.Number(6) : NodeId.Numeric(5, (uint)level + 1))));
        var catalog = new DataTypeCatalog(
        [
            .. chain,
            PlantTypes.Structure(self, "Self", NodeId.Null, StructureType.Structure, PlantTypes.Field("A", PlantTypes.Number(6)), PlantTypes.Field("Me", self)),
            PlantTypes.Structure(empty, "Empty", NodeId.Null, StructureType.Structure),
            PlantTypes.Structure(unknown, "Unknown", NodeId.Null, StructureType.Structure, PlantTypes.Field("A", PlantTypes.Number(6)), PlantTypes.Field("B", NodeId.Numeric(9, 9))),
            PlantTypes.Structure(wide, "Wide", NodeId.Null, StructureType.Structure, [.. Enumerable.Range(0, 1001).Select(field => PlantTypes.Field($"F{field}", PlantTypes.Number(6)))]),
            PlantTypes.Structure(holder, "Holder", NodeId.Null, StructureType.Structure, PlantTypes.Field("A", PlantTypes.Number(6)), PlantTypes.Field("Many", empty, 1)),
        ]);
        Assert.Equal("Self holds itself without end", PlantTypes.Problem("/A", self, catalog: catalog));
        Assert.Equal("Empty has no fields", PlantTypes.Problem("/A", empty, catalog: catalog));
        Assert.Contains("'B' of the data type ns=9;i=9, which the server does not describe", PlantTypes.Problem("/A", unknown, catalog: catalog), StringComparison.Ordinal);
        Assert.Contains("has 1001 fields", PlantTypes.Problem("/F0", wide, catalog: catalog), StringComparison.Ordinal);
        Assert.Equal("Holder has a field 'Many' of Empty, which has no fields", PlantTypes.Problem("/A", holder, catalog: catalog));
        Assert.Contains("nested deeper than 50", PlantTypes.Problem("/Next/Next/Next/Next", NodeId.Numeric(5, 0), catalog: catalog), StringComparison.Ordinal);
    }

    // the reader against bodies written apart from it, and then with every kind of damage: a status or a violation, always soon
    [Fact]
    public void Whatever_the_definitions_a_member_is_read_as_it_was_written_and_damage_ends_in_a_status_or_a_violation()
    {
        int good = 0, absent = 0, refused = 0, unusable = 0, damagedBad = 0;
        Gen.Select(Node.Array[1, 8], Gen.Int).Sample(
            (nodes, seed) =>
            {
                var random = new Random(seed);
                var catalog = new DataTypeCatalog(nodes);
                if (catalog.Find(nodes[0].Id) is not { Structure: { Problem: null } structure } type)
                {
                    Interlocked.Increment(ref unusable);
                    return;
                }
                var drawn = new RandomBody(random);
                var message = Message(structure, drawn.Write(structure));
                if (!ValuePath.TryParse(drawn.Path, out var path, out _, out _) || !MemberCompiler.TryCompile(path, type, -1, out var reader, out _) || reader is null)
                {
                    Interlocked.Increment(ref refused);
                    return;
                }
                var value = Read(message, reader);
                Assert.Equal((drawn.Path, drawn.Status, drawn.Expected), (drawn.Path, value.Status, value.Value));
                Interlocked.Increment(ref drawn.Status.IsBad ? ref absent : ref good);
                for (var damage = 0; damage < 5; damage++)
                {
                    message[random.Next(message.Length)] = (byte)random.Next(random.Next(2) == 0 ? 4 : 256);
                    try
                    {
                        _ = Read(message, reader).Status.IsBad ? Interlocked.Increment(ref damagedBad) : 0;
                    }
                    catch (ProtocolViolation)
                    {
                        Interlocked.Increment(ref damagedBad);
                    }
                }
            },
            iter: 20_000);
        // all ways were taken, or nothing is proved
        Assert.True(good > 1000 && absent > 300 && refused > 300 && unusable > 300 && damagedBad > 1000, $"{good} good, {absent} absent, {refused} refused, {unusable} unusable, {damagedBad} bad of damage");
    }

    private static byte[] Message(StructureLayout structure, byte[] body)
    {
        var encoder = new BinaryEncoder();
        encoder.WriteDataValue(new(Variant.From(new ExtensionObject(NodeId.Numeric(3, uint.Parse(structure.Name[1..])), ExtensionObjectKind.Binary, body))));
        return encoder.WrittenSpan.ToArray();
    }

    private static DataValue Read(byte[] message, MemberReader reader)
    {
        var decoder = new BinaryDecoder(message.AsMemory(), DecodingLimits.Default);
        return decoder.ReadDataValue(reader);
    }

    private static readonly Gen<NodeId> TypeId = Gen.Frequency(
        (6, Gen.Int[1, 11].Select(id => NodeId.Numeric(0, (uint)id))), (4, Gen.Int[0, 31].Select(id => NodeId.Numeric(0, (uint)id))), (2, Gen.Int[1, 6].Select(id => NodeId.Numeric(3, (uint)id))));

    private static readonly Gen<StructureField> FieldOf = Gen.Select(
        TypeId, Gen.Frequency((20, Gen.Const(-1)), (4, Gen.Const(1)), (3, Gen.Const(2)), (1, Gen.Int[-3, 3])), Gen.Bool,
        (type, rank, optional) => new StructureField { DataType = type, ValueRank = rank, IsOptional = optional });

    private static readonly Gen<DataTypeNode> Node = Gen.Select(
        Gen.Int[1, 6], Gen.Int[-1, 8], FieldOf.Array[0, 4], Gen.Int[0, 9],
        (id, kind, fields, isAbstract) => new DataTypeNode(
            NodeId.Numeric(3, (uint)id), $"T{id}", isAbstract == 0, NodeId.Numeric(0, 22),
            new()
            {
                DefaultEncodingId = NodeId.Numeric(3, (uint)id), StructureType = (StructureType)(kind > 4 ? kind % 2 : kind),
                Fields = [.. fields.Select((field, index) => field with { Name = $"F{index}" })],
            },
            null));
}
