using EdgeAlarm.Gateway.Configuration;

namespace EdgeAlarm.Gateway.Tests.Configuration;

/// <summary>Addresses as people write them into tags.csv.</summary>
public class TagAddressTests
{
    [Theory]
    [InlineData("nsu=urn:plant;i=85", "nsu=urn:plant;i=85 ")]
    [InlineData("nsu=urn:plant;i=85[2]", "nsu=urn:plant;i=85 [2]")]
    [InlineData("nsu=urn:plant;i=85/Status/Bits.3", "nsu=urn:plant;i=85 /Status/Bits.3")]
    [InlineData("nsu=urn:plant;g=72962b91-fa75-4ae6-8d28-b404dc7daf63.5", "nsu=urn:plant;g=72962b91-fa75-4ae6-8d28-b404dc7daf63 .5")]
    [InlineData("nsu=urn:plant;s=LT101", "nsu=urn:plant;s=LT101 ")]
    [InlineData("nsu=urn:plant;s=Motor[2", "nsu=urn:plant;s=Motor[2 ")]
    [InlineData("nsu=urn:plant;s=Plant1.Tank", "nsu=urn:plant;s=Plant1.Tank ")]
    public void An_address_with_one_reading_needs_no_server_to_decide(string text, string reading) => Assert.Equal([reading], Readings(text));

    // Kepware and Siemens have such text ids: the plain NodeId comes first, and wins where it exists
    [Theory]
    [InlineData("nsu=urn:plant;s=Line1/Motor.Status[3]", "s=Line1/Motor.Status[3] ", "s=Line1/Motor.Status [3]")]
    [InlineData("nsu=urn:plant;s=Motor/Status/Bits.3", "s=Motor/Status/Bits.3 ", "s=Motor/Status/Bits .3", "s=Motor/Status /Bits.3", "s=Motor /Status/Bits.3")]
    [InlineData("nsu=urn:plant;b=TWFu[1]", "b=TWFu [1]")]
    [InlineData("nsu=urn:plant;b=TWFu/bcd", "b=TWFu/bcd ", "b=TWFu /bcd")]
    public void An_address_with_several_readings_has_the_longest_node_id_first(string text, params string[] readings) =>
        Assert.Equal(readings.Select(reading => "nsu=urn:plant;" + reading), Readings(text));

    [Fact]
    public void No_more_readings_than_a_path_has_steps_are_tried() =>
        Assert.Equal(9, Readings("nsu=urn:plant;s=" + string.Concat(Enumerable.Repeat("a/", 50)) + "b").Count);

    [Theory]
    [InlineData("ns=2;s=LT101", "an index like ns=2 may shift")]
    [InlineData("LT101", "write nsu=<namespace uri>;s=<name>")]
    [InlineData("nsu=urn:plant", "character 5: no ';' ends the namespace uri")]
    [InlineData("nsu=;s=x", "character 5: the namespace uri is blank")]
    [InlineData("nsu=u;", "character 7: no identifier")]
    [InlineData("nsu=u;s", "character 7: no identifier")]
    [InlineData("nsu=u;s=", "character 9: the identifier is blank")]
    [InlineData("nsu=u;x=1", "character 7: 'x=' is no kind of identifier")]
    [InlineData("nsu=u;i=", "character 9: i= takes a number from 0 to 4294967295")]
    [InlineData("nsu=u;i=4294967296", "character 9: i= takes a number")]
    [InlineData("nsu=u;i=5x", "character 10: write [2] for an element, /Field for a member or .5 for a bit")]
    [InlineData("nsu=u;i=5[2", "character 10: '[' without ']'")]
    [InlineData("nsu=u;i=5/A.99", "character 12: write a bit like .5")]
    [InlineData("nsu=u;g=1234", "character 9: g= takes a guid")]
    [InlineData("nsu=u;b=*", "character 9: b= takes base64")]
    public void A_malformed_address_is_told_with_its_place_and_what_is_allowed(string text, string fault)
    {
        Assert.False(TagAddress.TryParse(text, out _, out var told));
        Assert.Contains(fault, told, StringComparison.Ordinal);
        Assert.EndsWith(".", told, StringComparison.Ordinal);
    }

    private static IReadOnlyList<string> Readings(string text)
    {
        Assert.True(TagAddress.TryParse(text, out var address, out var fault), fault);
        return [.. address.Readings.Select(reading => $"{reading.Node} {reading.Path}")];
    }
}
