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
