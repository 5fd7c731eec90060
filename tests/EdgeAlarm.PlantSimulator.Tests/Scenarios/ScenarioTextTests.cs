using CsCheck;
using EdgeAlarm.PlantSimulator.Scenarios;

namespace EdgeAlarm.PlantSimulator.Tests.Scenarios;

public class ScenarioTextTests
{
    [Fact]
    public void Every_kind_of_step_of_the_format_is_read_with_its_time_and_values()
    {
        var scenario = Read("""
            scenario Tank overfills while the transmitter freezes   # a comment
            uses ../alarms.csv
            at 0s     LT101 = 50.0
            from 5s to 20s every 1s  LT101 = ramp 50 to 96.2
            at 21s    expect LT101_HI raised within 5s
            at 30s    ack LT101_HI by operator1
            at 31s    LT101 quality BadSensorFailure
                      expect LT101_HI not armed
            at 40s    PLC1 lost for 30s
            at 80s    restart gateway
            at 90s    shelve LT101_HI for 10m by operator1 because "calibration # 7"
            at 1m40s  P101_RUN = off
                      XV101_OPEN = true
                      LT101 = pulse 80ms 95
                      LT102 = toggle 95 for 14s, 85 for 1s
                      TT101 freeze
                      FT101 mute
                      FT101 resume
                      PLC1 back
                      note over and out
            """);

        Assert.Equal("Tank overfills while the transmitter freezes", scenario.Title);
        Assert.Equal("../alarms.csv", scenario.Uses);
        Assert.Null(scenario.RepeatEvery);
        Assert.Equal(
            [
                "0 ConstantStep", "5 RampStep", "21 ExpectationStep", "30 OperatorStep", "31 QualityStep", "31 ExpectationStep", "40 SourceLostStep",
                "80 SystemStep", "90 OperatorStep", "100 ConstantStep", "100 ConstantStep", "100 PulseStep", "100 ToggleStep", "100 TagModeStep",
                "100 TagModeStep", "100 TagModeStep", "100 SourceBackStep", "100 NoteStep",
            ],
            scenario.Steps.Select(step => $"{step.At.TotalSeconds:0} {step.GetType().Name}"));
        var ramp = Assert.IsType<RampStep>(scenario.Steps[1]);
        Assert.Equal((20, 1, "LT101", 50, 96.2), (ramp.Until.TotalSeconds, ramp.Every.TotalSeconds, ramp.Tag.Text, ramp.First, ramp.Last));
        Assert.Equal(["LT101_HI", "for", "10m", "by", "operator1", "because", "\"calibration # 7\""], Assert.IsType<OperatorStep>(scenario.Steps[8]).Arguments.Select(word => word.Text));
        Assert.Equal(0, Assert.IsType<ConstantStep>(scenario.Steps[9]).Value);
        Assert.Equal(1, Assert.IsType<ConstantStep>(scenario.Steps[10]).Value);
        var toggle = Assert.IsType<ToggleStep>(scenario.Steps[12]);
        Assert.Equal((95, 14, 85, 1), (toggle.First.Value, toggle.First.For.TotalSeconds, toggle.Second.Value, toggle.Second.For.TotalSeconds));
    }

    [Fact]
    public void All_faults_are_told_at_once_with_line_column_value_and_what_is_allowed()
    {
        var faults = ScenarioText.Read("x.scenario", """
            scenario Faults
            at 5x LT101 = 50
            at 5s LT101 = 50,5
              LT101 = fifty
            at 6s LT101 = ramp 1 to 2
            from 9s to 8s every 1s LT101 = ramp 1 to 2
            at 7s LT101 frezee
            at 8s pause
            at 9s PLC1 lost for 0s
            at 9s LT1/01 = 3
            repeat every 9s
            """).Faults;

        Assert.Equal(
            [
                (2, 4, "5x"), (3, 17, ","), (4, 11, "fifty"), (5, 15, "ramp"), (6, 12, "8s"), (7, 13, "frezee"), (8, 7, "pause"), (9, 21, "0s"), (10, 7, "LT1/01"),
            ],
            faults.Select(fault => (fault.Line, fault.Column, fault.Value)));
        Assert.Contains("1h30m", faults[0].Allowed, StringComparison.Ordinal);
        Assert.Contains("did you mean 'freeze'?", faults[5].Allowed, StringComparison.Ordinal);
        Assert.StartsWith("x.scenario:4:11: 'fifty' is not understood; allowed: a number with a decimal point", faults[2].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_step_at_or_behind_the_end_of_the_round_is_a_fault()
    {
        var faults = ScenarioText.Read("x", "scenario X\nrepeat every 40s\nat 39s A = 1\nat 40s A = 2\nfrom 30s to 41s every 1s A = ramp 1 to 2\n").Faults;
        Assert.Equal([4, 5], faults.Select(fault => fault.Line));
    }

    [Fact]
    public void A_missing_title_a_doubled_header_and_an_empty_file_are_faults()
    {
        Assert.Contains("scenario TITLE", Assert.Single(ScenarioText.Read("x", "at 0s A = 1").Faults).Allowed, StringComparison.Ordinal);
        Assert.Contains("scenario TITLE", Assert.Single(ScenarioText.Read("x", "").Faults).Allowed, StringComparison.Ordinal);
        Assert.Equal(2, Assert.Single(ScenarioText.Read("x", "scenario A\nscenario B").Faults).Line);
    }

    [Fact]
    public void Steps_may_stand_in_any_order_and_are_played_by_time_then_by_line()
    {
        var scenario = Read("scenario X\nat 2s A = 1\nat 1s B = 2\nat 2s C = 3");
        Assert.Equal(["B", "A", "C"], scenario.Steps.Cast<TagStep>().Select(step => step.Tag.Text));
    }

    [Theory]
    [InlineData("500ms", 500)]
    [InlineData("15s", 15_000)]
    [InlineData("5m", 300_000)]
    [InlineData("1h30m", 5_400_000)]
    [InlineData("1.5s", 1_500)]
    [InlineData("0s", 0)]
    [InlineData("1d", 86_400_000)]
    public void Durations_are_read_as_people_write_them(string text, long milliseconds)
    {
        Assert.True(ScenarioDuration.TryParse(text, out var duration));
        Assert.Equal(milliseconds, duration.TotalMilliseconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("5 s")]
    [InlineData("-5s")]
    [InlineData("1s1h")]
    [InlineData("1s1s")]
    [InlineData("s")]
    [InlineData("1,5s")]
    [InlineData("99999999d")]
    public void Anything_else_is_no_duration(string text) => Assert.False(ScenarioDuration.TryParse(text, out _));

    [Fact]
    public void Any_text_gives_a_scenario_or_faults_and_nothing_is_thrown()
    {
        string[] words = ["scenario", "at", "from", "to", "every", "5s", "=", "ramp", "pulse", "toggle", "for", ",", "LT101", "50", "lost", "quality", "\"", "#", "\n", "repeat", "ack", "note", "\u00e9", "\0"];
        var text = Gen.OneOf(Gen.Int[0, words.Length - 1].Select(i => words[i]), Gen.String[0, 5]).Array[0, 40].Select(parts => string.Join(' ', parts));
        text.Sample(
            sample =>
            {
                var reading = ScenarioText.Read("x", sample);
                Assert.Equal(reading.Scenario is null, reading.Faults.Count > 0);
                Assert.All(reading.Faults, fault => Assert.True(fault.Line >= 1 && fault.Column >= 1 && fault.Allowed.Length > 0));
            },
            iter: 3_000);
    }

    private static Scenario Read(string text)
    {
        var reading = ScenarioText.Read("test.scenario", text);
        Assert.Empty(reading.Faults);
        return reading.Scenario!;
    }
}
