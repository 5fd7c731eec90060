namespace EdgeAlarm.Engine.Tests.Conditions;

/// <summary>Limits that are exclusive, and limits that another tag holds (alarm life cycle §4).</summary>
public class LimitTests
{
    [Theory]
    [InlineData(ConditionType.Hi, 90, "90 -; 90.00000000000001 on; 85.00000000000001 on; 85 -; Infinity on")]
    [InlineData(ConditionType.Lo, 10, "10 -; 9.999999999999998 on; 14.999999999999998 on; 15 -; -Infinity on")]
    public void An_exclusive_limit_is_itself_still_normal(ConditionType type, double setpoint, string story) =>
        Assert.Equal(story, StoryOf.Values(Plants.Alarm(type: type, setpoint: setpoint, deadband: 5) with { IsExclusive = true }, story));

    [Fact]
    public void A_limit_that_another_tag_holds_moves_with_it_and_is_judged_when_either_changes()
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm(setpoint: 5, deadband: 2) with { SetpointTag = 1 }, Plants.Alarm("A1", tag: 1)));
        plant.Value(1, 50).Value(1, 60, tag: 1).Value(2, 64.9);
        Assert.False(plant.Engine.AlarmState(0).Condition);

        Assert.Equal("3 A0 Activated Unacknowledged", plant.Value(3, 59, tag: 1).Told());
        Assert.Equal("", plant.Value(4, 62.1).Told());
        Assert.Equal("5 A0 Returned ReturnedUnacknowledged [Fleeting]", plant.Value(5, 61.9).Told());
        Assert.Equal((0, 61.9), (plant.Events[^1].Tag, plant.Events[^1].Sample!.Value.Value.AsNumber()));
    }

    [Fact]
    public void While_the_tag_that_holds_the_limit_is_bad_the_alarm_is_held_and_says_which_tag_it_waits_for()
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm(setpoint: 5, onDelay: 10) with { SetpointTag = 1 }, Plants.Alarm("A1", tag: 1)));
        plant.Value(0, 66).Value(0, 60, tag: 1).Value(4, 60, tag: 1, quality: PlantRig.BadSensorFailure);

        Assert.Equal("T1: bad quality BadSensorFailure", plant.Engine.Armed(0).Text);
        _ = plant.Tick(10).Told();
        Assert.Equal(PlantTime.Never, plant.Engine.NextDeadline);
        _ = plant.Value(30, 67).Value(40, 60, tag: 1).Told();
        Assert.Equal("46 A0 Activated Unacknowledged [ActiveAtStart]", plant.Tick(46).Told());
    }

    [Fact]
    public void An_alarm_over_two_sources_advances_by_ticks_only_while_both_are_up()
    {
        var plant = new PlantRig(Plants.TwoSources() with { Alarms = [Plants.Alarm(setpoint: 5, onDelay: 8) with { SetpointTag = 2 }] });
        plant.Value(0, 50).Value(0, 60, tag: 2).Value(1, 66);
        Assert.Equal(PlantRig.At(9), plant.Engine.NextDeadline);

        _ = plant.Step(new SourceDown(PlantRig.At(5), 1, "cable")).Told();
        Assert.Equal(ArmedReason.SourceDown, plant.Engine.Armed(0).Reason);
        Assert.DoesNotContain("Activated", plant.Tick(20).Told(), StringComparison.Ordinal);
        plant.Connect(30, 1, SourceRecovery.Republished);
        Assert.Equal(PlantRig.At(9), plant.Engine.NextDeadline);
        Assert.Contains("9 A0 Activated", plant.Tick(30).Told(), StringComparison.Ordinal);
    }
}
