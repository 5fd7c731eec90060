namespace EdgeAlarm.Engine.Tests.Conditions;

/// <summary>Conditions over time, one plant story each; that they hold in every story is a property.</summary>
public class WindowTests
{
    [Fact]
    [Trait("Field", "F-31")]
    public void A_transmitter_that_freezes_is_told_when_its_window_is_over_without_any_sample()
    {
        // Level 50, filling slowly, then frozen at second 20: servers send nothing of a value that rests.
        var plant = new PlantRig(Plants.With(Over(ConditionType.Flatline, window: 80) with { Deadband = 0.5 }));
        for (var second = 0; second <= 20; second += 5)
        {
            plant.Value(second, 50 + (second / 5.0));
        }

        _ = plant.Told();
        var due = plant.Tick(11).Engine.NextDeadline;
        Assert.InRange(PlantRig.Seconds(due), 100, 110);
        Assert.Equal("", plant.Step(new Tick(new(due.Ticks - 1))).Told());
        Assert.EndsWith("A0 Activated Unacknowledged", plant.Step(new Tick(due)).Told(), StringComparison.Ordinal);
        Assert.Equal("", plant.Value(150, 54.4).Told());
        Assert.Equal("151 A0 Returned ReturnedUnacknowledged", plant.Value(151, 54.6).Told());
    }

    [Fact]
    [Trait("Field", "F-31")]
    public void A_transmitter_that_stays_frozen_over_reconnects_is_told_for_all_that()
    {
        var plant = new PlantRig(Plants.With(Over(ConditionType.Flatline, window: 80))).Value(0, 50);
        for (var second = 30; second <= 120; second += 30)
        {
            plant.Step(new SourceDown(PlantRig.At(second - 1), 0, "cable")).Connect(second, how: SourceRecovery.Recreated).Value(second, 50);
        }

        Assert.Contains("90 A0 Activated Unacknowledged [ActiveAtStart]", plant.Told(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_counter_that_stops_is_told_and_one_that_wraps_is_not()
    {
        var plant = new PlantRig(Plants.With(Over(ConditionType.Heartbeat, window: 5)));
        plant.Value(0, 65534).Value(4, 65535).Value(8, 0).Value(12, 1).Value(16, 1);
        Assert.Equal("", plant.Told());

        Assert.Equal("17 A0 Activated Unacknowledged", plant.Tick(17).Told());
        Assert.Equal("18 A0 Returned ReturnedUnacknowledged [Fleeting]", plant.Value(18, 2).Told());
    }

    [Fact]
    public void After_a_new_subscription_a_bit_that_toggles_has_a_window_to_change()
    {
        var plant = new PlantRig(Plants.With(Over(ConditionType.Heartbeat, window: 5))).Value(0, 1)
            .Step(new SourceDown(PlantRig.At(1), 0, "cable")).Connect(60, how: SourceRecovery.Recreated).Value(60, 1);
        _ = plant.Told();

        Assert.Equal("", plant.Tick(64.9).Told());
        Assert.Equal("65 A0 Activated Unacknowledged", plant.Tick(65).Told());
    }

    [Fact]
    [Trait("Field", "F-67")]
    public void A_tag_whose_source_time_stands_still_while_samples_come_is_not_stale()
    {
        var plant = new PlantRig(Plants.With(Over(ConditionType.Stale, window: 5))).Value(0, 1);
        for (var second = 3; second <= 30; second += 3)
        {
            plant.Tick(second).Value(second, second, source: 0);
        }

        Assert.Equal("", plant.Tick(34).Told());
        Assert.Equal("35 A0 Activated Unacknowledged", plant.Tick(35).Told());
    }

    [Fact]
    public void In_a_burst_after_a_cut_a_silence_between_two_samples_is_told_as_it_was()
    {
        var plant = new PlantRig(Plants.With(Over(ConditionType.Stale, window: 5))).Value(0, 1)
            .Step(new SourceDown(PlantRig.At(1), 0, "cable")).Step(new SourceUp(PlantRig.At(60), 0, SourceRecovery.Republished)).Value(60, 1, source: 3);
        _ = plant.Told();

        Assert.Equal("8 A0 Activated Unacknowledged; 20 A0 Returned ReturnedUnacknowledged", plant.Value(60, 2, source: 20).Told());
    }

    [Fact]
    public void A_rise_is_too_fast_by_what_it_was_a_window_ago_and_ends_when_that_has_passed()
    {
        var plant = new PlantRig(Plants.With(Over(ConditionType.RateUp, window: 16, setpoint: 5)));
        plant.Value(0, 10).Tick(11).Value(100, 12).Value(104, 14.9);
        Assert.Equal("", plant.Told());

        Assert.Equal("108 A0 Activated Unacknowledged", plant.Value(108, 15).Told());
        var ends = PlantRig.Seconds(plant.Engine.NextDeadline);
        Assert.InRange(ends, 116, 118);
        Assert.EndsWith("A0 Returned ReturnedUnacknowledged [Fleeting]", plant.Tick(118).Told(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_that_is_another_after_a_long_break_has_no_rate()
    {
        var plant = new PlantRig(Plants.With(Over(ConditionType.RateUp, window: 16, setpoint: 5))).Value(0, 10)
            .Value(5, 0, quality: PlantRig.BadSensorFailure).Value(100, 60);

        Assert.DoesNotContain("Activated", plant.Told(), StringComparison.Ordinal);
        Assert.Contains("105 A0 Activated", plant.Value(105, 66).Told(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_step_of_the_setpoint_is_no_deviation_while_the_process_may_lag_it_and_is_one_after()
    {
        var alarm = Over(ConditionType.DevLo, window: 40, setpoint: -5) with { SetpointTag = 1 };
        var plant = new PlantRig(Plants.With(alarm, Plants.Alarm("A1", tag: 1, setpoint: 1000))).Value(0, 50).Value(0, 50, tag: 1).Tick(11).Value(100, 80, tag: 1).Value(110, 60);
        Assert.Equal("", plant.Told());

        Assert.InRange(PlantRig.Seconds(plant.Engine.NextDeadline), 140, 145);
        Assert.EndsWith("A0 Activated Unacknowledged", plant.Tick(145).Told(), StringComparison.Ordinal);
        Assert.Equal("150 A0 Returned ReturnedUnacknowledged [Fleeting]", plant.Value(150, 76).Told());

        // and away from a setpoint that rests it is told at once
        Assert.Equal("300 A0 Activated Unacknowledged", plant.Value(300, 75).Told());
    }

    [Fact]
    public void A_setpoint_that_ramps_without_end_does_not_silence_its_deviation()
    {
        var alarm = Over(ConditionType.DevLo, window: 8, setpoint: -5) with { SetpointTag = 1 };
        var plant = new PlantRig(Plants.With(alarm, Plants.Alarm("A1", tag: 1, setpoint: 1000))).Value(0, 50).Value(0, 50, tag: 1);
        for (var second = 1; second <= 20; second++)
        {
            plant.Value(second, 50 + second, tag: 1).Value(second, 50);
        }

        Assert.Contains("A0 Activated", plant.Told(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_valve_has_its_travel_time_and_one_that_moves_by_itself_has_none()
    {
        var alarm = Over(ConditionType.Discrepancy, window: 8) with { SetpointTag = 1 };
        var plant = new PlantRig(Plants.With(alarm, Plants.Alarm("A1", tag: 1, setpoint: 1000))).Value(0, 0).Value(0, 0, tag: 1).Value(1, 1).Value(7, 1, tag: 1);
        Assert.Equal("", plant.Told());
        Assert.Equal("20 A0 Activated Unacknowledged", plant.Value(20, 0, tag: 1).Told());
        Assert.Equal("21 A0 Returned ReturnedUnacknowledged [Fleeting]", plant.Value(21, 1, tag: 1).Told());

        _ = plant.Value(30, 0);
        Assert.Equal("38 A0 Activated Unacknowledged", plant.Tick(38).Told());
    }

    [Fact]
    public void Three_starts_of_a_pump_within_ten_minutes_are_too_many()
    {
        var plant = new PlantRig(Plants.With(Over(ConditionType.CountInTime, window: 600, setpoint: 3))).Value(0, 0);
        foreach (var start in new[] { 10, 200, 500 })
        {
            plant.Tick(start).Value(start, 1).Value(start + 5, 0);
        }

        Assert.Equal("500 A0 Activated Unacknowledged", plant.Told());
        Assert.Equal("610 A0 Returned ReturnedUnacknowledged", plant.Tick(610).Told());
    }

    [Fact]
    public void Ninety_seconds_of_ten_minutes_add_up()
    {
        var plant = new PlantRig(Plants.With(Over(ConditionType.TimeAbnormal, window: 600, setpoint: 90))).Value(0, 0);
        plant.Value(100, 1).Value(140, 0).Value(200, 1);
        _ = plant.Tick(249).Told();

        Assert.Equal(PlantRig.At(250), plant.Engine.NextDeadline);
        Assert.Equal("250 A0 Activated Unacknowledged", plant.Tick(250).Told());
    }

    [Fact]
    [Trait("Field", "F-40")]
    public void What_a_condition_remembers_is_there_after_a_restart()
    {
        var plant = new PlantRig(Plants.With(Over(ConditionType.Flatline, window: 80))).Value(0, 50);
        plant.Restore().Tick(11);

        Assert.Equal(PlantRig.At(80), plant.Engine.NextDeadline);
    }

    [Fact]
    public void While_a_value_is_bad_what_is_counted_stands_still()
    {
        var plant = new PlantRig(Plants.With(Over(ConditionType.Flatline, window: 80))).Value(0, 50).Tick(11).Value(40, 0, quality: PlantRig.BadSensorFailure).Value(140, 50);

        Assert.Equal(PlantRig.At(180), plant.Engine.NextDeadline);
    }

    private static AlarmDefinition Over(ConditionType type, double window, double setpoint = 0) =>
        Plants.Alarm(type: type, setpoint: setpoint, deadband: 0) with { Window = TimeSpan.FromSeconds(window) };
}
