namespace EdgeAlarm.Engine.Tests.Evaluation;

/// <summary>Delays count in ConditionTime (design §3; alarm life cycle §5 and oracles 9, 10).</summary>
public class DelayTests
{
    [Fact]
    public void Fourteen_seconds_above_the_limit_are_not_fifteen()
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm(onDelay: 15))).Value(0, 50).Value(1, 95).Value(15, 50).Tick(100);

        Assert.Equal("", plant.Told());
    }

    [Fact]
    public void Fifteen_seconds_above_the_limit_activate_even_when_no_tick_came_between()
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm(onDelay: 15))).Value(0, 50).Value(1, 95).Value(16, 50);

        Assert.Equal("16 A0 Activated Unacknowledged; 16 A0 Returned ReturnedUnacknowledged [Fleeting]", plant.Told());
    }

    [Fact]
    public void The_delay_ends_by_a_tick_where_the_source_reports_by_exception()
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm(onDelay: 15))).Value(0, 50).Value(1, 95);

        Assert.Equal(PlantRig.At(10), plant.Engine.NextDeadline); // first samples; afterwards the delay
        Assert.Equal("", plant.Tick(15.9).Told());
        Assert.Equal(PlantRig.At(16), plant.Engine.NextDeadline);
        Assert.Equal("16 A0 Activated Unacknowledged", plant.Tick(16.3).Told());
        Assert.Equal(PlantTime.Never, plant.Engine.NextDeadline);
    }

    [Theory]
    [Trait("Field", "F-44")]
    [InlineData(0)]
    [InlineData(0.0000001)]
    [InlineData(1)]
    public void A_delay_of_nought_is_a_delay_like_each_other_and_no_switch(double seconds)
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm(onDelay: seconds, offDelay: seconds))).Value(0, 50).Tick(10).Value(20, 95);
        var comes = PlantRig.At(20) + TimeSpan.FromSeconds(seconds);

        plant.Step(new Tick(comes));
        Assert.Equal((EventKind.Activated, comes), (plant.Events[^1].Kind, plant.Events[^1].ConditionTime));
        plant.Value(30, 50).Tick(40);
        Assert.Equal((EventKind.Returned, PlantRig.At(30) + TimeSpan.FromSeconds(seconds)), (plant.Events[^1].Kind, plant.Events[^1].ConditionTime));
    }

    [Fact]
    [Trait("Field", "F-29")]
    public void A_value_that_is_only_repeated_begins_no_delay_anew_and_is_no_sign_of_life()
    {
        var plant = new PlantRig(Plants.With(
            Plants.Alarm(onDelay: 15), Plants.Alarm("A1", type: ConditionType.Heartbeat, setpoint: 0, deadband: 0) with { Window = TimeSpan.FromSeconds(8) })).Value(0, 50).Value(1, 95);
        for (var second = 2; second <= 16; second += 2)
        {
            // sent again with the time at which it came to be, as a gateway does that keeps its connection alive by what it knows already
            plant.Value(second, 95, source: 1);
        }

        Assert.Equal("9 A1 Activated Unacknowledged; 16 A0 Activated Unacknowledged", plant.Tick(16).Told());
    }
}
