using EdgeAlarm.PlantSimulator.Plant;
using EdgeAlarm.PlantSimulator.Scenarios;

namespace EdgeAlarm.PlantSimulator.Tests.Plant;

public sealed class SimulatedPlantTests : IDisposable
{
    private const long Start = 638_000_000_000_000_000;
    private readonly string _folder = Directory.CreateTempSubdirectory("edgealarm-plant-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_scenario_is_played_to_the_millisecond_however_late_the_turns_come()
    {
        const string Text = """
            scenario X
            at 1s LT101 = 50
            from 2s to 3s every 300ms LT101 = ramp 50 to 60
            at 4s LT101 = pulse 80ms 95
            at 5s LT101 = toggle 95 for 14s, 85 for 1s
            at 25s LT101 = 10
            """;
        string[] expected =
        [
            "1000 50", "2000 50", "2300 53", "2600 56", "2900 59", "3000 60", "4000 95", "4080 60", "5000 95", "19000 85", "20000 95", "25000 10",
        ];

        // one turn for all, and a turn each 7 ms, write the same register at the same times
        Assert.Equal(expected, Play(Text, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30), "LT101"));
        Assert.Equal(expected, Play(Text, TimeSpan.FromMilliseconds(7), TimeSpan.FromSeconds(30), "LT101"));
    }

    [Fact]
    public void A_frozen_tag_keeps_its_reading_and_a_muted_one_writes_nothing_until_they_resume()
    {
        Assert.Equal(
            ["1000 50", "4000 70", "6000 90"],
            Play(
                """
                scenario X
                at 1s LT101 = 50
                at 2s LT101 freeze
                at 3s LT101 = 70
                at 4s LT101 resume
                      LT101 mute
                at 5s LT101 = 80
                      LT101 = 90
                at 6s LT101 resume
                """,
                TimeSpan.FromMilliseconds(50),
                TimeSpan.FromSeconds(8),
                "LT101"));
    }

    [Fact]
    public void Quality_is_a_value_of_its_own_in_the_log_with_the_status_of_the_standard()
    {
        var lines = Log(
            """
            scenario X
            at 1s TT101 = 60
            at 2s TT101 quality BadSensorFailure
            at 3s TT101 quality UncertainLastUsableValue
            at 4s TT101 quality Good
            """,
            TimeSpan.FromMilliseconds(50),
            TimeSpan.FromSeconds(5));
        Assert.Equal(
            ["60,0x00000000", "60,0x808c0000", "60,0x40900000", "60,0x00000000"],
            lines.Where(line => line[1] == "TT101" && line[2] == "60").Select(line => $"{line[2]},{line[3]}"));
    }

    [Fact]
    public void At_the_end_of_a_round_every_tag_goes_back_to_the_process_and_the_scenario_starts_again()
    {
        var written = Play("scenario X\nrepeat every 10s\nat 2s P101_RUN = off\n", TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(25), "P101_RUN");
        Assert.Equal(["2000 0", "10000 1", "12000 0", "20000 1", "22000 0"], written);
    }

    [Fact]
    public void Speed_ten_plays_ten_times_as_fast()
    {
        var plant = Plant("scenario X\nat 10s LT101 = 12\nat 20s PLC1 lost for 30s\n", speed: 10, log: null);
        plant.TurnOnce(Start + TimeSpan.TicksPerSecond);
        Assert.Equal((12, Start + TimeSpan.TicksPerSecond), (plant["LT101"].Value, plant["LT101"].SourceTicks));
        plant.TurnOnce(Start + (3 * TimeSpan.TicksPerSecond));
        Assert.Equal((1, Start + (5 * TimeSpan.TicksPerSecond)), (plant.Link.Cuts, plant.Link.LostUntil));
    }

    [Fact]
    public void A_stopped_pump_fills_the_first_tank_and_empties_the_second()
    {
        var plant = Plant("scenario X\nat 0s P101_RUN = off\n", 1, null);
        plant.TurnOnce(Start + TimeSpan.FromMinutes(5).Ticks);
        Assert.InRange(plant["LT101"].Value, 65, 100);
        Assert.InRange(plant["LT102"].Value, 0, 40);
        Assert.Equal(0, plant["FT101"].Value);
    }

    [Fact]
    public void Left_alone_the_plant_rests_without_reaching_any_limit()
    {
        var plant = Plant("scenario X\n", 1, null);
        for (var minute = 1; minute <= 240; minute++)
        {
            plant.TurnOnce(Start + TimeSpan.FromMinutes(minute).Ticks);
            Assert.InRange(plant["LT101"].Value, 40, 70);
            Assert.InRange(plant["LT102"].Value, 35, 60);
            Assert.InRange(plant["FT101"].Value, 40, 44);
            Assert.InRange(plant["TT101"].Value, 55, 61);
        }
    }

    [Fact]
    public void Load_tags_follow_from_index_and_time_alone()
    {
        var plant = new SimulatedPlant(10, TimeSpan.FromMilliseconds(100), null, 1, null);
        plant.Start(Start + 12_345);
        plant.TurnOnce(Start + (3 * TimeSpan.TicksPerSecond));
        var change = (Start + (3 * TimeSpan.TicksPerSecond)) / (100 * TimeSpan.TicksPerMillisecond);
        Assert.All(Enumerable.Range(0, 10), i => Assert.Equal(BulkTags.ValueAt(i, change), plant[BulkTags.NameOf(i)].Value));
        Assert.Equal(31, plant["TAG00000"].Version);
    }

    [Fact]
    public void Names_and_values_that_the_plant_does_not_have_are_faults_and_the_steps_of_others_are_told()
    {
        var scenario = ScenarioText.Read("x", """
            scenario X
            at 1s LT10 = 5
            at 1s P101_RUN = 5
            at 1s LT101 quality BadSensorFailur
            at 1s PLC2 lost for 5s
            at 2s expect LT101_HI raised within 5s
            at 3s ack LT101_HI by operator1
            at 4s clock step +1h
            at 5s note nothing
            """).Scenario!;
        var check = PlantScript.Check(scenario, TankFarm.Tags, ["PLC1"]);
        Assert.Equal([(2, "LT10"), (3, "5"), (4, "BadSensorFailur"), (5, "PLC2")], check.Faults.Select(fault => (fault.Line, fault.Value)));
        Assert.Contains("did you mean 'LT101'?", check.Faults[0].Allowed, StringComparison.Ordinal);
        Assert.Contains("did you mean 'BadSensorFailure'?", check.Faults[2].Allowed, StringComparison.Ordinal);
        Assert.Equal([6, 7, 8], check.LeftToOthers.Select(step => step.Line));
    }

    [Fact]
    public void The_scenarios_of_the_sample_site_can_be_played()
    {
        var folder = Path.Combine(Root(), "config", "scenarios");
        var files = Directory.GetFiles(folder, "*.scenario");
        Assert.True(files.Length >= 2);
        foreach (var file in files)
        {
            var reading = ScenarioText.Read(file, File.ReadAllText(file));
            Assert.Empty(reading.Faults);
            var check = PlantScript.Check(reading.Scenario!, TankFarm.Tags, ["PLC1"]);
            Assert.Empty(check.Faults);
        }
    }

    [Fact]
    public void The_demo_reaches_every_limit_of_the_sample_alarms_within_twenty_seconds_and_leaves_it()
    {
        var lines = Log(File.ReadAllText(Path.Combine(Root(), "config", "scenarios", "tank-farm-day.scenario")), TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(20));
        double[] Values(string tag) => [.. lines.Where(line => line[1] == tag).Select(line => double.Parse(line[2], System.Globalization.CultureInfo.InvariantCulture))];
        Assert.True(Values("LT101").Max() > 95 && Values("LT101")[^1] < 85);
        Assert.True(Values("LT102").Min() < 10 && Values("LT102")[^1] > 12);
        Assert.True(Values("TT101").Max() > 80 && Values("TT101")[^1] < 77);
        Assert.True(Values("FT101").Min() < 5 && Values("FT101")[^1] > 7);
        Assert.Contains(0, Values("P101_RUN"));
        Assert.Contains(0, Values("XV101_OPEN"));
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "EdgeAlarm.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("EdgeAlarm.sln is in no folder above the tests");
        }

        return folder;
    }

    private static SimulatedPlant Plant(string text, double speed, ValueLog? log)
    {
        var scenario = ScenarioText.Read("x", text).Scenario;
        Assert.NotNull(scenario);
        var plant = new SimulatedPlant(0, TimeSpan.FromSeconds(1), scenario, speed, log);
        plant.Start(Start);
        return plant;
    }

    private List<string[]> Log(string text, TimeSpan turn, TimeSpan length)
    {
        var path = Path.Combine(_folder, "values.csv");
        using (var log = new ValueLog(path))
        {
            var plant = Plant(text, 1, log);
            for (var now = Start; now <= Start + length.Ticks; now += turn.Ticks)
            {
                plant.TurnOnce(now);
            }
        }

        var lines = File.ReadAllLines(path);
        Assert.Equal("ticks,tag,value,status", lines[0]);
        return [.. lines.Skip(1).Select(line => line.Split(','))];
    }

    /// <summary>What the log says of a tag behind its first line: milliseconds from the start and value.</summary>
    private string[] Play(string text, TimeSpan turn, TimeSpan length, string tag) =>
    [
        .. Log(text, turn, length)
            .Where(line => line[1] == tag)
            .Select(line => $"{(long.Parse(line[0], System.Globalization.CultureInfo.InvariantCulture) - Start) / TimeSpan.TicksPerMillisecond} {line[2]}")
            .Where(line => !line.StartsWith("0 ", StringComparison.Ordinal) && (tag != "LT101" || !line.Contains('.', StringComparison.Ordinal))),
    ];
}
