using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.Tests.BinaryEncoding;

/// <summary>Bytes of OPC 10000-6 §5.2.2, annotated by hand, in both directions.</summary>
public sealed class BuiltInTypeGoldenTests
{
    private static readonly long NewYear2024 = new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    [Fact]
    public void Numbers_are_little_endian()
    {
        Golden.Holds("FE", (sbyte)-2, (ref BinaryDecoder d) => d.ReadSByte(), (e, v) => e.WriteSByte(v));
        Golden.Holds("FE FF", (short)-2, (ref BinaryDecoder d) => d.ReadInt16(), (e, v) => e.WriteInt16(v));
        Golden.Holds("34 12", (ushort)0x1234, (ref BinaryDecoder d) => d.ReadUInt16(), (e, v) => e.WriteUInt16(v));
        Golden.Holds("00 CA 9A 3B", 1_000_000_000, (ref BinaryDecoder d) => d.ReadInt32(), (e, v) => e.WriteInt32(v));
        Golden.Holds("78 56 34 12", 0x12345678u, (ref BinaryDecoder d) => d.ReadUInt32(), (e, v) => e.WriteUInt32(v));
        Golden.Holds("08 07 06 05 04 03 02 01", 0x0102030405060708, (ref BinaryDecoder d) => d.ReadInt64(), (e, v) => e.WriteInt64(v));
        Golden.Holds("FF FF FF FF FF FF FF FF", ulong.MaxValue, (ref BinaryDecoder d) => d.ReadUInt64(), (e, v) => e.WriteUInt64(v));
        Golden.Holds("00 00 D0 C0", -6.5f, (ref BinaryDecoder d) => d.ReadFloat(), (e, v) => e.WriteFloat(v));
        Golden.Holds("00 00 00 00 00 00 1A C0", -6.5, (ref BinaryDecoder d) => d.ReadDouble(), (e, v) => e.WriteDouble(v));
    }

    [Fact]
    public void Any_byte_but_zero_is_true_and_true_is_written_as_one()
    {
        var decoder = new BinaryDecoder([0x00, 0x01, 0x80], DecodingLimits.Default);
        Assert.False(decoder.ReadBoolean());
        Assert.True(decoder.ReadBoolean());
        Assert.True(decoder.ReadBoolean());
        Assert.Equal(new byte[] { 0x01 }, Golden.Written(true, (e, v) => e.WriteBoolean(v)));
    }

    [Fact]
    public void Null_and_empty_strings_stay_distinct()
    {
        Golden.Holds("FF FF FF FF", null, (ref BinaryDecoder d) => d.ReadString(), (e, v) => e.WriteString(v));
        Golden.Holds("00 00 00 00", "", (ref BinaryDecoder d) => d.ReadString(), (e, v) => e.WriteString(v));

        // the standard's own example: a character of three bytes, then "Boy"
        Golden.Holds("06 00 00 00  E6 B0 B4 42 6F 79", "水Boy", (ref BinaryDecoder d) => d.ReadString(), (e, v) => e.WriteString(v));
        Golden.Holds("FF FF FF FF", null, (ref BinaryDecoder d) => d.ReadByteString(), (e, v) => e.WriteByteString(v));
        Golden.Holds("00 00 00 00", [], (ref BinaryDecoder d) => d.ReadByteString(), (e, v) => e.WriteByteString(v));
        Golden.Holds("02 00 00 00 CA FE", [0xCA, 0xFE], (ref BinaryDecoder d) => d.ReadByteString(), (e, v) => e.WriteByteString(v));
    }

    [Fact]
    public void A_Latin_1_string_of_a_PLC_is_read_with_replacement_characters()
    {
        // "Öl" in Latin-1: D6 starts a UTF-8 sequence that never comes
        var decoder = new BinaryDecoder([0x02, 0, 0, 0, 0xD6, 0x6C], DecodingLimits.Default);
        Assert.Equal("\uFFFDl", decoder.ReadString());
    }

    [Fact]
    public void A_Guid_has_its_first_three_parts_little_endian() =>
        Golden.Holds(
            "91 2B 96 72  75 FA  E6 4A  8D 28  B4 04 DC 7D AF 63",
            Guid.Parse("72962B91-FA75-4AE6-8D28-B404DC7DAF63"),
            (ref BinaryDecoder d) => d.ReadGuid(),
            (e, v) => e.WriteGuid(v));

    [Fact]
    public void A_DateTime_counts_from_1601() =>
        Golden.Holds("00 C0 89 76 45 3C DA 01", NewYear2024, (ref BinaryDecoder d) => d.ReadDateTimeTicks(), (e, v) => e.WriteDateTimeTicks(v));

    [Theory]
    [InlineData("00 00 00 00 00 00 00 00", 0L)]
    [InlineData("FF FF FF FF FF FF FF FF", 0L)] // -1: before 1601
    [InlineData("00 00 00 00 00 00 00 80", 0L)] // the most negative
    [InlineData("FF FF FF FF FF FF FF 7F", 3_155_378_975_999_999_999L)] // "the end of time"
    [InlineData("FF FF FF FF FF FF FF 24", 3_155_378_975_999_999_999L)] // beyond .NET's calendar
    public void Nonsense_of_a_PLC_with_a_dead_battery_is_clamped(string wire, long ticks)
    {
        var decoder = new BinaryDecoder(Golden.Bytes(wire).AsSpan(), DecodingLimits.Default);
        Assert.Equal(ticks, decoder.ReadDateTimeTicks());
    }

    [Theory]
    [InlineData(0L, "00 00 00 00 00 00 00 00")]
    [InlineData(1L, "00 00 00 00 00 00 00 00")] // year 1
    [InlineData(504_911_232_000_000_000L, "00 00 00 00 00 00 00 00")] // 1601 itself
    [InlineData(504_911_232_000_000_001L, "01 00 00 00 00 00 00 00")]
    [InlineData(3_155_378_975_989_999_999L, "7F A9 27 D1 5E 5A C8 24")] // the last tick before 9999-12-31T23:59:59
    [InlineData(3_155_378_975_990_000_000L, "FF FF FF FF FF FF FF 7F")] // 9999-12-31T23:59:59
    public void Times_outside_the_calendar_are_written_as_its_ends(long ticks, string wire) =>
        Assert.Equal(Golden.Bytes(wire), Golden.Written(ticks, (e, v) => e.WriteDateTimeTicks(v)));

    [Fact]
    public void A_NodeId_takes_the_shortest_of_its_forms()
    {
        static NodeId Read(ref BinaryDecoder d) => d.ReadNodeId();
        static void Write(BinaryEncoder e, NodeId v) => e.WriteNodeId(v);
        Golden.Holds("00 00", NodeId.Null, Read, Write);
        Golden.Holds("00 FF", NodeId.Numeric(0, 255), Read, Write);
        Golden.Holds("01 00 D2 08", NodeId.Numeric(0, 2258), Read, Write);
        Golden.Holds("01 05 01 04", NodeId.Numeric(5, 1025), Read, Write);
        Golden.Holds("01 01 07 00", NodeId.Numeric(1, 7), Read, Write);
        Golden.Holds("02 00 01 07 00 00 00", NodeId.Numeric(256, 7), Read, Write);
        Golden.Holds("02 02 00 00 00 01 00", NodeId.Numeric(2, 65536), Read, Write);
        Golden.Holds("03 01 00 06 00 00 00 48 6F 74 E6 B0 B4", NodeId.Text(1, "Hot水"), Read, Write);
        Golden.Holds(
            "04 04 00 91 2B 96 72 75 FA E6 4A 8D 28 B4 04 DC 7D AF 63",
            NodeId.OfGuid(4, Guid.Parse("72962B91-FA75-4AE6-8D28-B404DC7DAF63")),
            Read,
            Write);
        Golden.Holds("05 03 00 03 00 00 00 4D 61 6E", NodeId.Opaque(3, "Man"u8), Read, Write);
    }

    [Fact]
    public void A_NodeId_in_a_longer_form_than_needed_is_the_same_NodeId()
    {
        var decoder = new BinaryDecoder([0x02, 0, 0, 0xD2, 0x08, 0, 0], DecodingLimits.Default);
        Assert.Equal(NodeId.Numeric(0, 2258), decoder.ReadNodeId());
    }

    [Fact]
    public void An_ExpandedNodeId_sets_flags_and_appends_uri_then_server()
    {
        static ExpandedNodeId Read(ref BinaryDecoder d) => d.ReadExpandedNodeId();
        static void Write(BinaryEncoder e, ExpandedNodeId v) => e.WriteExpandedNodeId(v);
        Golden.Holds("00 55", new ExpandedNodeId(NodeId.Numeric(0, 85)), Read, Write);
        Golden.Holds(
            """
            C3                    # 03 text, 80 uri follows, 40 server follows
            00 00                 # namespace 0, for the uri counts
            01 00 00 00 78        # "x"
            03 00 00 00 75 3A 61  # "u:a"
            02 00 00 00           # server 2
            """,
            new ExpandedNodeId(NodeId.Text(0, "x"), "u:a", 2),
            Read,
            Write);
    }

    [Fact]
    public void Names_and_texts_keep_null_apart_from_empty()
    {
        Golden.Holds(
            "02 00  02 00 00 00 4C 54",
            new QualifiedName(2, "LT"),
            (ref BinaryDecoder d) => d.ReadQualifiedName(),
            (e, v) => e.WriteQualifiedName(v));
        static LocalizedText Read(ref BinaryDecoder d) => d.ReadLocalizedText();
        static void Write(BinaryEncoder e, LocalizedText v) => e.WriteLocalizedText(v);
        Golden.Holds("00", new LocalizedText(null), Read, Write);
        Golden.Holds("02 00 00 00 00", new LocalizedText(""), Read, Write);
        Golden.Holds("03  02 00 00 00 65 6E  01 00 00 00 61", new LocalizedText("a", "en"), Read, Write);
    }

    [Fact]
    public void An_ExtensionObject_names_its_encoding_kind_and_length()
    {
        static ExtensionObject Read(ref BinaryDecoder d) => d.ReadExtensionObject();
        static void Write(BinaryEncoder e, ExtensionObject v) => e.WriteExtensionObject(v);
        Golden.Holds("00 00 00", default, Read, Write);
        Golden.Holds(
            """
            01 00 76 03              # i=886, the binary encoding of Range
            01                       # binary body
            10 00 00 00              # 16 bytes
            00 00 00 00 00 00 00 00  # low 0.0
            00 00 00 00 00 00 59 40  # high 100.0
            """,
            ExtensionObject.From(new EdgeAlarm.OpcUa.Services.Range { Low = 0, High = 100 }),
            Read,
            Write);
    }

    [Fact]
    public void A_DiagnosticInfo_has_the_locale_field_before_the_text_field_and_its_bit_behind()
    {
        static DiagnosticInfo? Read(ref BinaryDecoder d) => d.ReadDiagnosticInfo();
        static void Write(BinaryEncoder e, DiagnosticInfo? v) => e.WriteDiagnosticInfo(v);
        Golden.Holds("00", null, Read, Write);
        Golden.Holds(
            """
            7F              # everything
            01 00 00 00     # symbolic id
            02 00 00 00     # namespace uri
            03 00 00 00     # locale (bit 08)
            04 00 00 00     # localized text (bit 04)
            01 00 00 00 78  # additional info "x"
            00 00 34 80     # inner status BadNodeIdUnknown
            04              # inner: localized text only
            05 00 00 00
            """,
            new DiagnosticInfo
            {
                SymbolicId = 1,
                NamespaceUri = 2,
                Locale = 3,
                LocalizedText = 4,
                AdditionalInfo = "x",
                InnerStatusCode = StatusCodes.BadNodeIdUnknown,
                InnerDiagnosticInfo = new DiagnosticInfo { LocalizedText = 5 },
            },
            Read,
            Write);
    }
}
