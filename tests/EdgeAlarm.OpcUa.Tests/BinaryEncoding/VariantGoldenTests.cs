using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.Tests.BinaryEncoding;

/// <summary>Variants and DataValues of OPC 10000-6 §5.2.2.16 and §5.2.2.17, annotated by hand, in both directions.</summary>
public sealed class VariantGoldenTests
{
    [Fact]
    public void Scalars_follow_their_type_id()
    {
        Holds("00", default);
        Holds("01 01", Variant.From(true));
        Holds("03 FF", Variant.From((byte)255));
        Holds("06 FE FF FF FF", Variant.From(-2));
        Holds("09 FF FF FF FF FF FF FF FF", Variant.From(ulong.MaxValue));
        Holds("0A 00 00 D0 C0", Variant.From(-6.5f));
        Holds("0B 00 00 00 00 00 00 F8 3F", Variant.From(1.5));
        Holds("0B 00 00 00 00 00 00 F8 7F", Variant.From(BitConverter.Int64BitsToDouble(0x7FF8_0000_0000_0000))); // NaN is a value
        Holds("0C FF FF FF FF", Variant.From((string?)null));
        Holds("0C 02 00 00 00 4F 4E", Variant.From("ON"));
        Holds("0D 00 C0 89 76 45 3C DA 01", Variant.FromDateTimeTicks(638_396_640_000_000_000));
        Holds("0F 01 00 00 00 07", Variant.From(new byte[] { 7 }));
        Holds("11 01 00 D2 08", Variant.From(NodeId.Numeric(0, 2258)));
        Holds("13 80 04 00 00", Variant.From(new StatusCode(0x480)));
        Holds("15 02 01 00 00 00 61", Variant.From(new LocalizedText("a")));
    }

    [Fact]
    public void An_array_has_a_length_and_null_is_not_empty()
    {
        Holds(
            """
            8B                       # 80 array of 0B Double
            02 00 00 00              # two elements
            00 00 00 00 00 00 F0 3F  # 1.0
            00 00 00 00 00 00 00 40  # 2.0
            """,
            Variant.FromArray(new[] { 1.0, 2.0 }));
        Holds("86 00 00 00 00", Variant.FromArray(Array.Empty<int>()));
        Holds("86 FF FF FF FF", Variant.FromArray<int>(null));
        Holds("83 02 00 00 00 01 02", Variant.FromArray(new byte[] { 1, 2 }));
        Holds("98 02 00 00 00  01 01  00", Variant.FromArray(new[] { Variant.From(true), default })); // Variants in an array are allowed
    }

    [Fact]
    public void A_matrix_stands_row_by_row_with_its_dimensions_behind() =>
        Holds(
            """
            C4                                   # 80 array, 40 dimensions, of 04 Int16
            06 00 00 00                          # six elements
            01 00 02 00 03 00 04 00 05 00 06 00  # row 1, row 2
            02 00 00 00                          # two dimensions
            02 00 00 00 03 00 00 00              # 2 x 3
            """,
            Variant.FromMatrix(new short[] { 1, 2, 3, 4, 5, 6 }, 2, 3));

    [Fact]
    public void A_matrix_may_have_a_dimension_of_zero() =>
        Holds("C4  00 00 00 00  02 00 00 00  00 00 00 00  03 00 00 00", Variant.FromMatrix(Array.Empty<short>(), 0, 3));

    [Fact]
    public void One_dimension_is_a_plain_array()
    {
        var decoder = new BinaryDecoder(Golden.Bytes("C3  01 00 00 00 07  01 00 00 00  01 00 00 00").AsSpan(), DecodingLimits.Default);
        Assert.Equal(Variant.FromArray(new byte[] { 7 }), decoder.ReadVariant());
        Assert.Equal(0, decoder.Remaining);
    }

    [Fact]
    public void Reserved_types_are_taken_for_ByteStrings()
    {
        var decoder = new BinaryDecoder(Golden.Bytes("1A 01 00 00 00 07  9F 01 00 00 00 FF FF FF FF").AsSpan(), DecodingLimits.Default);
        Assert.Equal(Variant.From(new byte[] { 7 }), decoder.ReadVariant());
        Assert.Equal(Variant.FromArray(new byte[]?[] { null }), decoder.ReadVariant());
    }

    [Theory]
    [InlineData("46 01 00 00 00")] // dimensions without an array
    [InlineData("18 01 01")] // a Variant directly in a Variant
    [InlineData("19 00")] // a DiagnosticInfo
    [InlineData("20 00")] // type 32
    [InlineData("BF 00 00 00 00")] // array of type 63
    [InlineData("C4  06 00 00 00  01 00 02 00 03 00 04 00 05 00 06 00  02 00 00 00  02 00 00 00 02 00 00 00")] // 2 x 2 is not 6
    [InlineData("C3  01 00 00 00 07  02 00 00 00  FF FF FF FF FF FF FF FF")] // -1 x -1
    [InlineData("C3  00 00 00 00  03 00 00 00  00 00 01 00  00 00 01 00  FF FF FF 7F")] // a product that overflows 64 bits
    [InlineData("86 FE FF FF FF")] // length -2
    [InlineData("8B 02 00 00 00 00 00 00 00 00 00 F0 3F")] // half of the array is missing
    public void Malformed_Variants_are_refused(string bytes) =>
        Assert.Equal(StatusCodes.BadDecodingError, Golden.Refused(bytes, (ref BinaryDecoder d) => d.ReadVariant()).Status);

    [Fact]
    [Trait("Field", "F-2")]
    public void A_DataValue_has_its_picoseconds_between_the_timestamps_and_keeps_the_overflow_of_a_good_value()
    {
        var all = new DataValue(
            Variant.From(1.5), new StatusCode(0x480), 638_396_640_000_000_000, 504_911_232_000_000_001, 9999, 1);
        HoldsValue(
            """
            3F                       # everything
            0B 00 00 00 00 00 00 F8 3F
            80 04 00 00              # Good with the Overflow bit
            00 C0 89 76 45 3C DA 01  # source time (bit 04)
            0F 27                    # its picoseconds (bit 10)
            01 00 00 00 00 00 00 00  # server time (bit 08)
            01 00                    # its picoseconds (bit 20)
            """,
            all);
        Assert.True(all.Status.IsOverflow);
        Assert.True(all.Status.IsGood);
        HoldsValue("00", default);
        HoldsValue("01 01 01", new DataValue(Variant.From(true)));
        HoldsValue("02 00 00 31 80", new DataValue(default, StatusCodes.BadNoCommunication));
    }

    [Fact]
    public void Picoseconds_beyond_9999_are_clamped()
    {
        var decoder = new BinaryDecoder([0x10, 0x10, 0x27], DecodingLimits.Default);
        Assert.Equal(9999, decoder.ReadDataValue().SourcePicoseconds);
    }

    private static void Holds(string annotated, Variant value) =>
        Golden.Holds(annotated, value, (ref BinaryDecoder d) => d.ReadVariant(), (e, v) => e.WriteVariant(v));

    private static void HoldsValue(string annotated, DataValue value) =>
        Golden.Holds(annotated, value, (ref BinaryDecoder d) => d.ReadDataValue(), (e, v) => e.WriteDataValue(v));
}
