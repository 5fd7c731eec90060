using EdgeAlarm.OpcUa.DataTypes;

namespace EdgeAlarm.OpcUa.Tests.DataTypes;

/// <summary>The way into a value, as people write it.</summary>
public class ValuePathTests
{
    [Theory]
    [InlineData("")]
    [InlineData("[0]")]
    [InlineData("[1,3]")]
    [InlineData(".5")]
    [InlineData("/Status/Bits.3")]
    [InlineData("/Windings[12]/Temperatures[0]")]
    [InlineData("[2].63")]
    [InlineData("/Mit Leerzeichen und ü")]
    public void A_path_reads_back_as_it_was_written(string text) => Assert.Equal(text, PlantTypes.Path(text).ToString());

    [Theory]
    [InlineData("x", 0, "write [2] for an element")]
    [InlineData("[2", 0, "'[' without ']'")]
    [InlineData("[]", 0, "write an index like [2]")]
    [InlineData("[-1]", 0, "write an index like [2]")]
    [InlineData("[1;2]", 0, "write an index like [2]")]
    [InlineData("[2147483648]", 0, "write an index like [2]")]
    [InlineData("[1,2,3,4,5]", 0, "at most 4 dimensions")]
    [InlineData("/", 0, "'/' without the name")]
    [InlineData("/A//B", 2, "'/' without the name")]
    [InlineData("/A.", 2, "write a bit like .5")]
    [InlineData("/A.B", 2, "write a bit like .5")]
    [InlineData("/A.64", 2, "from .0 to .63")]
    [InlineData("/A.5/B", 2, "nothing follows it")]
    [InlineData("/A]", 2, "write [2] for an element")]
    [InlineData("/1/2/3/4/5/6/7/8/9", 16, "more than 8 steps")]
    public void A_malformed_path_is_told_with_its_place(string text, int position, string fault)
    {
        Assert.False(ValuePath.TryParse(text, out _, out var at, out var told));
        Assert.Contains(fault, told, StringComparison.Ordinal);
        Assert.Equal(position, at);
    }
}
