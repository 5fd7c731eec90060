using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.DataTypes;
using EdgeAlarm.OpcUa.Tests.BinaryEncoding;

namespace EdgeAlarm.OpcUa.Tests.DataTypes;

/// <summary>Numbers inside structures, arrays and matrices, from bytes written by hand (OPC 10000-6 §5.2.2.16, §5.2.5-5.2.8).</summary>
public class MemberReaderTests
{
    private const string MotorBody =
        """
        02 00 00 00 50 31        # Name "P1"
        00 00 00 00 00 00 F8 3F  # Speed 1.5
        01 00 00 00              # Status.State Running
        08 00                    # Status.Bits: bit 3
        02 00 00 00 00 00 20 41 00 00 A0 41  # Status.Temperatures 10, 20
        02 00 00 00              # two windings
        00 00 00 00  01 00  00 00 00 00                # stopped, bit 0, no temperatures
        01 00 00 00  02 00  01 00 00 00 00 00 F0 41    # running, bit 1, 30
        67 12 00 00              # Hours 4711
        """;

    private const string Motor =
        """
        16                       # Variant: ExtensionObject
        01 03 67 00              # i=103 of namespace 3
        01                       # binary
        40 00 00 00              # 64 bytes

        """ + MotorBody;

    [Theory]
    [InlineData("/Speed", 1.5)]
    [InlineData("/Status/State", 1)]
    [InlineData("/Status/Bits", 8)]
    [InlineData("/Status/Bits.3", 1)]
    [InlineData("/Status/Bits.4", 0)]
    [InlineData("/Status/Temperatures[1]", 20)]
    [InlineData("/Windings[1]/Bits.1", 1)]
    [InlineData("/Windings[1]/Temperatures[0]", 30)]
    [InlineData("/Hours", 4711)]
    public void A_member_is_found_however_deep(string path, double expected) => Assert.Equal(expected, Number(PlantTypes.Compile(path, PlantTypes.Motor), Motor));

    // out of range is a quality of this sample, never an exception and never a value
    [Theory]
    [InlineData("/Windings[2]/Bits")]
    [InlineData("/Windings[0]/Temperatures[0]")]
    [InlineData("/Status/Temperatures[2147483647]")]
    public void An_element_beyond_the_end_is_bad_and_the_message_goes_on(string path) =>
        Assert.Equal(StatusCodes.BadIndexRangeNoData, Bad(PlantTypes.Compile(path, PlantTypes.Motor), Motor));

    [Fact]
    public void Elements_of_arrays_and_matrices_are_found_by_their_indexes()
    {
        const string Doubles = "8B 02 00 00 00  00 00 00 00 00 00 F0 3F  00 00 00 00 00 00 00 40 # Double[]{1,2}";
        const string Matrix = "C4 06 00 00 00  0B 00 0C 00 0D 00 15 00 16 00 17 00  02 00 00 00 02 00 00 00 03 00 00 00 # Int16 2 x 3: 11 12 13 / 21 22 23";
        const string Texts = "8C 02 00 00 00  01 00 00 00 61  FF FF FF FF # String[]";
        const string Variants = "98 03 00 00 00  0C 01 00 00 00 61  06 2A 00 00 00  03 07 # Variant[]{\"a\", 42, Byte 7}";
        Assert.Equal(2, Number(PlantTypes.Compile("[1]", PlantTypes.Number(11), 1), Doubles));
        Assert.Equal(23, Number(PlantTypes.Compile("[1,2]", PlantTypes.Number(4), 2), Matrix));
        Assert.Equal(21, Number(PlantTypes.Compile("[1,0]", PlantTypes.Number(4), 2), Matrix));
        Assert.Equal(42, Number(PlantTypes.Compile("[1]", PlantTypes.Number(24), 1), Variants));
        Assert.Equal(1, Number(PlantTypes.Compile("[2].2", PlantTypes.Number(24), 1), Variants));
        Assert.Equal(StatusCodes.BadIndexRangeNoData, Bad(PlantTypes.Compile("[2]", PlantTypes.Number(11), 1), Doubles));
        Assert.Equal(StatusCodes.BadIndexRangeNoData, Bad(PlantTypes.Compile("[0,3]", PlantTypes.Number(4), 2), Matrix));
        Assert.Equal(StatusCodes.BadIndexRangeInvalid, Bad(PlantTypes.Compile("[3]", PlantTypes.Number(4), -2), Matrix));
        Assert.Equal(StatusCodes.BadIndexRangeInvalid, Bad(PlantTypes.Compile("[0,0]", PlantTypes.Number(11), -2), Doubles));
        Assert.Equal(StatusCodes.BadTypeMismatch, Bad(PlantTypes.Compile("[0]", PlantTypes.Number(24), 1), Texts));
        Assert.Equal(StatusCodes.BadTypeMismatch, Bad(PlantTypes.Compile("[0]", PlantTypes.Number(24), 1), Variants));
    }

    [Fact]
    public void An_array_of_structures_has_an_id_and_a_length_before_each()
    {
        const string Two = "96 02 00 00 00 # ExtensionObject[2]\n 00 00 00 # a null one\n 01 03 6A 00 01 0D 00 00 00  07 00 00 00  01 00 00 00  08 00 00 00 FF # too long\n";
        const string Trees = "96 02 00 00 00\n 00 00 00\n 01 03 6A 00 01 10 00 00 00  07 00 00 00  01 00 00 00  08 00 00 00  FF FF FF FF # 7, one branch 8 without branches\n";
        Assert.Equal(7, Number(PlantTypes.Compile("[1]/Value", PlantTypes.Tree, 1), Trees));
        Assert.Equal(8, Number(PlantTypes.Compile("[1]/Branches[0]/Value", PlantTypes.Tree, 1), Trees));
        Assert.Equal(StatusCodes.BadIndexRangeNoData, Bad(PlantTypes.Compile("[1]/Branches[1]/Value", PlantTypes.Tree, 1), Trees));
        Assert.Equal(StatusCodes.BadNoData, Bad(PlantTypes.Compile("[0]/Value", PlantTypes.Tree, 1), Trees));
        Assert.Equal(StatusCodes.BadDecodingError, Bad(PlantTypes.Compile("[1]/Value", PlantTypes.Tree, 1), Two));
    }

    [Fact]
    public void Optional_fields_are_there_as_the_mask_says()
    {
        const string Torque = "16 01 03 68 00 01 0E 00 00 00  02 00 00 00  01 00 00 00 56  00 00 48 41  01 # mask: the second; Torque 12.5, open";
        Assert.Equal(12.5, Number(PlantTypes.Compile("/Torque", PlantTypes.Valve), Torque));
        Assert.Equal(1, Number(PlantTypes.Compile("/Open", PlantTypes.Valve), Torque));
        Assert.Equal(StatusCodes.BadNoData, Bad(PlantTypes.Compile("/Position", PlantTypes.Valve), Torque));
    }

    [Fact]
    public void A_union_has_one_member_or_none()
    {
        const string Number = "16 01 03 69 00 01 0C 00 00 00  01 00 00 00  00 00 00 00 00 00 0A 40 # the first: 3.25";
        const string Text = "16 01 03 69 00 01 0D 00 00 00  02 00 00 00  05 00 00 00 68 65 6C 6C 6F # the second: hello";
        const string Null = "16 01 03 69 00 01 04 00 00 00  00 00 00 00";
        var reader = PlantTypes.Compile("/Number", PlantTypes.Reading);
        Assert.Equal(3.25, MemberReaderTests.Number(reader, Number));
        Assert.Equal(StatusCodes.BadNoData, Bad(reader, Text));
        Assert.Equal(StatusCodes.BadNoData, Bad(reader, Null));
    }

    [Fact]
    public void Matrices_bytes_and_open_values_inside_a_structure_are_read()
    {
        const string Grid =
            """
            16 01 03 6D 00 01 22 00 00 00
            02 00 00 00 02 00 00 00 03 00 00 00       # Cells: 2 x 3, the sizes stand before the elements here
            01 00 02 00 03 00 04 00 05 00 06 00
            02 00 00 00 0F 80                         # Bytes
            09 00 00 00                               # Last
            """;
        Assert.Equal(6, Number(PlantTypes.Compile("/Cells[1,2]", PlantTypes.Grid), Grid));
        Assert.Equal(128, Number(PlantTypes.Compile("/Bytes[1]", PlantTypes.Grid), Grid));
        Assert.Equal(1, Number(PlantTypes.Compile("/Bytes[1].7", PlantTypes.Grid), Grid));
        Assert.Equal(9, Number(PlantTypes.Compile("/Last", PlantTypes.Grid), Grid));
        Assert.Equal(StatusCodes.BadIndexRangeNoData, Bad(PlantTypes.Compile("/Cells[2,0]", PlantTypes.Grid), Grid));
        Assert.Equal(StatusCodes.BadIndexRangeNoData, Bad(PlantTypes.Compile("/Bytes[2]", PlantTypes.Grid), Grid));
    }

    // Siemens gives its types text ids; an id is the same whichever of its forms it comes in
    [Fact]
    public void The_id_before_the_body_decides_whether_it_is_the_expected_structure()
    {
        const string Named = "16 03 03 00 07 00 00 00 54 45 5F 22 44 42 22  01 08 00 00 00  05 00  0C 01 00 00 00 61 # s=TE_\"DB\"; 5, a text\n";
        const string Other = "16 01 03 99 01 01 02 00 00 00 05 00";
        const string Xml = "16 03 03 00 07 00 00 00 54 45 5F 22 44 42 22  02 01 00 00 00 3C";
        const string Long = "16 02 03 00 69 00 00 00 01 0C 00 00 00  01 00 00 00  00 00 00 00 00 00 0A 40";
        Assert.Equal(5, Number(PlantTypes.Compile("/Value", PlantTypes.TextNamed), Named));
        Assert.Equal(StatusCodes.BadDecodingError, Bad(PlantTypes.Compile("/Value", PlantTypes.TextNamed), "16 03 03 00 07 00 00 00 54 45 5F 22 44 42 22  01 01 00 00 00  05"));
        Assert.Equal(StatusCodes.BadDataTypeIdUnknown, Bad(PlantTypes.Compile("/Value", PlantTypes.TextNamed), Other));
        Assert.Equal(StatusCodes.BadDataEncodingUnsupported, Bad(PlantTypes.Compile("/Value", PlantTypes.TextNamed), Xml));
        Assert.Equal(3.25, Number(PlantTypes.Compile("/Number", PlantTypes.Reading), Long));
    }

    // the overflow bit is a gap: it must not get lost because the value is bad for another reason
    [Fact]
    public void The_status_of_the_server_keeps_its_info_bits_and_its_own_bad_code()
    {
        var reader = PlantTypes.Compile("[1]", PlantTypes.Number(6), 1);
        var overflow = Decode("03 86 01 00 00 00 05 00 00 00  80 04 00 00 # one element, Good with overflow", reader);
        Assert.Equal(new StatusCode(StatusCodes.BadIndexRangeNoData.Code | 0x480), overflow.Status);
        Assert.True(overflow.Status.IsOverflow);
        Assert.Equal(StatusCodes.BadSensorFailure, Decode("03 86 01 00 00 00 05 00 00 00  00 00 8C 80", reader).Status);
        Assert.Equal(StatusCodes.BadNoData, Decode("00", reader).Status);
        Assert.Equal((Variant.From(9), default(StatusCode)), (Decode("01 86 02 00 00 00 05 00 00 00 09 00 00 00", reader).Value, Decode("01 86 02 00 00 00 05 00 00 00 09 00 00 00", reader).Status));
    }

    [Fact]
    public void Bits_of_signed_numbers_are_those_of_their_width()
    {
        Assert.Equal(1, Number(PlantTypes.Compile(".15", PlantTypes.Number(4)), "04 00 80 # Int16 -32768"));
        Assert.Equal(0, Number(PlantTypes.Compile(".14", PlantTypes.Number(4)), "04 00 80"));
        Assert.Equal(1, Number(PlantTypes.Compile(".63", PlantTypes.Number(9)), "09 00 00 00 00 00 00 00 80 # UInt64"));
        Assert.Equal(StatusCodes.BadTypeMismatch, Bad(PlantTypes.Compile(".20", PlantTypes.Number(24)), "05 20 00 # a UInt16 has no bit 20"));
    }

    // the hot path: ten thousand tags at ten hertz must not make garbage
    [Fact]
    public void Reading_a_member_allocates_nothing()
    {
        var bytes = Golden.Bytes("01\n" + Motor);
        var reader = PlantTypes.Compile("/Windings[1]/Bits.1", PlantTypes.Motor);
        var sum = 0.0;
        for (var warm = 0; warm < 100; warm++)
        {
            sum += Read(bytes, reader);
        }
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 1000; round++)
        {
            sum += Read(bytes, reader);
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(1100, sum);
    }

    private static double Read(byte[] bytes, MemberReader reader)
    {
        var decoder = new BinaryDecoder(bytes.AsMemory(), DecodingLimits.Default);
        return decoder.ReadDataValue(reader).Value.AsDouble();
    }

    private static double Number(MemberReader reader, string variant)
    {
        var value = Decode("01\n" + variant, reader);
        Assert.Equal(default, value.Status);
        return value.Value.AsDouble();
    }

    private static StatusCode Bad(MemberReader reader, string variant)
    {
        var value = Decode("01\n" + variant, reader);
        Assert.True(value.Value.IsNull);
        return value.Status;
    }

    // what follows the value in the message has to be found where it is
    private static DataValue Decode(string dataValue, MemberReader reader)
    {
        var bytes = Golden.Bytes(dataValue);
        var decoder = new BinaryDecoder((byte[])[.. bytes, 0x5A], DecodingLimits.Default);
        var value = decoder.ReadDataValue(reader);
        Assert.Equal(0x5A, decoder.ReadByte());
        return value;
    }
}
