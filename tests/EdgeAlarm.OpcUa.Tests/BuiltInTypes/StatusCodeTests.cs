using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.Tests.BuiltInTypes;

public sealed class StatusCodeTests
{
    [Theory]
    [InlineData(0x8034_0000u, "BadNodeIdUnknown (0x80340000)")]
    [InlineData(0x0000_0000u, "Good (0x00000000)")]
    [InlineData(0x0000_0480u, "Good (0x00000480)")]
    [InlineData(0x002F_0000u, "GoodOverload (0x002F0000)")]
    [InlineData(0x8FFF_0000u, "0x8FFF0000")]
    public void A_code_names_itself(uint code, string text) => Assert.Equal(text, new StatusCode(code).ToString());

    // The reserved severity 11 must never pass for good: an unknown code is bad (OPC 10000-4 §7.39).
    [Theory]
    [Trait("Field", "F-28")]
    [InlineData(0x0000_0000u, true, false, false)]
    [InlineData(0x002F_0000u, true, false, false)]
    [InlineData(0x4000_0000u, false, true, false)]
    [InlineData(0x8000_0000u, false, false, true)]
    [InlineData(0xC000_0000u, false, false, true)]
    public void Every_severity_is_exactly_one_of_good_uncertain_bad(uint code, bool good, bool uncertain, bool bad)
    {
        var status = new StatusCode(code);
        Assert.Equal((good, uncertain, bad), (status.IsGood, status.IsUncertain, status.IsBad));
    }

    [Theory]
    [Trait("Field", "F-2")]
    [InlineData(0x0000_0480u, true)]
    [InlineData(0x8000_0480u, true)]
    [InlineData(0x0000_0080u, false)] // the bit without InfoType DataValue means nothing
    [InlineData(0x0000_0880u, false)]
    [InlineData(0x0000_0C80u, false)]
    [InlineData(0x0000_0400u, false)]
    public void Overflow_counts_only_under_its_info_type(uint code, bool overflow) =>
        Assert.Equal(overflow, new StatusCode(code).IsOverflow);

    [Fact]
    public void Overflow_is_set_without_touching_the_rest()
    {
        Assert.Equal(new StatusCode(0x480), StatusCodes.Good.WithOverflow());
        Assert.Equal(new StatusCode(0x8031_0480), StatusCodes.BadNoCommunication.WithOverflow());
        Assert.Equal(StatusCodes.BadNoCommunication, StatusCodes.BadNoCommunication.WithOverflow().WithoutInfoBits);
    }

    [Theory]
    [InlineData(0x0000_0600u, 2)]
    [InlineData(0x0000_0500u, 1)]
    [InlineData(0x0000_0700u, 3)]
    [InlineData(0x0000_0300u, 0)]
    public void Limit_bits_count_only_under_their_info_type(uint code, int limit) => Assert.Equal(limit, new StatusCode(code).LimitBits);

    [Fact]
    [Trait("Field", "F-3")]
    public void A_good_with_a_sub_code_can_be_told_from_plain_good()
    {
        Assert.NotEqual(0, StatusCodes.GoodOverload.SubCode);
        Assert.Equal(0, StatusCodes.Good.WithOverflow().SubCode);
    }
}
