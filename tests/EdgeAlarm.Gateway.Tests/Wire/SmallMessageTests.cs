using System.Buffers;
using System.Text;
using CsCheck;
using EdgeAlarm.Wire;

namespace EdgeAlarm.Gateway.Tests.Wire;

public class SmallMessageTests
{
    private static readonly Guid Epoch = Guid.Parse("0190a1b2-c3d4-7e5f-8a6b-0123456789ab");

    [Fact]
    public void A_receipt_is_written_and_read_as_the_format_says()
    {
        const string json = """{"epoch":"0190a1b2-c3d4-7e5f-8a6b-0123456789ab","through":123456,"session":"h-7f"}""";
        Assert.Equal(json, Text(new Receipt(Epoch, 123456, "h-7f").Write));
        Assert.Equal(new Receipt(Epoch, 123456, "h-7f"), Receipt.Parse(Encoding.UTF8.GetBytes(json)));
    }

    [Fact]
    public void A_receipt_says_what_stands_at_its_watermark_and_whether_there_are_conflicts()
    {
        const string json = """{"epoch":"0190a1b2-c3d4-7e5f-8a6b-0123456789ab","through":7,"session":"h-7f","hash":"00ff","conflict":true}""";
        var receipt = new Receipt(Epoch, 7, "h-7f", "00ff", HasConflict: true);
        Assert.Equal(json, Text(receipt.Write));
        Assert.Equal(receipt, Receipt.Parse(Encoding.UTF8.GetBytes(json)));
    }

    [Fact]
    public void An_outbox_range_is_written_and_read_as_the_format_says()
    {
        const string json = """{"epoch":"0190a1b2-c3d4-7e5f-8a6b-0123456789ab","first":8,"last":7}""";
        Assert.Equal(json, Text(new OutboxRange(Epoch, 8, 7).Write));
        Assert.Equal(new OutboxRange(Epoch, 8, 7), OutboxRange.Parse(Encoding.UTF8.GetBytes(json)));
        Assert.Equal(0, new OutboxRange(Epoch, 8, 7).Count);
    }

    [Fact]
    public void A_status_is_written_and_read_as_the_format_says()
    {
        const string json = """{"online":true,"epoch":"0190a1b2-c3d4-7e5f-8a6b-0123456789ab","lastSeq":0,"version":"0.1.0","since":"2026-11-23T11:00:00.5000000Z","session":"g-1"}""";
        var status = new GatewayStatus(true, Epoch, 0, "0.1.0", new DateTime(2026, 11, 23, 11, 0, 0, 500, DateTimeKind.Utc), "g-1");
        Assert.Equal(json, Text(status.Write));
        Assert.Equal(status, GatewayStatus.Parse(Encoding.UTF8.GetBytes(json)));
    }

    /// <summary>A receipt deletes events: one that is unclear in any way must not be believed.</summary>
    [Theory]
    [InlineData("""{"epoch":"0190a1b2-c3d4-7e5f-8a6b-0123456789ab","through":-1,"session":"s"}""", "through")]
    [InlineData("""{"epoch":"0190a1b2-c3d4-7e5f-8a6b-0123456789ab","through":"5","session":"s"}""", "through")]
    [InlineData("""{"epoch":"0190a1b2-c3d4-7e5f-8a6b-0123456789ab","through":9223372036854775808,"session":"s"}""", "through")]
    [InlineData("""{"epoch":"0190a1b2-c3d4-7e5f-8a6b-0123456789ab","through":5}""", "session")]
    [InlineData("""{"through":5,"session":"s"}""", "epoch")]
    [InlineData("""[]""", "$")]
    [InlineData("", "$")]
    public void A_receipt_that_is_not_plain_is_refused(string json, string member) =>
        Assert.Equal(member, Assert.Throws<WireFormatException>(() => Receipt.Parse(Encoding.UTF8.GetBytes(json))).Member);

    [Fact]
    public void An_outbox_range_that_ends_before_it_begins_is_refused() => Assert.Equal(
        "first",
        Assert.Throws<WireFormatException>(() => OutboxRange.Parse("""{"epoch":"0190a1b2-c3d4-7e5f-8a6b-0123456789ab","first":9,"last":7}"""u8)).Member);

    [Fact]
    public void Any_bytes_give_a_message_or_a_WireFormatException() => Gen.Byte.Array[0, 120].Sample(bytes =>
    {
        Assert.IsType<WireFormatException>(Record.Exception(() => Receipt.Parse(bytes)));
        Assert.IsType<WireFormatException>(Record.Exception(() => OutboxRange.Parse(bytes)));
        Assert.IsType<WireFormatException>(Record.Exception(() => GatewayStatus.Parse(bytes)));
    });

    /// <summary>The vector of FIPS 180-2, appendix B.1.</summary>
    [Fact]
    public void The_content_hash_is_SHA_256() => Assert.Equal(
        "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD",
        Convert.ToHexString(ContentHash.Of("abc"u8)));

    private static string Text(Action<IBufferWriter<byte>> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        write(buffer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
