using System.Buffers;
using System.Text;
using CsCheck;
using EdgeAlarm.Wire;

namespace EdgeAlarm.Gateway.Tests.Wire;

public class EventJsonTests
{
    private static readonly Guid Epoch = Guid.Parse("0190a1b2-c3d4-7e5f-8a6b-0123456789ab");

    /// <summary>Written by hand from the format's page, member by member; not by the writer under test.</summary>
    private static readonly string Golden = """
        {"v":1,"site":"plant1","gateway":"gw1","epoch":"0190a1b2-c3d4-7e5f-8a6b-0123456789ab","seq":42,"kind":"Activated","alarm":"LT101_HI",
        "occurrence":"0190a1b2-c3d4-7e5f-8a6b-0123456789ab:42","state":"Unacknowledged","priority":"high","class":"process","area":"Tank farm",
        "message":"Füllstand hoch","source":"PLC1","tag":"LT101","value":90.5,"unit":"%","setpoint":90,"status":"0x00000480",
        "times":{"source":"2026-11-23T11:00:00.0000001Z","server":"2026-11-23T11:00:00.0100000Z","received":"2026-11-23T11:00:00.0200000Z",
        "plant":"2026-11-23T11:00:15.0000000Z","condition":"2026-11-23T11:00:14.9999999Z"},"clock":{"offsetMs":-12.25,"synchronised":true},
        "flags":["activeAtStart","late"],"cause":"process"}
        """.ReplaceLineEndings("");

    private static readonly DateTime Eleven = new(2026, 11, 23, 11, 0, 0, DateTimeKind.Utc);

    private static EventMessage GoldenMessage => new()
    {
        Site = "plant1",
        Gateway = "gw1",
        Epoch = Epoch,
        Seq = 42,
        Kind = "Activated",
        Cause = "process",
        Alarm = "LT101_HI",
        Occurrence = "0190a1b2-c3d4-7e5f-8a6b-0123456789ab:42",
        State = "Unacknowledged",
        Priority = "high",
        Class = "process",
        Area = "Tank farm",
        Message = "Füllstand hoch",
        Source = "PLC1",
        Tag = "LT101",
        Value = 90.5,
        Unit = "%",
        Setpoint = 90,
        Status = 0x480,
        SourceTime = Eleven.AddTicks(1),
        ServerTime = Eleven.AddMilliseconds(10),
        ReceivedAt = Eleven.AddMilliseconds(20),
        PlantTime = Eleven.AddSeconds(15),
        ConditionTime = Eleven.AddSeconds(15).AddTicks(-1),
        ClockOffsetMilliseconds = -12.25,
        ClockSynchronised = true,
        Flags = ["activeAtStart", "late"],
    };

    private static readonly Gen<string> Words = Gen.String[Gen.Char.Where(c => !char.IsSurrogate(c) && c != '\0'), 0, 40];
    private static readonly Gen<string> Names = Words.Where(word => word.Length > 0);
    private static readonly Gen<DateTime> Times = Gen.Long[0, DateTime.MaxValue.Ticks].Select(ticks => new DateTime(ticks, DateTimeKind.Utc));

    private static readonly Gen<EventMessage> Messages =
        from names in Names.Array[4]
        from words in Words.Array[12]
        from epoch in Gen.Guid
        from seq in Gen.Long[1, long.MaxValue]
        from numbers in Gen.Double.Array[3]
        from status in Gen.UInt
        from times in Times.Array[7]
        from flags in Names.Array[0, 5]
        from present in Gen.Bool.Array[24]
        select new EventMessage
        {
            Site = names[0],
            Gateway = names[1],
            Kind = names[2],
            Cause = names[3],
            Epoch = epoch,
            Seq = seq,
            Alarm = present[0] ? words[0] : null,
            Occurrence = present[1] ? words[1] : null,
            State = present[2] ? words[2] : null,
            Priority = present[3] ? words[3] : null,
            Class = present[4] ? words[4] : null,
            Area = present[5] ? words[5] : null,
            Message = present[6] ? words[6] : null,
            Source = present[7] ? words[7] : null,
            Tag = present[8] ? words[8] : null,
            Value = present[9] ? numbers[0] : null,
            Unit = present[10] ? words[9] : null,
            Setpoint = present[11] ? numbers[1] : null,
            Status = present[12] ? status : null,
            SourceTime = present[13] ? times[0] : null,
            ServerTime = present[14] ? times[1] : null,
            ReceivedAt = present[15] ? times[2] : null,
            PlantTime = times[3],
            ConditionTime = times[4],
            ClockOffsetMilliseconds = present[16] ? numbers[2] : null,
            ClockSynchronised = present[17] ? present[18] : null,
            IntervalStart = present[19] ? times[5] : null,
            IntervalEnd = present[20] ? times[6] : null,
            Flags = flags,
            Name = present[21] ? words[10] : null,
            By = present[22] ? words[11] : null,
            Reason = present[23] ? words[0] : null,
        };

    [Fact]
    public void An_event_is_written_exactly_as_the_format_says() => Assert.Equal(Golden, Encoding.UTF8.GetString(Write(GoldenMessage)));

    [Fact]
    public void An_event_is_read_exactly_as_the_format_says() => AssertSame(GoldenMessage, EventJson.Parse(Encoding.UTF8.GetBytes(Golden)));

    [Fact]
    public void Only_the_members_that_an_event_has_are_written()
    {
        var gap = new EventMessage
        {
            Site = "s",
            Gateway = "g",
            Epoch = Epoch,
            Seq = 1,
            Kind = "Gap",
            Cause = "system",
            Source = "PLC1",
            PlantTime = Eleven,
            ConditionTime = Eleven,
            IntervalStart = Eleven,
            IntervalEnd = Eleven.AddSeconds(1),
            Reason = "ConnectionLost",
        };
        Assert.Equal(
            """
            {"v":1,"site":"s","gateway":"g","epoch":"0190a1b2-c3d4-7e5f-8a6b-0123456789ab","seq":1,"kind":"Gap","source":"PLC1",
            "times":{"plant":"2026-11-23T11:00:00.0000000Z","condition":"2026-11-23T11:00:00.0000000Z"},
            "interval":{"start":"2026-11-23T11:00:00.0000000Z","end":"2026-11-23T11:00:01.0000000Z"},"reason":"ConnectionLost","cause":"system"}
            """.ReplaceLineEndings(""),
            Encoding.UTF8.GetString(Write(gap)));
    }

    [Theory]
    [InlineData(double.NaN, "\"NaN\"")]
    [InlineData(double.PositiveInfinity, "\"Infinity\"")]
    [InlineData(double.NegativeInfinity, "\"-Infinity\"")]
    [InlineData(-0.0, "-0")]
    [InlineData(double.Epsilon, "5E-324")]
    public void Every_double_travels(double value, string json)
    {
        var bytes = Write(GoldenMessage with { Value = value });
        Assert.Contains($"\"value\":{json},", Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
        Assert.Equal(BitConverter.DoubleToInt64Bits(value), BitConverter.DoubleToInt64Bits(EventJson.Parse(bytes).Value!.Value));
    }

    [Fact]
    public void What_is_written_is_read_back_and_written_alike() => Messages.Sample(message =>
    {
        var bytes = Write(message);
        var read = EventJson.Parse(bytes);
        AssertSame(message, read);
        Assert.Equal(bytes, Write(read));
    });

    /// <summary>A gateway that is newer than the historian sends members that this build does not know.</summary>
    [Fact]
    public void Unknown_members_are_ignored()
    {
        var newer = Golden.Replace("\"times\":{", "\"live\":{\"deep\":[1,{\"x\":null}]},\"times\":{\"leap\":true,", StringComparison.Ordinal);
        AssertSame(GoldenMessage, EventJson.Parse(Encoding.UTF8.GetBytes(newer)));
    }

    [Theory]
    [InlineData("\"v\":1", "\"v\":2", "v")]
    [InlineData("\"seq\":42", "\"seq\":0", "seq")]
    [InlineData("\"seq\":42", "\"seq\":4.5", "seq")]
    [InlineData("\"seq\":42,", "", "seq")]
    [InlineData("\"seq\":42", "\"seq\":42,\"seq\":43", "$")]
    [InlineData("\"site\":\"plant1\"", "\"site\":\"\"", "site")]
    [InlineData("0190a1b2-c3d4-7e5f-8a6b-0123456789ab\",\"seq", "17\",\"seq", "epoch")]
    [InlineData("\"status\":\"0x00000480\"", "\"status\":\"0x480\"", "status")]
    [InlineData("\"status\":\"0x00000480\"", "\"status\":1152", "status")]
    [InlineData("\"value\":90.5", "\"value\":\"high\"", "value")]
    [InlineData("\"value\":90.5", "\"value\":1e999", "value")]
    [InlineData("11:00:15.0000000Z", "11:00:15.0000000", "times.plant")]
    [InlineData("11:00:15.0000000Z", "11:00:15.0000000+01:00", "times.plant")]
    [InlineData("11:00:15.0000000Z", "yesterday", "times.plant")]
    [InlineData("\"flags\":[\"activeAtStart\"", "\"flags\":[7", "flags")]
    [InlineData("\"area\":\"Tank farm\"", "\"area\":\"a\\u0000b\"", "area")]
    [InlineData("\"area\":\"Tank farm\"", "\"area\":\"\\ud800\"", "area")]
    public void A_wrong_member_is_named(string right, string wrong, string member)
    {
        var text = Golden.Replace(right, wrong, StringComparison.Ordinal);
        Assert.NotEqual(Golden, text);
        var failure = Assert.Throws<WireFormatException>(() => EventJson.Parse(Encoding.UTF8.GetBytes(text)));
        Assert.Equal(member, failure.Member);
        Assert.StartsWith(member + ": ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Texts_are_cut_so_that_a_reader_accepts_every_event_that_a_writer_makes()
    {
        var long_ = new string('\u0001', WireLimits.TextLengthMax * 3);
        var huge = GoldenMessage with
        {
            Alarm = long_, Occurrence = long_, State = long_, Priority = long_, Class = long_, Area = long_, Message = long_, Source = long_, Tag = long_,
            Unit = long_, Name = long_, By = "a\0b", Reason = long_, Site = long_, Gateway = long_, Kind = long_, Cause = long_,
            Flags = [.. Enumerable.Repeat(long_, 100)],
        };
        var bytes = Write(huge);
        Assert.InRange(bytes.Length, 1, WireLimits.MessageLengthMax);
        var read = EventJson.Parse(bytes);
        Assert.Equal(WireLimits.TextLengthMax, read.Reason!.Length);
        Assert.EndsWith("…", read.Reason, StringComparison.Ordinal);
        Assert.Equal("a\uFFFDb", read.By);
        Assert.Equal(WireLimits.FlagCountMax, read.Flags.Count);
    }

    [Fact]
    public void A_message_beyond_the_limit_is_refused() =>
        Assert.Equal("$", Assert.Throws<WireFormatException>(() => EventJson.Parse(new byte[WireLimits.MessageLengthMax + 1])).Member);

    [Fact]
    public void Any_bytes_give_an_event_or_a_WireFormatException()
    {
        Gen.Byte.Array[0, 200].Sample(ParsesOrRefuses);
        var golden = Encoding.UTF8.GetBytes(Golden);
        (from position in Gen.Int[0, golden.Length - 1] from count in Gen.Int[0, 6] from bytes in Gen.Byte.Array[count] from keep in Gen.Int[position, golden.Length]
         select (byte[])[.. golden.AsSpan(0, position), .. bytes, .. golden.AsSpan(keep)]).Sample(ParsesOrRefuses, iter: 20_000);
        (from position in Gen.Int[0, golden.Length - 1] from b in Gen.Byte select (position, b)).Sample(
            mutation =>
            {
                var bytes = golden.ToArray();
                bytes[mutation.position] = mutation.b;
                ParsesOrRefuses(bytes);
            },
            iter: 20_000);
    }

    internal static byte[] Write(EventMessage message)
    {
        var buffer = new ArrayBufferWriter<byte>();
        EventJson.Write(buffer, message);
        return buffer.WrittenSpan.ToArray();
    }

    private static void ParsesOrRefuses(byte[] bytes)
    {
        try
        {
            EventJson.Parse(bytes);
        }
        catch (WireFormatException refused)
        {
            Assert.NotEmpty(refused.Member);
        }
    }

    private static void AssertSame(EventMessage expected, EventMessage actual)
    {
        Assert.Equal(expected.Flags, actual.Flags);
        Assert.Equal(expected with { Flags = [] }, actual with { Flags = [] });
    }
}
