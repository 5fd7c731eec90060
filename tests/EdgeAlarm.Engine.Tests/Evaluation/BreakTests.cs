namespace EdgeAlarm.Engine.Tests.Evaluation;

/// <summary>Starts, cuts and gaps (design §3, §6.2; field failures D).</summary>
public class BreakTests
{
    [Fact]
    [Trait("Field", "F-37")]
    public void An_alarm_that_is_active_at_start_is_raised_and_marked()
    {
        // The value has stood for a minute when we first see it: its delay is over, a tick is due at once.
        var plant = new PlantRig(Plants.With(Plants.Alarm(onDelay: 15))).Value(60, 95, source: 1);

        Assert.Equal(PlantRig.At(10), plant.Engine.NextDeadline);
        Assert.Equal("16 A0 Activated Unacknowledged [ActiveAtStart]", plant.Tick(60).Told());
    }

    [Fact]
    public void At_start_the_delay_counts_from_the_first_sample()
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm(onDelay: 15))).Value(1, 95).Value(10, 50).Tick(60);

        Assert.Equal("", plant.Told());
    }

    [Fact]
    [Trait("Field", "F-36")]
    [Trait("Field", "F-40")]
    public void State_delays_and_occurrences_go_on_after_a_restart()
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm("A0"), Plants.Alarm("A1", tag: 1, onDelay: 15)))
            .Value(0, 50).Value(0, 50, tag: 1).Value(1, 95).Acknowledge(2).Value(3, 95, tag: 1);
        var occurrence = plant.Engine.AlarmState(0).Occurrence;
        _ = plant.Told();

        plant.Restore().Step(new GatewayStarted(PlantRig.At(30), default, WallClockWentBack: false)).Tick(30).Connect(31).Tick(32);
        Assert.Equal(
            "30 - GatewayStarted; 30 PLC1 ArmedLost (the gateway started); 31 PLC1 ArmedRestored",
            plant.Told());
        Assert.Equal((LifecycleState.Acknowledged, occurrence), (plant.Engine.AlarmState(0).Lifecycle, plant.Engine.AlarmState(0).Occurrence));

        // A0 is as it was: no event. A1 was abnormal before and is after: its delay went on, across the gap.
        plant.Value(33, 95, source: 1).Value(33, 96, tag: 1, source: 32);
        Assert.Equal("18 A1 Activated Unacknowledged [AcrossGap]", plant.Told());
    }

    [Fact]
    [Trait("Field", "F-39")]
    public void A_restart_tells_of_alarms_only_what_is_otherwise_than_before_and_marks_it()
    {
        var plant = new PlantRig(Plants.With([.. Enumerable.Range(0, 5).Select(tag => Plants.Alarm($"A{tag}", tag: tag))]));
        for (var tag = 0; tag < 5; tag++)
        {
            plant.Value(0, 50, tag: tag).Value(1, tag < 2 ? 95 : 50, tag: tag);
        }

        _ = plant.Told();
        plant.Restore().Step(new GatewayStarted(PlantRig.At(30), default, WallClockWentBack: false)).Connect(31);
        double[] after = [95, 50, 95, 50, 50];
        for (var tag = 0; tag < 5; tag++)
        {
            plant.Value(32, after[tag], tag: tag);
        }

        Assert.Equal(
            "30 - GatewayStarted; 30 PLC1 ArmedLost (the gateway started); 31 PLC1 ArmedRestored; "
                + "32 A1 Returned ReturnedUnacknowledged [AcrossGap]; 32 A2 Activated Unacknowledged [ActiveAtStart]",
            plant.Tick(60).Told());
    }

    [Fact]
    [Trait("Field", "F-41")]
    public void What_a_condition_waits_for_goes_on_after_a_reconnect_that_brings_no_sample()
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm(type: ConditionType.Heartbeat, setpoint: 0, deadband: 0) with { Window = TimeSpan.FromSeconds(60) })).Value(0, 1).Value(1, 2)
            .Step(new SourceDown(PlantRig.At(20), 0, "cable"));
        Assert.Equal(PlantTime.Never, plant.Engine.NextDeadline);

        _ = plant.Connect(40, how: SourceRecovery.Republished).Tick(50).Told();
        Assert.Equal(PlantRig.At(61), plant.Engine.NextDeadline);
        Assert.Equal("61 A0 Activated Unacknowledged", plant.Tick(61).Told());
    }

    [Fact]
    public void An_alarm_that_returned_while_we_were_away_returns_with_a_mark()
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm())).Value(0, 50).Value(1, 95)
            .Step(new SourceDown(PlantRig.At(5), 0, "cable")).Connect(40, how: SourceRecovery.Recreated);
        _ = plant.Told();

        Assert.Equal("40 A0 Returned ReturnedUnacknowledged [AcrossGap]", plant.Value(40, 50).Told());
    }

    [Fact]
    public void A_delay_does_not_go_on_across_a_gap_with_a_normal_value_behind_it()
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm(onDelay: 15))).Value(0, 50).Value(1, 95)
            .Step(new SourceDown(PlantRig.At(5), 0, "cable"))
            .Step(new GapFound(PlantRig.At(40), 0, null, PlantRig.At(5), PlantRig.At(40), GapCause.ConnectionLost))
            .Connect(40, how: SourceRecovery.Recreated).Tick(41);
        _ = plant.Told();

        Assert.Equal("", plant.Value(41, 50).Tick(100).Told());
    }

    [Fact]
    public void Ticks_advance_no_alarm_whose_source_is_down_or_whose_value_is_not_known_again()
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm(onDelay: 15))).Value(0, 50).Value(1, 95).Step(new SourceDown(PlantRig.At(5), 0, "cable"));
        _ = plant.Told();

        Assert.Equal(PlantTime.Never, plant.Engine.NextDeadline);
        Assert.Equal("", plant.Tick(30).Told());
        Assert.Equal("40 PLC1 ArmedRestored", plant.Connect(40, how: SourceRecovery.Recreated).Tick(41).Told());
        Assert.Equal("16 A0 Activated Unacknowledged [AcrossGap]", plant.Value(42, 95).Told());
    }

    [Fact]
    public void After_a_republish_the_last_value_holds_and_ticks_go_on()
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm(onDelay: 15))).Value(0, 50).Value(1, 95)
            .Step(new SourceDown(PlantRig.At(5), 0, "cable")).Connect(8, how: SourceRecovery.Republished);
        _ = plant.Told();

        Assert.True(plant.Engine.Armed(0).IsArmed);
        Assert.Equal("16 A0 Activated Unacknowledged", plant.Tick(16).Told());
    }

    [Fact]
    public void A_value_that_a_dead_subscription_delivered_while_the_source_was_down_is_not_known_any_more()
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm(onDelay: 15))).Value(0, 50)
            .Step(new SourceDown(PlantRig.At(5), 0, "cable")).Value(60, 95, source: 6).Connect(65, how: SourceRecovery.Recreated).Tick(70);

        // the ticks do not go on by it, and the alarm is not armed before the new subscription says something
        Assert.Equal(ArmedReason.NoSample, plant.Engine.Armed(0).Reason);
        Assert.Equal(LifecycleState.Normal, plant.Engine.AlarmState(0).Lifecycle);
        _ = plant.Told();
        Assert.Equal("75 T0 ArmedLost (no sample since the subscription was made)", plant.Tick(75).Told());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_bad_first_value_after_a_break_or_gap_is_timed_until_the_next_like_any_other(bool isGap)
    {
        // 29 bad seconds arrive in one burst: a tick would have raised the alarm after ten of them
        var plant = new PlantRig(Plants.With(Plants.Alarm(type: ConditionType.BadQuality, onDelay: 10), Plants.Alarm("A1", onDelay: 10) with { BadQuality = BadQualityPolicy.Alarm })).Value(-5, 50);
        _ = isGap
            ? plant.Step(new GapFound(PlantRig.At(0), 0, 0, PlantRig.At(-3), PlantRig.At(0), GapCause.Overflow))
            : plant.Connect(0, how: SourceRecovery.Recreated);
        plant.Value(1, 50, quality: PlantRig.BadSensorFailure)
            .Step(new SourceDown(PlantRig.At(5), 0, "cable")).Value(40, 50, source: 30).Connect(40, how: SourceRecovery.Republished);

        Assert.Equal(
            [("A0", PlantRig.At(11)), ("A1", PlantRig.At(11))],
            plant.Events.Where(e => e.Kind == EventKind.Activated).Select(e => (plant.Engine.Configuration.Alarms[e.Alarm].Id, e.ConditionTime)));
    }

    [Fact]
    [Trait("Field", "F-2")]
    public void An_overflow_marks_the_delay_that_ran_over_it()
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm(onDelay: 15))).Value(0, 50).Value(1, 95).Tick(11)
            .Step(new GapFound(PlantRig.At(12), 0, 0, PlantRig.At(1), PlantRig.At(12), GapCause.Overflow))
            .Value(12, 95, quality: 0x0000_0480).Tick(16);

        Assert.Equal("12 T0 Gap (the server's queue overflowed); 16 A0 Activated Unacknowledged [AcrossGap]", plant.Told());
        var gap = plant.Events.Single(e => e.Kind == EventKind.Gap);
        Assert.Equal((PlantRig.At(1), PlantRig.At(12)), gap.Interval);
        Assert.Equal((0, 0), (gap.Source, gap.Tag));
    }

    [Fact]
    [Trait("Field", "F-2")]
    public void A_delay_that_was_held_over_a_gap_is_marked_though_what_was_left_of_it_began_behind_the_gap()
    {
        // Bad from second 3 to 20: the twelve seconds that are left count from 20, the delay began at 2, and the gap ended at 10.
        var plant = new PlantRig(Plants.With(Plants.Alarm(onDelay: 15))).Value(0, 50).Value(2, 95).Value(3, 95, quality: 0x8000_0000).Value(20, 95)
            .Step(new GapFound(PlantRig.At(20), 0, 0, PlantRig.At(5), PlantRig.At(10), GapCause.Overflow));
        _ = plant.Told();

        Assert.Equal("34 A0 Activated Unacknowledged [AcrossGap]", plant.Tick(34).Told());
    }

    [Fact]
    public void An_alarm_over_two_sources_goes_by_no_value_of_the_one_that_is_away()
    {
        // the limit is on PLC2, and there it became 80 after the cable was pulled: 88 is no return
        var limited = Plants.Alarm(tag: 0, setpoint: 0, deadband: 0) with { SetpointTag = 2 };
        var plant = new PlantRig(Plants.TwoSources() with { Alarms = [limited] }).Value(0, 90, tag: 2).Value(1, 95).Acknowledge(2)
            .Step(new SourceDown(PlantRig.At(3), 1, "cable")).Value(10, 88).Tick(20);

        Assert.Equal(LifecycleState.Acknowledged, plant.Engine.AlarmState(0).Lifecycle);
        Assert.Equal(ArmedReason.SourceDown, plant.Engine.Armed(0).Reason);
        plant.Value(30, 80, tag: 2, source: 5).Connect(30, source: 1, how: SourceRecovery.Republished).Tick(60);
        Assert.Equal(LifecycleState.Acknowledged, plant.Engine.AlarmState(0).Lifecycle);
        plant.Value(61, 79);
        Assert.Equal(LifecycleState.Normal, plant.Engine.AlarmState(0).Lifecycle);
    }

    [Fact]
    public void A_side_of_an_or_that_is_known_decides_though_the_source_of_the_other_is_away()
    {
        var either = new Expression([new(ExpressionOperator.Tag), new(ExpressionOperator.Tag, Operand: 1), new(ExpressionOperator.Or)], [0, 2]);
        var plant = new PlantRig(Plants.TwoSources() with { Alarms = [Plants.Alarm(type: ConditionType.Expression, setpoint: 0, deadband: 0) with { Expression = either }] })
            .Value(0, 0, tag: 2).Value(1, 0).Step(new SourceDown(PlantRig.At(3), 1, "cable"));
        _ = plant.Told();

        Assert.Equal("10 A0 Activated Unacknowledged", plant.Value(10, 1).Told());
        Assert.Equal("", plant.Value(20, 0).Told());
    }

    [Fact]
    public void A_new_epoch_begins_at_one_with_the_state_of_every_alarm()
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm("A0"), Plants.Alarm("A1", type: ConditionType.Lo, setpoint: 1))).Value(0, 95);
        var occurrence = plant.Engine.AlarmState(0).Occurrence;
        var epoch = Guid.Parse("01980000-0000-7000-8000-000000000002");
        _ = plant.Told();
        plant.Step(new EpochStarted(PlantRig.At(3), epoch, PlantRig.Epoch, 7, "the journal was damaged"));

        Assert.Equal(
            "3 - EpochStarted (the journal was damaged; follows epoch 01980000-0000-7000-8000-000000000001, known up to seq 7); "
                + "3 A0 Statement Unacknowledged; 3 A1 Statement Normal",
            plant.Told());
        Assert.Equal([1, 2, 3], plant.Events.TakeLast(3).Select(e => e.Seq));
        Assert.All(plant.Events.TakeLast(3), e => Assert.Equal(epoch, e.Epoch));
        Assert.Equal(occurrence, plant.Events[^2].Occurrence);
        Assert.Equal((epoch, 4), (plant.Engine.Epoch, plant.Engine.NextSeq));
    }
}
