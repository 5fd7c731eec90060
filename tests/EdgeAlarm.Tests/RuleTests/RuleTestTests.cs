using EdgeAlarm.Gateway.Configuration;
using EdgeAlarm.PlantSimulator.Scenarios;
using EdgeAlarm.RuleTests;

namespace EdgeAlarm.Tests.RuleTests;

/// <summary>Scenarios on the engine in virtual time, with the alarm list of the sample site.</summary>
public class RuleTestTests
{
    private static readonly string Config = Path.Combine(Repository.Root, "config");

    public static TheoryData<string> SampleRules => [.. Directory.EnumerateFiles(Path.Combine(Config, "scenarios", "rules"), "*.scenario").Select(file => Path.GetFileName(file)!)];

    [Theory]
    [MemberData(nameof(SampleRules))]
    public void The_sample_site_does_what_its_own_rules_expect(string file)
    {
        var result = Run(File.ReadAllText(Path.Combine(Config, "scenarios", "rules", file)));
        Assert.Empty(result.Failures);
        Assert.True(result.Expectations > 0);
    }

    [Theory]
    [InlineData("expect LT101_HI raised within 1s", "it was raised at 11s, 1s too late", "at 9s expect", "at 10s LT101 = 92")]
    [InlineData("expect LT101_HI raised within 5s", "it was raised before, at 11s, and not again until 25s", "at 20s expect", "at 10s LT101 = 92")]
    [InlineData("expect LT101_HIHI raised within 5s", "it was never raised", "at 9s expect", "at 10s LT101 = 92")]
    [InlineData("expect LT101_HI not raised for 5s", "it came: 11s LT101_HI raised", "at 9s expect", "at 10s LT101 = 92")]
    [InlineData("expect LT101_HI acknowledged", "it is Unacknowledged, armed", "at 20s expect", "at 10s LT101 = 92")]
    [InlineData("expect LT101_HI not armed", "it is Normal, armed", "at 1s expect", "at 10s LT101 = 92")]
    [InlineData("expect LT101_HI not armed because \"BadSensorFailure\"", "not armed: the scenario cut it", "at 11s expect", "at 10s PLC1 lost")]
    [InlineData("expect PLC1 gap within 5s", "no gap of PLC1 until", "at 11s expect", "at 10s PLC1 lost for 3s")]
    [InlineData("expect nothing until 30s", "it was not silent: 11s LT101_HI raised", "at 9s expect", "at 10s LT101 = 92")]
    public void What_is_not_as_expected_is_told_with_what_happened_instead(string expectation, string found, string when, string other)
    {
        var at = when.Replace(" expect", "", StringComparison.Ordinal);
        var failure = Assert.Single(Run($"scenario X\nat 0s LT101 = 50\n{other}\n{at} {expectation}\nat 40s note end\n").Failures);
        Assert.Contains(found, failure.Found, StringComparison.Ordinal);
        Assert.Equal(4, failure.Line);
    }

    // an operator is told, or he is not: that decides
    [Fact]
    public void What_comes_while_it_is_hidden_is_not_raised_and_a_worse_level_is_not_silent()
    {
        const string Hidden = "scenario X\nat 0s LT101 = 50\nat 1s shelve LT101_HI for 10m by operator1 because \"calibration\"\nat 5s LT101 = 92\n";
        Assert.Equal("it came at 6s and nobody was told: Shelved", Assert.Single(Run($"{Hidden}  expect LT101_HI raised within 5s\n").Failures).Found);
        Assert.Empty(Run($"{Hidden}  expect LT101_HI not raised for 5s\nat 20s expect nothing until 30s\n").Failures);

        const string Worse = "scenario X\nat 0s TT101 = 50\nat 1s TT101 = 85\nat 10s ack TT101_TEMP by operator1\nat 11s expect nothing until 30s\nat 12s TT101 = 120\n";
        Assert.Contains("TT101_TEMP worsened", Assert.Single(Run(Worse).Failures).Found, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_written_on_the_lines_before_has_happened_when_an_operator_acts_at_the_same_time()
    {
        var result = Run("scenario X\nat 0s LT101 = 50\nat 1s LT101 = 96\n  ack LT101_HIHI by operator1\n  expect LT101_HIHI acknowledged\n  LT101 = 50\n  expect LT101_HIHI normal\n");
        Assert.Empty(result.Failures);
    }

    [Fact]
    public void A_command_that_the_engine_refuses_fails_the_test_with_the_reason()
    {
        var failure = Assert.Single(Run("scenario X\nat 0s LT101 = 50\nat 1s ack LT101_HI by operator1\n").Failures);
        Assert.Equal("refused: there is nothing to acknowledge.", failure.Found);
    }

    // the server's queues hold what a short cut hides, and its own times
    [Fact]
    public void A_pulse_inside_a_short_cut_is_an_alarm_and_inside_a_long_one_a_gap()
    {
        const string Pulse = "at 10s LT101 = 96\nat 12s LT101 = 50\n";
        Assert.Empty(Run($"scenario X\nat 0s LT101 = 50\nat 9s PLC1 lost for 5s\n{Pulse}at 13s expect LT101_HIHI raised within 2s\n  expect LT101_HIHI returned within 2s\n").Failures);
        Assert.Empty(Run($"scenario X\nat 0s LT101 = 50\nat 9s PLC1 lost for 1h\n{Pulse}at 1h expect PLC1 gap within 10s\n  expect LT101_HIHI not raised for 10s\n").Failures);
    }

    [Fact]
    public void An_alarm_survives_a_restart_and_a_step_of_the_clock_and_its_shelf_ends_in_time()
    {
        Assert.Empty(Run("""
            scenario X
            at 0s   LT101 = 96
                    expect LT101_HIHI unacknowledged
            at 10s  shelve LT101_HI for 10m by operator1 because "calibration"
                    expect LT101_HI shelved
            at 20s  restart gateway
                    expect LT101_HIHI unacknowledged
                    expect LT101_HI shelved
            at 30s  clock step -1h
                    expect LT101_HI shelved
            at 605s expect LT101_HI unshelved within 10s
            """).Failures);
    }

    [Theory]
    [InlineData("at 1s expect LT101_HX raised within 5s", 13, "LT101_HX")]
    [InlineData("at 1s expect LT101_HI rised within 5s", 22, "rised")]
    [InlineData("at 1s expect LT101_HI raised within", 35, "")]
    [InlineData("at 1s expect LT101_HI raised within 5s now", 39, "now")]
    [InlineData("at 5s expect nothing until 3s", 27, "3s")]
    [InlineData("at 1s shelve LT101_HI by operator1", 22, "by")]
    [InlineData("at 1s suppress LT101_HI", 6, "suppress")]
    [InlineData("at 1s clock drift", 12, "drift")]
    [InlineData("at 1s clock step soon", 17, "soon")]
    [InlineData("at 1s reload nowhere.csv", 13, "nowhere.csv")]
    [InlineData("at 1s broker down", 6, "broker")]
    [InlineData("at 1s PLC9 lost", 6, "PLC9")]
    [InlineData("at 1s LT9 = 5", 6, "LT9")]
    public void What_the_engine_alone_cannot_play_is_refused_with_its_place(string line, int column, string value)
    {
        Assert.Null(RulePlan.Compile(Read($"scenario X\nat 0s LT101 = 50\n{line}\n"), Site(), _ => null, out var faults));
        var fault = Assert.Single(faults);
        Assert.Equal((3, column + 1, value), (fault.Line, fault.Column, fault.Value));
        Assert.NotEmpty(fault.Allowed);
    }

    [Fact]
    public void Another_alarm_list_takes_effect_without_losing_what_stands()
    {
        var result = Run("""
            scenario X
            at 0s   LT101 = 96
            at 10s  ack LT101_HIHI by operator1
            at 20s  reload other.csv
                    expect LT101_HIHI acknowledged
                    expect LT101_HI unacknowledged
            """);
        Assert.Empty(result.Failures);
    }

    [Fact]
    public void That_nothing_comes_of_an_alarm_that_is_not_armed_proves_nothing()
    {
        var result = Run("scenario X\nat 0s LT101 = 50\nat 5s PLC1 lost for 1h\nat 6s LT101 = 99\n expect LT101_HIHI not raised for 30m\n");
        Assert.Empty(result.Failures);
        Assert.Contains("proves nothing", Assert.Single(result.Remarks).Found, StringComparison.Ordinal);
    }

    [Fact]
    public void A_toggle_without_end_ends_with_the_last_expectation()
    {
        var result = Run("scenario X\nat 0s LT101 = toggle 96 for 3s, 50 for 3s\nat 20s expect LT101_HIHI raised within 10s\n");
        Assert.Empty(result.Failures);
        Assert.True(result.Story[^1].At <= TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void An_alarm_that_a_new_list_has_no_more_is_neither_armed_nor_normal_nor_acknowledged()
    {
        var header = File.ReadLines(Path.Combine(Config, "alarms.csv")).First();
        var other = Path.GetTempFileName();
        File.WriteAllLines(other, [header, .. File.ReadLines(Path.Combine(Config, "alarms.csv")).Where(line => line.StartsWith("LT101_HI,", StringComparison.Ordinal))]);
        var result = Run("scenario X\nat 0s LT101 = 96\nat 5s reload other.csv\n expect LT101_HIHI armed\n expect LT101_HIHI not normal\n ack LT101_HIHI by me\n expect LT101_HI active\n", Site(other));
        File.Delete(other);
        Assert.Equal([4, 5, 6], result.Failures.Select(failure => failure.Line));
        Assert.All(result.Failures.Take(2), failure => Assert.Contains("the alarm list has no LT101_HIHI", failure.Found, StringComparison.Ordinal));
        Assert.Equal("refused: there is no such alarm.", result.Failures[2].Found);
    }

    [Fact]
    public void A_source_that_is_lost_again_is_back_when_the_newer_word_says_so()
    {
        Assert.Empty(Run("scenario X\nat 0s LT101 = 50\nat 10s PLC1 lost for 60s\nat 20s PLC1 back\nat 30s PLC1 lost\nat 100s expect LT101_HI not armed\n").Failures);
    }

    [Fact]
    public void A_tag_without_a_value_gives_no_sample_whatever_its_quality()
    {
        Assert.Empty(Run("scenario X\nat 0s LT101 = 50\nat 1s LT102 quality BadSensorFailure\nat 2s LT102 quality Good\n expect LT102_LO not raised for 10s\n expect LT102_LO not armed because \"no sample\"\n").Failures);
    }

    private static RuleTestResult Run(string text, Site? other = null)
    {
        var plan = RulePlan.Compile(Read(text), Site(), _ => other ?? Site(), out var faults);
        Assert.Empty(faults);
        return RuleTest.Run(plan!);
    }

    private static Scenario Read(string text)
    {
        var reading = ScenarioText.Read("x.scenario", text);
        Assert.Empty(reading.Faults);
        return reading.Scenario!;
    }

    private static Site Site(string? alarms = null)
    {
        var overrides = new Dictionary<string, string>(StringComparer.Ordinal);
        if (alarms is not null)
        {
            overrides["EDGEALARM__ALARMS"] = alarms;
        }

        var (site, faults) = SiteFiles.Load(Path.Combine(Config, "gateway.json"), overrides, looksAtSecrets: false);
        Assert.Empty(faults);
        return site!;
    }
}
