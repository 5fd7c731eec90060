using System.Buffers.Binary;
using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.Tests.BinaryEncoding;

/// <summary>The short way of numbers reads what the long way would, and takes nothing that the long way would refuse.</summary>
public sealed class PlainDataValueTests
{
    // 1601-01-01 in .NET ticks
    private const long Epoch = 504_911_232_000_000_000;

    private static readonly (byte[] Bytes, Variant Value)[] Numbers =
    [
        ([1, 0], Variant.From(false)), ([1, 1], Variant.From(true)), ([1, 0x80], Variant.From(true)),
        ([2, 0xFF], Variant.From((sbyte)-1)), ([3, 0xFF], Variant.From((byte)255)),
        ([4, 0xFE, 0xFF], Variant.From((short)-2)), ([5, 0xFE, 0xFF], Variant.From((ushort)65534)),
        ([6, 0, 0, 0, 0x80], Variant.From(int.MinValue)), ([7, 0, 0, 0, 0x80], Variant.From(0x8000_0000u)),
        ([8, 0xFD, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], Variant.From(-3L)), ([9, 0xFD, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], Variant.From(ulong.MaxValue - 2)),
        ([10, 0, 0, 0xC0, 0xFF], Variant.From(BitConverter.Int32BitsToSingle(unchecked((int)0xFFC00000)))), ([10, 0, 0, 0x80, 0xBF], Variant.From(-1f)),
        ([11, 0, 0, 0, 0, 0, 0, 0xF8, 0x3F], Variant.From(1.5)), ([11, 1, 0, 0, 0, 0, 0, 0xF0, 0x7F], Variant.From(BitConverter.Int64BitsToDouble(0x7FF0_0000_0000_0001))),
    ];

    public static IEnumerable<TheoryDataRow<int>> Masks() => new[] { 0x01, 0x03, 0x05, 0x07, 0x09, 0x0B, 0x0D, 0x0F }.Select(mask => new TheoryDataRow<int>(mask));

    [Theory, MemberData(nameof(Masks))]
    public void Every_kind_of_number_is_read_with_every_set_of_fields(int mask)
    {
        foreach (var (number, value) in Numbers)
        {
            var bytes = Bytes((byte)mask, number);
            var decoder = new BinaryDecoder((ReadOnlySpan<byte>)[.. bytes, 0xAA], DecodingLimits.Default);
            var read = decoder.ReadDataValue();
            Assert.Equal(
                new DataValue(value, new((mask & 2) != 0 ? 0x8034_0000 : 0), (mask & 4) != 0 ? Epoch + 7 : 0, (mask & 8) != 0 ? 3_155_378_975_999_999_999 : 0),
                read);
            Assert.Equal(bytes.Length, decoder.Position);
        }
    }

    [Theory, MemberData(nameof(Masks))]
    public void A_value_that_is_cut_anywhere_is_a_violation(int mask)
    {
        foreach (var bytes in Numbers.Select(number => Bytes((byte)mask, number.Bytes)))
        {
            for (var length = 0; length < bytes.Length; length++)
            {
                var cut = bytes[..length];
                Assert.Throws<ProtocolViolation>(() => new BinaryDecoder((ReadOnlySpan<byte>)cut, DecodingLimits.Default).ReadDataValue());
            }
        }
    }

    // what is not plain goes the long way: picoseconds, no value, arrays and matrices of numbers, other types
    [Theory]
    [InlineData("15 01 01 07 00 00 00 00 00 00 00 05 00", true)]
    [InlineData("04 07 00 00 00 00 00 00 00", true)]
    [InlineData("01 83 02 00 00 00 01 02", true)]
    [InlineData("01 C3 01 00 00 00 01 02 00 00 00 01 00 00 00 01 00 00 00", true)]
    [InlineData("01 43 01", false)]
    [InlineData("01 18 01", false)]
    [InlineData("01 00", true)]
    public void What_is_no_plain_number_is_read_or_refused_as_ever(string text, bool isSound)
    {
        var bytes = Golden.Bytes(text);
        if (isSound)
        {
            var decoder = new BinaryDecoder(bytes.AsSpan(), DecodingLimits.Default);
            _ = decoder.ReadDataValue();
            Assert.Equal(bytes.Length, decoder.Position);
        }
        else
        {
            Assert.Throws<ProtocolViolation>(() => new BinaryDecoder(bytes.AsSpan(), DecodingLimits.Default).ReadDataValue());
        }
    }

    [Fact]
    public void Nesting_is_limited_for_numbers_too()
    {
        byte[] bytes = [0x01, 0x01, 0x01];
        Assert.Throws<ProtocolViolation>(() => new BinaryDecoder(bytes.AsSpan(), new DecodingLimits { MaxNesting = 1 }).ReadDataValue());
        Assert.Equal(new DataValue(Variant.From(true)), new BinaryDecoder(bytes.AsSpan(), new DecodingLimits { MaxNesting = 2 }).ReadDataValue());
    }

    // status BadNodeIdUnknown, source time seven ticks after 1601, server time beyond the calendar
    private static byte[] Bytes(byte mask, byte[] number)
    {
        var bytes = new List<byte> { mask };
        bytes.AddRange(number);
        Span<byte> field = stackalloc byte[8];
        if ((mask & 2) != 0)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(field, 0x8034_0000);
            bytes.AddRange(field[..4]);
        }

        if ((mask & 4) != 0)
        {
            BinaryPrimitives.WriteInt64LittleEndian(field, 7);
            bytes.AddRange(field);
        }

        if ((mask & 8) != 0)
        {
            BinaryPrimitives.WriteInt64LittleEndian(field, long.MaxValue);
            bytes.AddRange(field);
        }

        return [.. bytes];
    }
}
