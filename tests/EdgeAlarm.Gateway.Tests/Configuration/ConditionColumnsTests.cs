using System.Text;
using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Configuration;

namespace EdgeAlarm.Gateway.Tests.Configuration;

/// <summary>What a row of the master alarm list says of its condition, and what it may not say.</summary>
public sealed class ConditionColumnsTests : IDisposable
{
    private const string Settings = """
        { "site": "s", "gateway": "g", "data": "data", "sources": [ { "name": "PLC1", "url": "opc.tcp://plc:4840", "security": "None" } ], "mqtt": { "host": "b", "tls": false } }
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Each_way_to_write_a_setpoint_is_read()
    {
        Assert.Equal((90, null, false), Limit(Read("Hi", "90")));
        Assert.Equal((90, null, false), Limit(Read("Hi", ">=90")));
        Assert.Equal((90, null, true), Limit(Read("Hi", "> 90")));
        Assert.Equal((20, null, true), Limit(Read("Lo", "<10%")));
        Assert.Equal((0, 1, false), Limit(Read("HiHi", "SP")));
        Assert.Equal((5, 1, true), Limit(Read("Hi", ">SP + 5")));
        Assert.Equal((-10, 1, false), Limit(Read("Lo", "SP-5%")));
        Assert.Equal((1, 2, false), Limit(Read("Equal", "SP-2+1")));
        Assert.Equal((1, null, false), Limit(Read("NotEqual", "true")));
        Assert.Equal([3.0, 5, 7], Read("InSet", "5|3|7").Set.Items);
        Assert.Equal(new BitPattern(32, 32, false), Read("Bit", "5").Bits);
        Assert.Equal(new BitPattern(32, 0, false), Read("Bit", "not 5").Bits);
        Assert.Equal(new BitPattern(0xF0, 0x30, false), Read("Mask", "0xF0=0x30").Bits);
        Assert.Equal(new BitPattern(0xF0, 0x30, true), Read("Mask", "0xF0 != 0x30").Bits);
        Assert.Equal(new BitPattern(6, 0, true), Read("Mask", "6").Bits);
        Assert.False(Read("BadQuality", "").CountsUncertain);
        Assert.True(Read("BadQuality", "uncertain").CountsUncertain);
        Assert.Equal([0, 1], Read("Expression", "", "Expression", "\"LT101 > max(SP, 5)\"").Expression!.Tags.Items);
        Assert.Equal((5, 1, false), Limit(Read("DevHi", "SP+5")));
        Assert.Equal((-10, 1, false), Limit(Read("DevLo", "SP-5%", "Window", "1m")));
        Assert.Equal((10, TimeSpan.FromMinutes(1)), Over(Read("RateUp", "5%", "Window", "1m")));
        Assert.Equal((3, TimeSpan.FromMinutes(10)), Over(Read("CountInTime", "3", "Window", "10m")));
        Assert.Equal((90, TimeSpan.FromMinutes(10)), Over(Read("TimeAbnormal", "90", "Window", "10m")));
        Assert.Equal((0, TimeSpan.FromHours(3)), Over(Read("Flatline", "", "Window", "3h")));
        Assert.Equal((0, TimeSpan.FromSeconds(5)), Over(Read("Heartbeat", "", "Window", "5s")));
        Assert.Equal((0, TimeSpan.FromSeconds(5)), Over(Read("Stale", "", "Window", "5s")));
        Assert.Equal((0, TimeSpan.FromSeconds(15)), Over(Read("Discrepancy", "SP", "Window", "15s")));

        static (double, TimeSpan) Over(AlarmDefinition alarm) => (alarm.Setpoint, alarm.Window);

        static (double, int?, bool) Limit(AlarmDefinition alarm) => (alarm.Setpoint, alarm.SetpointTag, alarm.IsExclusive);
    }

    [Theory]
    [InlineData("Hi", "<90", "is neither a number nor a tag")]
    [InlineData("Hi", "SPX", "is neither a number nor a tag with an offset (as in FIC101_SP+5); did you mean")]
    [InlineData("Hi", "LT101", "compares the tag with itself")]
    [InlineData("Hi", "250", "lies outside of the range of LT101, 0 to 200")]
    [InlineData("Lo", "-5%", "lies outside of the range of LT101, 0 to 200")]
    [InlineData("InSet", "3|x", "is no number")]
    [InlineData("InSet", "3|3", "names a value twice")]
    [InlineData("Bit", "64", "is no bit")]
    [InlineData("Bit", "-1", "is no bit")]
    [InlineData("Mask", "0", "is no mask")]
    [InlineData("Mask", "0x0F=0x10", "no bit outside of the mask")]
    [InlineData("BadQuality", "worse", "bad")]
    [InlineData("Hi", "90", "is as large as the range", "Deadband", "200")]
    [InlineData("Bit", "5", "has no meaning for Bit", "Deadband", "2")]
    [InlineData("Hi", "30", "lets the alarm return at -20, outside of the range", "Deadband", "50")]
    [InlineData("Lo", "190", "lets the alarm return at 240, outside of the range", "Deadband", "50")]
    [InlineData("Hi", ">200", "could never come")]
    [InlineData("Lo", "<0", "could never come")]
    [InlineData("Equal", "201", "lies outside of the range of LT101, 0 to 200")]
    [InlineData("NotEqual", "-1", "lies outside of the range of LT101, 0 to 200")]
    [InlineData("InSet", "3|300", "lies outside of the range of LT101, 0 to 200")]
    [InlineData("RateDown", "201", "could never come", "Window", "10s", "Setpoint")]
    [InlineData("DevHi", "SP+201", "could never come")]
    [InlineData("Flatline", "", "would count as standing still", "Window,Deadband", "3h,200", "Deadband")]
    [InlineData("Limits", "", "one of each", "HiHi,Hi", "95 critical high,90", "HiHi")]
    [InlineData("Limits", "", "one of each", "HiHi,Hi", "95 1s 2s,90", "HiHi")]
    [InlineData("Hi", "90", "cannot be seen: LT101 is sampled every 100 ms", "MinPulse", "50ms")]
    [InlineData("Hi", "90", "OnDelay and the sampling of LT101 take 2100 ms", "MinPulse,OnDelay", "2s,2s", "MinPulse")]
    [InlineData("Discrepancy", "SP", "OnDelay and Window and the sampling of LT101 take 5100 ms", "MinPulse,Window", "5s,5s", "MinPulse")]
    [InlineData("Hi", "90", "is at least 0", "Deadband", "-1")]
    [InlineData("Hi", "90", "is longer than 24 hours", "OnDelay", "15d")]
    [InlineData("Hi", "90", "a critical alarm may not go quiet", "BadQuality", "inhibit")]
    [InlineData("BadQuality", "", "which is about bad quality", "BadQuality", "hold")]
    [InlineData("Expression", "", "is required", "Expression", "")]
    [InlineData("Hi", "90", "has no meaning for Hi", "Window", "10s")]
    [InlineData("RateUp", "5", "is required", "Window", "")]
    [InlineData("RateUp", "5", "from 100ms to 7d", "Window", "50ms")]
    [InlineData("Flatline", "", "from 100ms to 7d", "Window", "8d")]
    [InlineData("Stale", "", "alarm between two samples", "Window", "100ms")]
    [InlineData("RateDown", "-5", "more than 0; RateDown says the direction", "Window", "10s", "Setpoint")]
    [InlineData("RateDown", "0", "more than 0; RateDown says the direction", "Window", "10s", "Setpoint")]
    [InlineData("CountInTime", "2.5", "a whole number from 1 to 20", "Window", "10s", "Setpoint")]
    [InlineData("CountInTime", "21", "a whole number from 1 to 20", "Window", "10s", "Setpoint")]
    [InlineData("TimeAbnormal", "11", "more than 0 and at most 10", "Window", "10s", "Setpoint")]
    [InlineData("Heartbeat", "3", "has no meaning for Heartbeat", "Window", "10s", "Setpoint")]
    [InlineData("DevHi", "5", "names the tag that holds the setpoint", "Window", "10s", "Setpoint")]
    [InlineData("DevHi", "SP-5", "may be above it, as FIC101_SP+5", "Window", "10s", "Setpoint")]
    [InlineData("DevLo", "SP+5", "may be below it, as FIC101_SP-5", "Window", "10s", "Setpoint")]
    [InlineData("DevLo", "SP-5", "would not return where the value is back", "Deadband", "5")]
    [InlineData("Discrepancy", "SP+1", "is the tag of the feedback", "Window", "10s", "Setpoint")]
    [InlineData("Discrepancy", "5", "is the tag of the feedback", "Window", "10s", "Setpoint")]
    [InlineData("Expression", "", "at character 8: '>'", "Expression", "LT101 >> 5")]
    [InlineData("Expression", "", "does not read LT101", "Expression", "SP > 5")]
    [InlineData("Hi", "90", "is only read where Type is Expression, CountInTime or TimeAbnormal, not Hi", "Expression", "LT101 > 5")]
    [InlineData("Limits", "", "at least two of the levels", "Hi", "90", "Type")]
    [InlineData("Limits", "5", "write the limits into HiHi", "HiHi,Hi", "95,90", "Setpoint")]
    [InlineData("Limits", "", "is to lie above Hi, at 90", "HiHi,Hi", "85,90", "HiHi")]
    [InlineData("Limits", "", "is neither a priority (critical, high", "HiHi,Hi", "95 urgent,90", "HiHi")]
    [InlineData("Limits", "", "has a lower priority (Low below High)", "HiHi,Hi", "95 low,90 high", "HiHi")]
    [InlineData("Limits", "", "as large as the distance of HiHi and Hi", "HiHi,Hi,Deadband", "95,90,5", "Deadband")]
    [InlineData("Limits", "", "lies outside of the range of LT101", "HiHi,Hi", "250,90", "HiHi")]
    [InlineData("Limits", "", "is no number", "HiHi,Lo", "100,SP", "Lo")]
    [InlineData("Hi", "90", "is only read where Type is Limits, not Hi", "HiHi", "95")]
    public void What_makes_no_sense_is_a_fault_with_its_column_and_reason(string type, string setpoint, string reason, string? column = null, string? value = null, string? at = null)
    {
        var (site, faults) = Load(type, setpoint, column, value);

        Assert.Null(site);
        var fault = Assert.Single(faults);
        Assert.Equal(("alarms.csv", 2, at ?? column ?? "Setpoint"), (fault.File, fault.Line, fault.Column));
        Assert.Contains(reason, fault.Allowed, StringComparison.Ordinal);
    }

    [Fact]
    public void A_level_has_its_limit_and_where_it_says_nothing_else_what_the_row_says()
    {
        var alarm = Read("Limits", "", "HiHi,Hi,Lo,OnDelay,Deadband", ">95% critical 2s: about to overflow,90 high,10 low: low,5s,1%");

        Assert.Equal(
            [
                new(AlarmLevel.HiHi, 190, true, TimeSpan.FromSeconds(2), AlarmPriority.Critical, "about to overflow"),
                new(AlarmLevel.Hi, 90, false, TimeSpan.FromSeconds(5), AlarmPriority.High, "Text"),
                new(AlarmLevel.Lo, 10, false, TimeSpan.FromSeconds(5), AlarmPriority.Low, "low"),
            ],
            alarm.Levels.Items);
        Assert.Equal(2, alarm.Deadband);
    }

    [Fact]
    public void A_stored_configuration_from_before_there_were_levels_is_read()
    {
        var bytes = Encoding.UTF8.GetString(NormalisedConfiguration.Create("s", "g", new AlarmConfiguration([new("PLC1")], [new("LT101", 0, "")], [Read("Hi", "90")])).Bytes.Span);

        Assert.Equal(90, Assert.Single(Decode(1).Alarms.Alarms).Setpoint);
        Assert.Equal(TimeSpan.Zero, Assert.Single(Decode(2).Alarms.Tags).StaleAfter);
        Assert.Contains("this build reads versions 1 to 3", Assert.Throws<InvalidDataException>(() => Decode(4)).Message, StringComparison.Ordinal);

        NormalisedConfiguration Decode(int version) => NormalisedConfiguration.Decode(Encoding.UTF8.GetBytes(bytes.Replace("\"version\":3", FormattableString.Invariant($"\"version\":{version}"), StringComparison.Ordinal)));
    }

    [Fact]
    public void Levels_of_a_tag_in_the_wrong_order_are_a_fault_that_names_the_other_row()
    {
        _folder.Write("gateway.json", Settings);
        _folder.Write("tags.csv", "Tag,Source,NodeId\nLT101,PLC1,nsu=u;s=1\nLT102,PLC1,nsu=u;s=2\n");
        _folder.Write("alarms.csv", "Alarm,Tag,Area,Message,Type,Setpoint,Priority\nA1,LT101,Area,Text,HiHi,85,high\nA2,LT101,Area,Text,Hi,90,high\nA3,LT101,Area,Text,Lo,10,high\nA4,LT102,Area,Text,Hi,5,high\n");

        var (_, faults) = SiteFiles.Load(Path.Combine(_folder.Path, "gateway.json"), new Dictionary<string, string>());

        Assert.Equal("alarms.csv:2:Setpoint: \"85\": is no HiHi beside the Hi of line 3, A2, at 90; it is to lie above it.", Assert.Single(faults).ToString());
    }

    [Fact]
    public void A_deadband_that_reaches_the_next_level_is_a_fault_that_names_it()
    {
        _folder.Write("gateway.json", Settings);
        _folder.Write("tags.csv", "Tag,Source,NodeId\nLT101,PLC1,nsu=u;s=1\n");
        _folder.Write("alarms.csv", "Alarm,Tag,Area,Message,Type,Setpoint,Deadband,Priority\nA1,LT101,Area,Text,HiHi,95,5,high\nA2,LT101,Area,Text,Hi,90,5,high\nA3,LT101,Area,Text,Lo,10,80,high\n");

        var (_, faults) = SiteFiles.Load(Path.Combine(_folder.Path, "gateway.json"), new Dictionary<string, string>());

        Assert.Equal(
            [
                "alarms.csv:2:Deadband: \"5\": lets the alarm return at 90, and A2 stands at 90; it is to return before the next level.",
                "alarms.csv:4:Deadband: \"80\": lets the alarm return at 90, and A2 stands at 90; it is to return before the next level.",
            ],
            faults.Select(fault => fault.ToString()));
    }

    [Theory]
    [InlineData("AckRequired", "no", "each of its occurrences is acknowledged")]
    [InlineData("BadQuality", "inhibit", "may not go quiet because their measurement failed")]
    [InlineData("SuppressWhen", "LT101 < 5", "never suppressed by design")]
    [InlineData("ShelveMax", "1h", "never shelved")]
    public void A_highly_managed_alarm_has_no_way_out(string column, string value, string reason)
    {
        _folder.Write("gateway.json", Settings[..Settings.LastIndexOf('}')] + """, "classes": [ { "name": "safety", "highlyManaged": true } ] }""");
        _folder.Write("tags.csv", "Tag,Source,NodeId\nLT101,PLC1,nsu=u;s=1\n");
        _folder.Write("alarms.csv", $"Alarm,Tag,Area,Message,Type,Setpoint,Priority,Class,{column}\nA1,LT101,Area,Text,Hi,90,high,safety,{value}\n");

        var (_, faults) = SiteFiles.Load(Path.Combine(_folder.Path, "gateway.json"), new Dictionary<string, string>());

        var fault = Assert.Single(faults);
        Assert.Equal(column, fault.Column);
        Assert.Contains(reason, fault.Allowed, StringComparison.Ordinal);
    }

    // a list that was cut off would withdraw every alarm; an id that cannot be said cannot be acknowledged; a line break forges a line of the screen
    [Theory]
    [InlineData("", "Alarm", "protects nobody")]
    [InlineData("A 1,LT101,Area,Text,Hi,90,high,\n", "Alarm", "use letters, digits")]
    [InlineData("A1,LT101,Area,Text,Hi,90,high,\na1,LT101,Area,Text,Lo,10,high,\n", "Alarm", "whatever their case")]
    [InlineData("A1,LT101,Area,\"Text\nCritical\",Hi,90,high,\n", "Message", "line break")]
    [InlineData("A1,LT101,\"Area\u001b[31m\",Text,Hi,90,high,\n", "Area", "control character")]
    [InlineData("A1,LT101,Area,Text,Hi,90,high,9h\n", "ShelveMax", "is more than its class process allows, 480 minutes")]
    public void A_list_that_would_mislead_people_is_a_fault(string rows, string column, string reason)
    {
        _folder.Write("gateway.json", Settings);
        _folder.Write("tags.csv", "Tag,Source,NodeId\nLT101,PLC1,nsu=u;s=1\n");
        _folder.Write("alarms.csv", "Alarm,Tag,Area,Message,Type,Setpoint,Priority,ShelveMax\n" + rows);

        var (_, faults) = SiteFiles.Load(Path.Combine(_folder.Path, "gateway.json"), new Dictionary<string, string>());

        var fault = Assert.Single(faults);
        Assert.Equal(column, fault.Column);
        Assert.Contains(reason, fault.Allowed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Tag,Source,NodeId\n")]
    public void A_tag_list_that_was_cut_off_is_one_fault_and_not_one_of_each_alarm(string tags)
    {
        _folder.Write("gateway.json", Settings);
        _folder.Write("tags.csv", tags);
        _folder.Write("alarms.csv", "Alarm,Tag,Area,Message,Type,Setpoint,Priority\nA1,LT101,Area,Text,Hi,90,high\nA2,LT101,Area,Text,Lo,5,high\n");

        var (_, faults) = SiteFiles.Load(Path.Combine(_folder.Path, "gateway.json"), new Dictionary<string, string>());

        Assert.Contains("a file that was cut off", Assert.Single(faults).Allowed, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_nuisance_is_and_how_long_a_tag_may_be_silent_are_said_by_the_files()
    {
        _folder.Write("gateway.json", Settings[..Settings.LastIndexOf('}')] + """, "classes": [ { "name": "flow", "chatterWithin": "2m", "fleetingWithin": "0s" } ] }""");
        _folder.Write("tags.csv", "Tag,Source,NodeId,StaleAfter\nLT101,PLC1,nsu=u;s=1,1m\nLT102,PLC1,nsu=u;s=2,\n");
        _folder.Write("alarms.csv", "Alarm,Tag,Area,Message,Type,Setpoint,Priority,Class\nA1,LT101,Area,Text,Hi,90,high,flow\nA2,LT102,Area,Text,Hi,90,high,\n");
        var (site, _) = SiteFiles.Load(Path.Combine(_folder.Path, "gateway.json"), new Dictionary<string, string>());
        var read = NormalisedConfiguration.Decode(site!.Normalised.Bytes).Alarms;

        Assert.Equal([TimeSpan.FromMinutes(1), TimeSpan.Zero], read.Tags.Select(tag => tag.StaleAfter));
        Assert.Equal([TimeSpan.FromMinutes(2), AlarmHandling.ChatterWithinDefault], read.Alarms.Select(alarm => alarm.Handling.ChatterWithin));
        Assert.Equal([TimeSpan.Zero, AlarmHandling.FleetingWithinDefault], read.Alarms.Select(alarm => alarm.Handling.FleetingWithin));

        _folder.Write("tags.csv", "Tag,Source,NodeId,StaleAfter\nLT101,PLC1,nsu=u;s=1,100ms\nLT102,PLC1,nsu=u;s=2,\n");
        var (_, faults) = SiteFiles.Load(Path.Combine(_folder.Path, "gateway.json"), new Dictionary<string, string>());
        Assert.Equal(("StaleAfter", 2), (Assert.Single(faults).Column, faults[0].Line));
    }

    [Fact]
    public void What_bad_quality_does_is_said_by_the_row_or_else_by_its_class()
    {
        _folder.Write("gateway.json", Settings[..Settings.LastIndexOf('}')] + """, "classes": [ { "name": "quality", "badQuality": "inhibit" } ] }""");
        _folder.Write("tags.csv", "Tag,Source,NodeId\nLT101,PLC1,nsu=u;s=1\n");
        const string head = "Alarm,Tag,Area,Message,Type,Setpoint,Priority,Class,BadQuality\n";
        _folder.Write("alarms.csv", head + "A1,LT101,Area,Text,Hi,90,high,quality,\nA2,LT101,Area,Text,Hi,90,high,quality,alarm\nA3,LT101,Area,Text,Hi,90,high,,\n");
        var (site, _) = SiteFiles.Load(Path.Combine(_folder.Path, "gateway.json"), new Dictionary<string, string>());
        Assert.Equal([BadQualityPolicy.Inhibit, BadQualityPolicy.Alarm, BadQualityPolicy.Hold], site!.Normalised.Alarms.Alarms.Select(alarm => alarm.BadQuality));

        _folder.Write("alarms.csv", head + "A1,LT101,Area,Text,Hi,90,critical,quality,\n");
        var (_, faults) = SiteFiles.Load(Path.Combine(_folder.Path, "gateway.json"), new Dictionary<string, string>());
        Assert.Contains("Class quality says inhibit", Assert.Single(faults).Allowed, StringComparison.Ordinal);
    }

    // it is unknown while the measurement is bad, and would hide others just after it is good again
    [Theory]
    [InlineData("BadQuality,,")]
    [InlineData("Hi,90,alarm")]
    public void An_alarm_that_stands_where_its_measurement_is_bad_suppresses_no_other(string trigger)
    {
        _folder.Write("gateway.json", Settings);
        _folder.Write("tags.csv", "Tag,Source,NodeId\nLT101,PLC1,nsu=u;s=1\n");
        _folder.Write("alarms.csv", $"Alarm,Tag,Area,Message,Priority,Type,Setpoint,BadQuality,SuppressWhen\nA1,LT101,Area,Text,high,{trigger},\nA2,LT101,Area,Text,high,Lo,5,,alarm A1\n");

        var (_, faults) = SiteFiles.Load(Path.Combine(_folder.Path, "gateway.json"), new Dictionary<string, string>());

        Assert.Equal(("SuppressWhen", 3), (Assert.Single(faults).Column, faults[0].Line));
    }

    [Fact]
    public void Every_condition_is_read_back_from_the_normalised_form()
    {
        AlarmDefinition[] alarms = [Read("Hi", ">SP+5"), Read("InSet", "3|5"), Read("Mask", "0xF0!=0x30"), Read("BadQuality", "uncertain"), Read("Expression", "", "Expression", "\"LT101 > 0.1 and not SP\""), Read("Flatline", "", "Window", "3h"), Read("Limits", "", "HiHi,Hi", ">95 critical 2s: full,90 low")];
        Assert.All(alarms, alarm =>
        {
            var configuration = new AlarmConfiguration([new("PLC1")], [new("LT101", 0, ""), new("SP", 0, ""), new("SP-2", 0, "")], [alarm]);
            var normalised = NormalisedConfiguration.Create("s", "g", configuration);

            Assert.Equal(alarm, Assert.Single(NormalisedConfiguration.Decode(normalised.Bytes).Alarms.Alarms));
        });
    }

    private AlarmDefinition Read(string type, string setpoint, string? column = null, string? value = null)
    {
        var (site, faults) = Load(type, setpoint, column, value);
        Assert.Empty(faults);
        return Assert.Single(site!.Normalised.Alarms.Alarms);
    }

    private (Site? Site, IReadOnlyList<ConfigurationFault> Faults) Load(string type, string setpoint, string? column, string? value)
    {
        _folder.Write("gateway.json", Settings);
        _folder.Write("tags.csv", "Tag,Source,NodeId,Unit,Low,High\nLT101,PLC1,nsu=u;s=1,%,0,200\nSP,PLC1,nsu=u;s=2,,,\nSP-2,PLC1,nsu=u;s=3,,,\n");
        var extra = column is null ? ("", "") : ($",{column}", $",{value}");
        _folder.Write("alarms.csv", $"Alarm,Tag,Area,Message,Type,Setpoint,Priority{extra.Item1}\nA1,LT101,Area,Text,{type},{setpoint},critical{extra.Item2}\n");
        return SiteFiles.Load(Path.Combine(_folder.Path, "gateway.json"), new Dictionary<string, string>());
    }
}
