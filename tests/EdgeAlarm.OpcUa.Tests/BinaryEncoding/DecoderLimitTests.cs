using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.Tests.BinaryEncoding;

/// <summary>What a hostile or broken peer may cost: lengths, nesting, memory (OPC 10000-6 §5.1.5, §5.2.5).</summary>
public sealed class DecoderLimitTests
{
    private static readonly DecodingLimits Tight = new() { MaxStringBytes = 4, MaxArrayLength = 4 };

    [Theory]
    [InlineData("05 00 00 00 61 61 61 61 61")] // five bytes, all there
    [InlineData("FF FF FF 7F")]
    public void A_string_above_the_limit_is_refused_as_a_limit(string bytes) =>
        Assert.Equal(StatusCodes.BadEncodingLimitsExceeded, Golden.Refused(bytes, (ref BinaryDecoder d) => d.ReadString(), Tight).Status);

    [Fact]
    public void An_array_above_the_limit_is_refused_as_a_limit() =>
        Assert.Equal(
            StatusCodes.BadEncodingLimitsExceeded,
            Golden.Refused("83 05 00 00 00 01 02 03 04 05", (ref BinaryDecoder d) => d.ReadVariant(), Tight).Status);

    [Fact]
    public void Limits_themselves_are_allowed()
    {
        var decoder = new BinaryDecoder(Golden.Bytes("04 00 00 00 61 61 61 61  83 04 00 00 00 01 02 03 04").AsSpan(), Tight);
        Assert.Equal("aaaa", decoder.ReadString());
        Assert.Equal(4, decoder.ReadVariant().Elements?.Length);
    }

    [Theory]
    [InlineData("FE FF FF FF")]
    [InlineData("00 00 00 80")]
    [InlineData("02 00 00 00 61")]
    [InlineData("02 00")]
    public void A_length_below_minus_one_or_beyond_the_end_is_refused(string bytes) =>
        Assert.Equal(StatusCodes.BadDecodingError, Golden.Refused(bytes, (ref BinaryDecoder d) => d.ReadByteString()).Status);

    [Fact]
    public void A_violation_tells_offset_and_clause()
    {
        var violation = Golden.Refused("00 00 05", (ref BinaryDecoder d) => (d.ReadByte(), d.ReadByte(), d.ReadVariant()));
        Assert.Equal(3, violation.Offset);
        Assert.Equal("OPC 10000-6 §5.2.1", violation.Clause);
        Assert.Contains("2 bytes are needed and 0 are left", violation.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Variants_nest_a_hundred_deep_and_no_deeper()
    {
        var deepest = Nested(99);
        var decoder = new BinaryDecoder(deepest.AsSpan(), DecodingLimits.Default);
        _ = decoder.ReadVariant();
        Assert.Equal(0, decoder.Remaining);

        var tooDeep = Nested(100);
        var violation = Assert.Throws<ProtocolViolation>(() => new BinaryDecoder(tooDeep.AsSpan(), DecodingLimits.Default).ReadVariant());
        Assert.Equal(StatusCodes.BadEncodingLimitsExceeded, violation.Status);
    }

    [Fact]
    public void Diagnostics_nested_without_end_are_refused_before_the_stack_is()
    {
        var bytes = Enumerable.Repeat((byte)0x40, 1_000_000).ToArray();
        var violation = Assert.Throws<ProtocolViolation>(() => new BinaryDecoder(bytes.AsSpan(), DecodingLimits.Default).ReadDiagnosticInfo());
        Assert.Equal(StatusCodes.BadEncodingLimitsExceeded, violation.Status);
    }

    [Fact]
    public void A_lying_length_costs_no_memory()
    {
        var bytes = Golden.Bytes("97 FF FF 0F 00 00"); // an array of 1,048,575 DataValues in one byte
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<ProtocolViolation>(() => new BinaryDecoder(bytes.AsSpan(), DecodingLimits.Default).ReadVariant());
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 * 1024);
    }

    // Each level of nested arrays claims all bytes that are left. A decoder that only asks "are so many bytes there?" allocates them a
    // hundred times over: 100 levels x 60,000 elements x 64 bytes = 384 MB for 64 kB.
    [Fact]
    public void Nested_arrays_cannot_claim_the_same_bytes_twice()
    {
        const int Size = 64 * 1024;
        var encoder = new BinaryEncoder();
        for (var level = 0; level < 98; level++)
        {
            encoder.WriteByte(0x98);
            encoder.WriteInt32(Size - encoder.Length - sizeof(int));
        }

        encoder.WriteRaw(new byte[Size - encoder.Length]);
        var bytes = encoder.WrittenSpan.ToArray();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<ProtocolViolation>(() => new BinaryDecoder(bytes.AsSpan(), DecodingLimits.Default).ReadVariant());
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100L * Size);
    }

    private static byte[] Nested(int arraysOfOne)
    {
        var encoder = new BinaryEncoder();
        for (var level = 0; level < arraysOfOne; level++)
        {
            encoder.WriteByte(0x98);
            encoder.WriteInt32(1);
        }

        encoder.WriteByte(0x00);
        return encoder.WrittenSpan.ToArray();
    }
}
