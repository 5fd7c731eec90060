namespace EdgeAlarm.Engine.Tests.Evaluation;

/// <summary>SourceTime, mapped and distrusted where it must be (design §3; field failures G).</summary>
public class ConditionTimeTests
{
    [Fact]
    public void Thirty_abnormal_seconds_in_one_burst_are_thirty_seconds()
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm(onDelay: 15))).Value(0, 50).Step(new SourceDown(PlantRig.At(5), 0, "cable"));
        plant.Step(new SourceUp(PlantRig.At(60), 0, SourceRecovery.Republished)).Value(60, 95, source: 10).Value(60, 50, source: 40);

        Assert.Equal(
            "5 PLC1 ArmedLost (cable); 60 PLC1 ArmedRestored; 25 A0 Activated Unacknowledged; 40 A0 Returned ReturnedUnacknowledged",
            plant.Told());
    }

    [Fact]
    public void Source_time_is_mapped_by_the_measured_offset()
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm())).Step(new SourceClockMeasured(PlantRig.At(0), 0, TimeSpan.FromHours(-2), Synchronised: true));
        plant.Value(9, 50, source: 7200).Value(10, 95, source: 7209.5);

        Assert.Equal("9.5 A0 Activated Unacknowledged", plant.Told());
        Assert.Equal((TimeSpan.FromHours(-2), true), (plant.Events[^1].ClockOffset, plant.Events[^1].ClockSynchronised));
    }

    [Theory]
    [InlineData(null, true, "10 A0 Activated Unacknowledged [ReceptionTime]")] // the server gave no time
    [InlineData(9.5, false, "10 A0 Activated Unacknowledged [ReceptionTime]")] // nobody trusts the clock
    [InlineData(3600.0, true, "10 A0 Activated Unacknowledged [ReceptionTime]")] // the PLC was set forward
    [InlineData(10.4, true, "10 A0 Activated Unacknowledged")] // within the accuracy of the offset
    [InlineData(11.0, true, "10 A0 Activated Unacknowledged")] // at the very end of it
    [InlineData(9.5, true, "9.5 A0 Activated Unacknowledged")]
    [InlineData(-3600.0, true, "5 A0 Activated Unacknowledged")] // the PLC was set back: not before the sample before
    [Trait("Field", "F-65")]
    public void Reception_time_is_used_and_flagged_where_source_time_is_missing_or_suspect(double? sourceTime, bool synchronised, string told)
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm())).Value(5, 50);
        plant.Step(new SourceClockMeasured(PlantRig.At(6), 0, TimeSpan.Zero, synchronised));
        plant.Step(PlantRig.SampleOf(0, TagValue.From(95.0), 10, sourceTime));

        Assert.Equal(told, plant.Told());
    }

    [Fact]
    [Trait("Field", "F-67")]
    public void A_source_time_that_stands_still_loses_no_alarm()
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm(onDelay: 15))).Value(0, 50, source: 0).Tick(10).Value(100, 95, source: 0);

        // ConditionTime stands still too, so that the delay seems to be over: too early, never too late.
        Assert.Equal(PlantRig.At(15), plant.Engine.NextDeadline);
        Assert.Equal("15 A0 Activated Unacknowledged", plant.Tick(100).Told());
    }

    [Theory]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    [InlineData(-1L)]
    [InlineData(1L)]
    public void Any_64_bits_of_source_time_give_a_condition_time_between_the_previous_and_plant_time(long ticks)
    {
        foreach (var offset in (TimeSpan[])[TimeSpan.MinValue, TimeSpan.Zero, TimeSpan.MaxValue])
        {
            var plant = new PlantRig(Plants.With(Plants.Alarm())).Value(5, 50);
            plant.Step(new SourceClockMeasured(PlantRig.At(6), 0, offset, Synchronised: true));
            plant.Step(PlantRig.SampleOf(0, TagValue.From(95.0), 10, 0) with { SourceTime = new UtcTime(ticks) });

            Assert.InRange(PlantRig.Seconds(plant.Events[^1].ConditionTime), 5, 10);
        }
    }

    [Theory]
    [InlineData(long.MaxValue, 2, "10 A0 Activated Unacknowledged [ReceptionTime]")] // the future
    [InlineData(long.MinValue, -2, "5 A0 Activated Unacknowledged")] // the past
    public void A_time_that_the_offset_takes_beyond_all_numbers_stays_on_its_side(long ticks, double hours, string told)
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm())).Value(5, 50);
        plant.Step(new SourceClockMeasured(PlantRig.At(6), 0, TimeSpan.FromHours(hours), Synchronised: true));
        plant.Step(PlantRig.SampleOf(0, TagValue.From(95.0), 10, 0) with { SourceTime = new UtcTime(ticks) });

        Assert.Equal(told, plant.Told());
    }

    [Fact]
    [Trait("Field", "F-66")]
    public void A_step_of_the_wall_clock_is_told_and_moves_no_delay()
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm(onDelay: 15))).Value(0, 50).Tick(10).Value(11, 95);
        plant.Step(new ClockStepped(PlantRig.At(12), TimeSpan.FromMilliseconds(-3_600_250)));

        Assert.Equal("12 - ClockStepped (the wall clock stepped by -3600.250 s)", plant.Told());
        Assert.Equal(PlantRig.At(26), plant.Engine.NextDeadline);
    }

    [Fact]
    public void An_alarms_own_times_never_go_back_when_a_tick_was_ahead_of_a_sample()
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm(onDelay: 15))).Value(0, 50).Value(1, 95).Tick(16).Value(16.2, 50, source: 15.9);

        Assert.Equal("16 A0 Activated Unacknowledged; 16 A0 Returned ReturnedUnacknowledged [Fleeting]", plant.Told());
    }
}
