namespace EdgeAlarm.Engine.Tests.Evaluation;

/// <summary>Bad quality is never "no alarm" (design §3; field failures C).</summary>
public class QualityTests
{
    [Fact]
    [Trait("Field", "F-27")]
    public void Bad_quality_holds_an_alarm_and_says_that_it_is_not_armed()
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm())).Value(0, 50).Value(1, 95).Value(2, 0, quality: PlantRig.BadSensorFailure);

        Assert.Equal("1 A0 Activated Unacknowledged; 2 T0 ArmedLost (bad quality BadSensorFailure)", plant.Told());
        Assert.True(plant.Engine.AlarmState(0).Condition);
        Assert.Equal(new ArmedState(ArmedReason.BadQuality, "bad quality BadSensorFailure"), plant.Engine.Armed(0));
        Assert.Equal(CommandOutcome.Accepted, plant.Acknowledge(3).Outcome);
        Assert.Equal(
            "3 A0 Acknowledged Acknowledged; 4 T0 ArmedRestored; 4 A0 Returned Normal",
            plant.Value(4, 50).Told());
    }

    [Fact]
    [Trait("Field", "F-26")]
    public void The_value_beside_a_bad_status_is_never_evaluated()
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm())).Value(0, 50).Value(1, 99, quality: PlantRig.BadSensorFailure);
        Assert.False(plant.Engine.AlarmState(0).Condition);

        plant.Value(2, 99).Value(3, 50, quality: PlantRig.BadSensorFailure);
        Assert.True(plant.Engine.AlarmState(0).Condition);
    }

    [Theory]
    [InlineData(0xC000_0000u)]
    [InlineData(0x0000_00C0u)]
    [InlineData(0x0099_0000u)]
    [InlineData(0x4099_0000u)]
    [InlineData(0x0000_0800u)]
    [InlineData(0x0000_1000u)]
    [InlineData(0x1000_0000u)]
    [Trait("Field", "F-30")]
    public void A_code_that_no_server_should_send_is_bad_and_told_whole(uint quality)
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm())).Value(0, 50).Value(1, 99, quality: quality);

        Assert.Equal($"1 T0 ArmedLost (bad quality 0x{quality:X8})", plant.Told());
        Assert.False(plant.Engine.AlarmState(0).Condition);
    }

    [Fact]
    public void Infinities_are_values_beyond_each_limit()
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm())).Value(0, 50).Value(1, double.PositiveInfinity);

        Assert.Equal("1 A0 Activated Unacknowledged", plant.Told());
    }

    [Fact]
    public void Held_time_does_not_count_and_the_rest_of_the_delay_is_left()
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm(onDelay: 15)))
            .Value(0, 50).Tick(10).Value(10, 95).Value(15, 0, quality: PlantRig.BadSensorFailure);
        _ = plant.Told();

        Assert.Equal(PlantTime.Never, plant.Engine.NextDeadline);
        Assert.Equal("", plant.Tick(60).Told());
        Assert.Equal("61 T0 ArmedRestored", plant.Value(61, 96).Told());
        Assert.Equal(PlantRig.At(71), plant.Engine.NextDeadline);
        Assert.Equal("71 A0 Activated Unacknowledged", plant.Tick(71).Told());
    }

    [Theory]
    [InlineData(double.NaN, 0u, ArmedReason.NotComparable, false)]
    [InlineData(95.0, PlantRig.UncertainLastUsableValue, ArmedReason.UncertainQuality, true)]
    [InlineData(95.0, PlantRig.GoodOverload, ArmedReason.DegradedQuality, true)]
    [InlineData(95.0, 0x0000_0480u, ArmedReason.None, true)]
    [InlineData(95.0, PlantRig.BadSensorFailure, ArmedReason.BadQuality, false)]
    [Trait("Field", "F-3")]
    [Trait("Field", "F-28")]
    public void Each_class_of_quality_is_evaluated_and_armed_by_its_own_rule(double value, uint quality, ArmedReason reason, bool evaluated)
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm())).Value(0, 50).Value(1, value, quality: quality);

        Assert.Equal(reason, plant.Engine.Armed(0).Reason);
        Assert.Equal(evaluated, plant.Engine.AlarmState(0).Condition);
    }

    [Fact]
    public void An_alarm_from_an_uncertain_value_is_flagged()
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm())).Value(0, 50).Value(1, 95, quality: PlantRig.UncertainLastUsableValue);

        Assert.Equal(EventFlags.Uncertain, plant.Events[^1].Flags);
    }

    [Fact]
    [Trait("Field", "F-27")]
    public void The_policy_alarm_raises_where_nothing_can_be_known_and_returns_with_a_value()
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm(onDelay: 5) with { BadQuality = BadQualityPolicy.Alarm })).Value(0, 50).Value(1, 0, quality: PlantRig.BadSensorFailure);
        _ = plant.Told();

        Assert.Equal("6 A0 Activated Unacknowledged [BadQuality]", plant.Tick(6).Told());
        Assert.Equal(ArmedReason.BadQuality, plant.Engine.Armed(0).Reason);
        Assert.Equal("7 T0 ArmedRestored; 7 A0 Returned ReturnedUnacknowledged [Fleeting]", plant.Value(7, 50).Told());
    }

    [Fact]
    public void The_policy_inhibit_lets_an_alarm_return_and_says_that_it_is_not_armed()
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm(offDelay: 2) with { BadQuality = BadQualityPolicy.Inhibit })).Value(0, 95).Value(1, 99, quality: PlantRig.BadSensorFailure);
        _ = plant.Told();

        Assert.Equal("3 A0 Returned ReturnedUnacknowledged [BadQuality, Fleeting]", plant.Tick(3).Told());
        Assert.False(plant.Engine.Armed(0).IsArmed);
        Assert.Equal("4 T0 ArmedRestored; 4 A0 Activated Unacknowledged", plant.Value(4, 95).Told());
    }

    [Theory]
    [InlineData(false, 0u, false)]
    [InlineData(false, PlantRig.UncertainLastUsableValue, false)]
    [InlineData(false, PlantRig.GoodOverload, false)]
    [InlineData(false, PlantRig.BadSensorFailure, true)]
    [InlineData(false, 0xC000_0000u, true)]
    [InlineData(true, PlantRig.UncertainLastUsableValue, true)]
    [InlineData(true, PlantRig.GoodOverload, true)]
    [InlineData(true, 0u, false)]
    public void A_bad_measurement_is_an_alarm_of_its_own(bool countsUncertain, uint quality, bool abnormal)
    {
        var alarm = Plants.Alarm(type: ConditionType.BadQuality, setpoint: 0, deadband: 0) with { CountsUncertain = countsUncertain };
        var plant = new PlantRig(Plants.With(alarm)).Value(0, 50).Value(1, 50, quality: quality);
        Assert.Equal(abnormal, plant.Engine.AlarmState(0).Condition);

        plant.Value(2, double.NaN);
        Assert.True(plant.Engine.AlarmState(0).Condition);
        Assert.Equal(ArmedReason.None, plant.Engine.Armed(0).Reason);
        Assert.False(plant.Value(3, 50).Engine.AlarmState(0).Condition);
    }

    [Fact]
    public void Text_and_arrays_are_held_like_bad_quality()
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm())).Value(0, 95);
        plant.Step(PlantRig.SampleOf(0, TagValue.None, 1, 1));

        Assert.Equal("0 A0 Activated Unacknowledged [ActiveAtStart]; 1 T0 ArmedLost (the value is no number)", plant.Told());
    }
}
