namespace EdgeAlarm.Engine.Tests.Evaluation;

/// <summary>The off-delay: how long the condition must be gone (alarm life cycle §5.3).</summary>
public class OffDelayTests
{
    [Fact]
    public void A_short_dip_does_not_end_the_occurrence()
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm(offDelay: 5))).Value(0, 50).Value(1, 95).Value(2, 50).Value(6, 86).Tick(20);

        Assert.Equal("1 A0 Activated Unacknowledged", plant.Told());
    }

    [Fact]
    public void Five_clear_seconds_end_it_by_a_tick()
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm(offDelay: 5))).Value(0, 50).Value(1, 95).Value(2, 50).Tick(7);

        Assert.Equal("1 A0 Activated Unacknowledged; 7 A0 Returned ReturnedUnacknowledged [Fleeting]", plant.Told());
    }

    // 250 ms to publish: the tick of second 7 ran ahead of what the PLC read at 6.9. The alarm never was clear for five seconds
    [Fact]
    public void A_value_that_was_under_way_when_a_tick_ended_an_alarm_restores_it_at_once_by_the_limit_of_its_return()
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm(onDelay: 60, offDelay: 5))).Value(0, 95).Tick(60).Value(62, 84).Tick(67).Value(67.3, 88, source: 66.9);

        Assert.Equal(
            "60 A0 Activated Unacknowledged [ActiveAtStart]; 67 A0 Returned ReturnedUnacknowledged [Fleeting]; 67 A0 Activated Unacknowledged [Restored]", plant.Told());
        Assert.Equal("", plant.Value(68, 88).Value(70, 84).Value(74, 88).Tick(100).Told());
    }

    [Fact]
    public void A_bad_value_that_was_under_way_holds_the_alarm_with_what_was_left_of_its_off_delay()
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm(offDelay: 5))).Value(0, 95).Value(62, 84).Tick(67).Value(67.3, 0, source: 66, quality: PlantRig.BadSensorFailure);
        Assert.True(plant.Engine.AlarmState(0).Condition);
        _ = plant.Value(80, 84).Told();

        Assert.Equal("", plant.Tick(80.9).Told());
        Assert.Equal("81 A0 Returned ReturnedUnacknowledged", plant.Tick(81).Told());
    }

    [Fact]
    public void A_value_that_came_to_be_after_the_return_or_that_is_clear_restores_nothing()
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm(onDelay: 60, offDelay: 5))).Value(0, 95).Tick(60).Value(62, 84).Tick(67);
        _ = plant.Told();

        Assert.Equal("", plant.Value(67.3, 84, source: 66.9).Value(67.4, 88, source: 67).Tick(100).Told());
    }

    // its deadband would be no deadband any more: every value would seem to have been under way
    [Fact]
    public void A_clock_of_the_PLC_that_stands_still_restores_nothing()
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm(onDelay: 60, offDelay: 5))).Value(0, 95).Tick(60).Value(62, 84).Tick(67);
        _ = plant.Told();

        Assert.Equal("", plant.Value(80, 88, source: 62).Tick(100).Told());
    }

    [Fact]
    public void Delays_that_end_between_two_samples_are_told_in_the_order_of_their_ends()
    {
        var plant = new PlantRig(Plants.With(
            Plants.Alarm("A0", onDelay: 9),
            Plants.Alarm("A1", onDelay: 3),
            Plants.Alarm("A2", onDelay: 6))).Value(0, 50).Value(1, 95).Value(30, 50);

        Assert.StartsWith(
            "4 A1 Activated Unacknowledged; 7 A2 Activated Unacknowledged; 10 A0 Activated Unacknowledged; 30 A0 Returned",
            plant.Told(),
            StringComparison.Ordinal);
    }
}
