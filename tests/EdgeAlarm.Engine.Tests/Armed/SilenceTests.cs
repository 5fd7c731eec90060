namespace EdgeAlarm.Engine.Tests.Armed;

/// <summary>A tag that must not be silent for long: its alarms are not armed when it is, and that is told (design §6.1: items report within their deadline).</summary>
public class SilenceTests
{
    [Fact]
    [Trait("Field", "F-67")]
    public void A_tag_is_stale_when_it_has_been_silent_for_too_long_and_not_before()
    {
        var plant = Plant(staleAfter: 10).Value(1, 50).Value(4, 50);

        Assert.Equal("", plant.Tick(13.9).Told());
        Assert.Equal(PlantRig.At(14), plant.Engine.NextDeadline);
        Assert.Equal("14 T0 ArmedLost (no sample for longer than the tag may be silent)", plant.Tick(14).Told());
        Assert.Equal(ArmedReason.Stale, plant.Engine.Armed(0).Reason);
        Assert.True(plant.Engine.Armed(2).IsArmed);
        Assert.Equal("20 T0 ArmedRestored", plant.Value(20, 50).Told());
        Assert.True(plant.Engine.Armed(0).IsArmed);
        Assert.Equal("30 T0 ArmedLost (no sample for longer than the tag may be silent)", plant.Tick(30).Told());
    }

    [Fact]
    public void A_bad_value_is_none_of_silence()
    {
        var plant = Plant(staleAfter: 10).Value(1, 50).Value(9, 50, quality: PlantRig.BadSensorFailure);

        Assert.Equal("9 T0 ArmedLost (bad quality BadSensorFailure)", plant.Told());
        Assert.Equal("", plant.Tick(18).Told());
        Assert.Equal("19 T0 ArmedLost (no sample for longer than the tag may be silent)", plant.Tick(19).Told());
    }

    [Fact]
    public void What_a_silent_tag_said_last_goes_on()
    {
        var plant = Plant(staleAfter: 5).Value(1, 96).Tick(16);

        Assert.Equal("16 T0 ArmedLost (no sample for longer than the tag may be silent); 16 A0 Activated Unacknowledged", Sorted(plant.Told()));
    }

    [Fact]
    public void Silence_of_a_source_that_is_away_is_its_own_and_counts_anew_when_it_is_back()
    {
        var plant = Plant(staleAfter: 10).Value(1, 50);
        plant.Step(new SourceDown(PlantRig.At(5), 0, "cable")).Tick(60);
        Assert.Equal("5 PLC1 ArmedLost (cable)", plant.Told());

        plant.Connect(60, how: SourceRecovery.Republished).Tick(69.9);
        Assert.Equal("60 PLC1 ArmedRestored", plant.Told());
        Assert.Equal("70 T0 ArmedLost (no sample for longer than the tag may be silent)", plant.Tick(70).Told());
    }

    [Fact]
    public void What_a_silent_tag_triggers_hides_nothing()
    {
        var plant = Plant(staleAfter: 10, suppressed: true).Value(1, 1);
        Assert.Equal(SuppressionStates.SuppressedByDesign, plant.Engine.AlarmState(2).Suppression);

        Assert.Contains("11 A2 Unsuppressed", plant.Tick(11).Told(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_longest_silence_can_be_edited_while_it_counts()
    {
        var plant = Plant(staleAfter: 10).Value(1, 50);

        plant.Reload(5, Configuration(staleAfter: 30, suppressed: false)).Tick(11);
        Assert.True(plant.Engine.Armed(0).IsArmed);
        Assert.True(plant.Tick(30.9).Engine.Armed(0).IsArmed);
        Assert.Equal(ArmedReason.Stale, plant.Tick(31).Engine.Armed(0).Reason);

        Assert.True(plant.Reload(32, Configuration(staleAfter: 0, suppressed: false)).Engine.Armed(0).IsArmed);
        Assert.Equal(ArmedReason.Stale, plant.Reload(40, Configuration(staleAfter: 10, suppressed: false)).Tick(50).Engine.Armed(0).Reason);
    }

    [Fact]
    public void A_silence_that_counts_goes_on_behind_a_snapshot()
    {
        var plant = Plant(staleAfter: 10).Value(1, 50);

        Assert.Equal("11 T0 ArmedLost (no sample for longer than the tag may be silent)", plant.Restore().Tick(11).Told());
        Assert.Equal("12 T0 ArmedRestored", plant.Restore().Value(12, 50).Told());
    }

    private static string Sorted(string told) => string.Join("; ", told.Split("; ").OrderDescending(StringComparer.Ordinal));

    private static PlantRig Plant(double staleAfter, bool suppressed = false)
    {
        var plant = new PlantRig(Configuration(staleAfter, suppressed)).Value(0, 50).Value(0, 50, tag: 1).Value(0, 50, tag: 2);
        _ = plant.Told();
        return plant;
    }

    private static AlarmConfiguration Configuration(double staleAfter, bool suppressed)
    {
        var plant = Plants.TwoSources();
        var alarms = suppressed ? plant.Alarms.SetItem(2, plant.Alarms[2] with { Handling = AlarmHandling.Default with { SuppressionGroup = 0 } }) : plant.Alarms;
        return plant with
        {
            Tags = plant.Tags.SetItem(0, plant.Tags[0] with { StaleAfter = TimeSpan.FromSeconds(staleAfter) }),
            Alarms = alarms,
            SuppressionGroups = [new("T0 stands", new SuppressionTrigger.Holds(new([new(ExpressionOperator.Tag), new(ExpressionOperator.Number, 50), new(ExpressionOperator.Less)], [0])), TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromHours(8))],
        };
    }
}
