using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Acquisition;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.TestServers;

namespace EdgeAlarm.Gateway.Tests.Acquisition;

/// <summary>Tags inside structures, arrays and words, against an independent server's own encoding of them.</summary>
public class TypedTagTests
{
    private static readonly (string Name, double Expected)[] Comparable =
    [
        ("Motor/Speed", 1480.5), ("Motor/Status/State", 1), ("Motor/Status/Bits", 8), ("Motor/Status/Bits.3", 1), ("Motor/Status/Bits.2", 0), ("Motor/Status/Temperatures[1]", 72.25),
        ("Motor/Windings[1]/Temperatures[2]", 92.5), ("Motor/Windings[1]/State", 2), ("Motor/Hours", 4711), ("Motors[2]/Speed", 3), ("Motors[1]/Status/Bits.1", 1),
        ("Valve/Torque", 12.5), ("Valve/Open", 1), ("Reading/Number", 3.25), ("State", 2), ("Bits", 8), ("Bits.3", 1), ("Array[2]", 3.5), ("Matrix[1,2]", 23), ("Word.5", 1),
        ("Big.63", 1), ("Line1/Motor.Status[3]", 42), ("Level", 20),
    ];

    [Fact]
    public async Task Members_elements_and_bits_arrive_as_values_and_what_is_not_there_as_a_quality()
    {
        await using var server = await NodeOpcuaServer.StartAsync(new() { Tags = 1, Paused = true, Types = true });
        (string Name, StatusCode Status)[] absent =
        [
            ("Motor/Windings[2]/Bits", StatusCodes.BadIndexRangeNoData), ("Valve/Position", StatusCodes.BadNoData), ("Array[3]", StatusCodes.BadIndexRangeNoData),
        ];
        await using var plc = new RunningPlc(Options(server.Port, [.. Comparable.Select(tag => tag.Name), .. absent.Select(tag => tag.Name)]));
        await plc.Sink.UntilAsync(sink => sink.Samples.Select(sample => sample.Tag).Distinct().Count() == Comparable.Length + absent.Length, "a sample of each tag");
        var last = plc.Sink.Samples.GroupBy(sample => sample.Tag).ToDictionary(tag => tag.Key, tag => tag.Last());
        Assert.All(Comparable, (tag, index) => Assert.Equal((tag.Name, tag.Expected, 0u), (tag.Name, last[index].Value.AsNumber(), last[index].Quality.Code)));
        Assert.All(absent, (tag, index) => Assert.Equal((tag.Name, tag.Status.Code), (tag.Name, last[Comparable.Length + index].Quality.Code)));
        var told = Assert.Single(plc.Log.Lines, line => line.Id == 1022);
        Assert.Contains("/Speed of ", told.Text, StringComparison.Ordinal);

        await server.SetMotorAsync(1500, 4);
        await plc.Sink.UntilAsync(sink => sink.Samples.Any(sample => sample is { Tag: 0 } && sample.Value.AsNumber() is 1500), "the new speed");
        await plc.Sink.UntilAsync(sink => sink.Samples.Last(sample => sample.Tag == 4).Value.AsNumber() is 1, "the new bit");
        Assert.Equal(0, plc.Sink.Samples.Last(sample => sample.Tag == 3).Value.AsNumber());
    }

    [Fact]
    public async Task What_no_alarm_can_compare_is_refused_by_name_with_the_reason_and_costs_no_other_tag()
    {
        await using var server = await NodeOpcuaServer.StartAsync(new() { Tags = 1, Paused = true, Types = true });
        (string Name, string Reason)[] refused =
        [
            ("Text", "the value is a String, which no alarm can compare"), ("Time", "the value is a DateTime"), ("Array", "the value is an array of Double: name an element"),
            ("Motor", "the value is a Motor: name one of its members"), ("Motor/Sped", "Motor has no member 'Sped'; it has Name, Started, Speed"), ("Word.16", "a UInt16 has the bits .0 to .15"),
            ("Level/X", "/X names a member, and the value is a Double"),
        ];
        await using var plc = new RunningPlc(Options(server.Port, ["Level", .. refused.Select(tag => tag.Name), "Nobody/Speed"]));
        await plc.Sink.UntilAsync(sink => sink.Samples.Any(sample => sample.Tag == 0), "the good tag");
        // a plain address is looked up when its first value is no number
        await plc.Sink.UntilAsync(
            sink => refused.Index().All(tag => sink.MonitoredTags.LastOrDefault(told => told.Tag == tag.Index + 1)?.Result.Code == StatusCodes.BadTypeMismatch.Code), "each refused");
        var told = plc.Sink.MonitoredTags.ToLookup(tag => tag.Tag, tag => tag.Result.Code);
        Assert.All(refused, (tag, index) =>
        {
            var line = Assert.Single(plc.Log.Lines, line => line.Id == 1020 && line.Text.Contains($"Tag{index + 1} at", StringComparison.Ordinal));
            Assert.Contains(tag.Reason, line.Text, StringComparison.Ordinal);
        });
        Assert.Equal(StatusCodes.BadNodeIdUnknown.Code, told[refused.Length + 1].Single());
        Assert.All(plc.Sink.Samples.Where(sample => sample.Tag != 0), sample => Assert.Equal(TagValue.None, sample.Value));
        Assert.Equal(StatusCodes.Good.Code, told[0].Single());
    }

    internal static OpcUaPlcOptions Options(int port, params string[] names) => RunningPlc.Plain(port, 0) with
    {
        Tags = [.. names.Select((name, index) => new PlcTag(index, $"Tag{index}", NodeOpcuaServer.TypedAddress(name), TimeSpan.Zero))],
    };
}
