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
}
