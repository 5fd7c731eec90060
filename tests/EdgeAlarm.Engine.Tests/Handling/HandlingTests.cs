namespace EdgeAlarm.Engine.Tests.Handling;

/// <summary>Shelving, service, latches, re-alarms and suppression by design as plant stories (alarm life cycle §1.4, §1.5, §2 and oracles 2, 4, 5, 6, 8).</summary>
public class HandlingTests
{
    private static readonly AlarmHandling Shelvable = new() { ShelveMax = TimeSpan.FromMinutes(30) };

    // suppressed while the second tag is below 50: the pump stands
    private static readonly Expression PumpStands = new(
        [new ExpressionStep(ExpressionOperator.Tag), new ExpressionStep(ExpressionOperator.Number, 50), new ExpressionStep(ExpressionOperator.Less)], [1]);

    [Fact]
    [Trait("Field", "F-33")]
    public void An_alarm_with_a_delay_that_was_hidden_while_it_stood_is_annunciated_when_nothing_hides_it_any_more()
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm(onDelay: 10, handling: Shelvable))).Value(0, 50).Value(1, 95).Tick(11).Acknowledge(12);
        plant.Shelve(20, 60);
        _ = plant.Told();

        Assert.Equal("80 A0 Unshelved Acknowledged (its time is over); 80 A0 Activated Unacknowledged (it stood when its shelving ended)", plant.Tick(80).Told());
    }

    [Fact]
    [Trait("Field", "F-34")]
    public void An_alarm_that_is_hidden_during_its_delay_says_that_it_is_hidden_when_it_comes()
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm(onDelay: 10, handling: Shelvable))).Value(0, 50).Value(1, 95).Shelve(5, 60).Tick(11);

        Assert.Equal("5 A0 Shelved Normal {Shelved} (calibration); 11 A0 Activated Unacknowledged {Shelved}", plant.Told());
        Assert.Equal((ArmedReason.Shelved, "shelved by operator1 until 2026-11-23 12:01:05 UTC at the latest: calibration"), (plant.Engine.Armed(0).Reason, plant.Engine.Armed(0).Text));
    }

    [Fact]
    public void Comings_and_goings_under_a_shelf_are_told_silently_and_what_stands_at_its_end_aloud_and_once()
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm(handling: Shelvable))).Value(0, 50).Value(1, 95).Shelve(10, 1800);
        _ = plant.Value(100, 50).Value(200, 95).Value(300, 50).Value(400, 95).Told();

        Assert.All(plant.Events.TakeLast(4), told => Assert.Equal(SuppressionStates.Shelved, told.Suppression));
        Assert.Equal("1810 A0 Unshelved Unacknowledged (its time is over); 1810 A0 Activated Unacknowledged (it stood when its shelving ended)", plant.Tick(1810).Told());
    }

    [Fact]
    public void What_was_unacknowledged_before_a_shelf_and_returned_under_it_is_unacknowledged_after_it()
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm(handling: Shelvable))).Value(0, 50).Value(1, 95).Shelve(10, 60).Value(30, 50);

        Assert.Equal(CommandOutcome.NotAnnunciated, plant.Acknowledge(40).Outcome);
        Assert.Equal(LifecycleState.ReturnedUnacknowledged, plant.Tick(70).Engine.AlarmState(0).Lifecycle);
        Assert.Equal(CommandOutcome.Accepted, plant.Acknowledge(80).Outcome);
    }

    [Fact]
    public void A_one_shot_shelf_ends_with_the_return_and_without_a_sound()
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm(handling: Shelvable))).Value(0, 50).Value(1, 95).Acknowledge(2).Shelve(10, 600, oneShot: true);
        _ = plant.Told();

        Assert.Equal("30 A0 Returned Normal {Shelved}; 30 A0 Unshelved Normal (the condition returned)", plant.Value(30, 50).Told());
        Assert.Equal(CommandOutcome.NotActive, plant.Shelve(40, 600, oneShot: true).Outcome);
    }

    [Fact]
    public void Extensions_of_a_shelf_count_together_and_the_longest_is_as_long_as_the_class_allows()
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm(handling: Shelvable))).Value(0, 50).Shelve(0, 1200);

        Assert.Equal(CommandOutcome.BeyondLimit, plant.Shelve(900, 1200).Outcome);
        Assert.Equal(CommandOutcome.Accepted, plant.Shelve(900, 0).Outcome);
        Assert.Equal(PlantRig.At(1800), plant.Engine.AlarmState(0).Shelf!.Until);
        Assert.Equal(CommandOutcome.NoteRequired, plant.Shelve(900, 60, why: " ").Outcome);
    }

    [Theory]
    [Trait("Field", "F-66")]
    [InlineData(300, 300)] // set forward by more than was left: over at once
    [InlineData(20, 40)] // set forward: by the wall clock
    [InlineData(-3600, 60)] // set back: by plant time
    public void A_step_of_the_wall_clock_never_makes_the_end_of_a_shelf_later(double step, double end)
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm(handling: Shelvable))).Value(0, 50).Shelve(0, 60);
        _ = plant.Step(new ClockStepped(PlantRig.At(10), TimeSpan.FromSeconds(step)));

        Assert.True(plant.Engine.NextDeadline <= PlantRig.At(Math.Min(end, 60)) || plant.Engine.AlarmState(0).Shelf is null);
        Assert.Null(plant.Tick(Math.Min(end, 60)).Engine.AlarmState(0).Shelf);
    }

    [Fact]
    public void A_shelf_ends_at_its_time_though_the_gateway_was_down_then_and_before_anything_else_is_told()
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm(handling: Shelvable))).Value(0, 50).Value(1, 95).Shelve(10, 300);
        _ = plant.Told();

        plant.Restore().Step(new GatewayStarted(PlantRig.At(500), new UtcTime(PlantRig.At(500).Ticks), WallClockWentBack: false));
        Assert.Equal(
            "500 - GatewayStarted; 500 PLC1 ArmedLost (the gateway started); 500 A0 Unshelved Unacknowledged (its time is over); "
                + "500 A0 Activated Unacknowledged (it stood when its shelving ended)",
            plant.Told());
    }

    [Fact]
    [Trait("Field", "F-69")]
    public void Out_of_service_has_an_owner_a_reason_and_an_end_that_comes_by_itself_and_a_return_says_how_it_was_proved()
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm())).Value(0, 50).Value(1, 95);
        plant.Step(new RemoveFromServiceCommand(PlantRig.At(5), Guid.Empty, "A0", TimeSpan.FromHours(1), "fitter", "permit 4711", ""));
        var service = plant.Engine.AlarmState(0).OutOfService!;

        Assert.Equal(("fitter", "permit 4711", PlantRig.At(3605)), (service.By, service.Reason, service.Until));
        Assert.Equal((PlantRig.At(5), PlantRig.At(3605)), plant.Events[^1].Interval);
        Assert.Equal(CommandOutcome.NoteRequired, plant.Step(new ReturnToServiceCommand(PlantRig.At(9), Guid.Empty, "A0", "fitter", "")).Outcome);
        _ = plant.Told();
        Assert.Equal(
            "3605 A0 ReturnedToService Unacknowledged (its time is over; nobody said that the alarm was proved); "
                + "3605 A0 Activated Unacknowledged (it stood when it returned to service)",
            plant.Tick(3605).Told());
    }

    [Fact]
    public void A_highly_managed_alarm_is_acknowledged_with_a_note_never_shelved_and_out_of_service_by_two_people()
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm(handling: new() { IsHighlyManaged = true }))).Value(0, 95);
        CommandOutcome Remove(string second) =>
            plant.Step(new RemoveFromServiceCommand(PlantRig.At(5), Guid.Empty, "A0", TimeSpan.FromHours(1), "fitter", "permit 4711", second)).Outcome;

        Assert.Equal(CommandOutcome.NoteRequired, plant.Acknowledge(1).Outcome);
        Assert.Equal(CommandOutcome.NotAllowed, plant.Shelve(2, 60).Outcome);
        Assert.Equal((CommandOutcome.SecondPersonRequired, CommandOutcome.SecondPersonRequired, CommandOutcome.Accepted), (Remove(""), Remove("Fitter"), Remove("shift leader")));
        Assert.Equal("permit 4711; approved by shift leader", plant.Events[^1].Reason);
    }

    [Fact]
    public void A_latch_waits_for_acknowledgement_and_reset_and_survives_a_restart()
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm(handling: new() { Latch = LatchMode.Manual }))).Value(0, 50).Value(1, 95);

        Assert.Equal(CommandOutcome.StillActive, plant.Reset(2).Outcome);
        Assert.Equal(CommandOutcome.NotAcknowledged, plant.Value(20, 50).Reset(21).Outcome);
        Assert.Equal(LifecycleState.LatchedAcknowledged, plant.Acknowledge(22).Engine.AlarmState(0).Lifecycle);
        Assert.Equal(CommandOutcome.Accepted, plant.Restore().Reset(23).Outcome);
        Assert.Equal(CommandOutcome.NotLatched, plant.Reset(24).Outcome);
    }

    [Fact]
    public void A_timed_latch_resets_itself_but_not_before_somebody_acknowledged()
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm(handling: new() { Latch = LatchMode.Timed, LatchFor = TimeSpan.FromSeconds(60) })))
            .Value(0, 50).Value(1, 95).Value(20, 50).Tick(200);
        Assert.Equal(LifecycleState.LatchedUnacknowledged, plant.Engine.AlarmState(0).Lifecycle);
        _ = plant.Acknowledge(210).Told();

        Assert.Equal("211 A0 Reset Normal (the time of its latch is over)", plant.Tick(211).Told());
    }

    [Fact]
    public void A_standing_alarm_is_annunciated_again_after_its_time_also_when_it_was_acknowledged()
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm(handling: new() { ReAlarm = TimeSpan.FromMinutes(30) }))).Value(0, 50).Value(1, 95).Acknowledge(60);
        _ = plant.Told();

        Assert.Equal("1860 A0 ReAlarmed Unacknowledged (it stands still)", plant.Tick(1860).Told());
        Assert.Equal(plant.Events.Single(told => told.Kind == EventKind.Activated).Occurrence, plant.Events[^1].Occurrence);
        Assert.Equal("3660 A0 ReAlarmed Unacknowledged (it stands still)", plant.Tick(3660).Told());
    }

    [Fact]
    public void A_pump_that_stands_hides_its_low_flow_and_its_start_shows_it_after_the_time_to_settle()
    {
        var plant = Suppressed(entry: 2, exit: 10).Value(10, 0, tag: 1).Value(11, 95).Tick(20);
        Assert.Equal(
            "11 A0 Activated Unacknowledged; 20 A0 Suppressed Unacknowledged {SuppressedByDesign} (the pump stands)",
            plant.Told());

        Assert.Equal("", plant.Value(30, 100, tag: 1).Told());
        Assert.Equal(
            "40 A0 Unsuppressed Unacknowledged (the pump stands); 40 A0 Activated Unacknowledged (it stood when its suppression by design ended)",
            plant.Tick(40).Told());
    }

    [Theory]
    [Trait("Field", "F-27")]
    [Trait("Field", "F-45")]
    [InlineData(PlantRig.BadSensorFailure)]
    [InlineData(PlantRig.UncertainLastUsableValue)]
    [InlineData(PlantRig.GoodOverload)]
    public void A_pump_of_which_nobody_knows_whether_it_stands_hides_nothing(uint quality)
    {
        var plant = Suppressed(entry: 0, exit: 60).Value(10, 0, tag: 1).Value(11, 95);
        _ = plant.Told();

        Assert.Contains(
            "12 A0 Unsuppressed Unacknowledged (the pump stands is not known); 12 A0 Activated Unacknowledged",
            plant.Value(12, 0, tag: 1, quality: quality).Told(),
            StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Field", "F-39")]
    [InlineData(false)]
    [InlineData(true)]
    public void A_pulled_cable_or_a_restart_is_no_news_of_what_a_pump_that_stands_hides(bool isRestart)
    {
        var plant = Suppressed(entry: 0, exit: 60).Value(10, 0, tag: 1).Value(11, 95);
        _ = plant.Told();
        _ = isRestart
            ? plant.Step(new GatewayStarted(PlantRig.At(20), new(PlantRig.At(20).Ticks), WallClockWentBack: false))
            : plant.Step(new SourceDown(PlantRig.At(20), 0, "cable"));
        plant.Tick(30).Connect(40, how: isRestart ? SourceRecovery.Connected : SourceRecovery.Recreated).Tick(45).Value(46, 95).Value(47, 0, tag: 1).Tick(60);

        Assert.DoesNotContain("A0", plant.Told(), StringComparison.Ordinal);
        Assert.Equal("107 A0 Unsuppressed Unacknowledged (the pump stands)", Assert.Single(plant.Value(47, 100, tag: 1).Tick(107).Told().Split("; "), line => line.Contains("Unsuppressed", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_trigger_that_says_nothing_when_its_source_is_back_ends_what_it_hides_once_the_first_samples_are_due()
    {
        var plant = Suppressed(entry: 0, exit: 60).Value(10, 0, tag: 1).Value(11, 95).Step(new SourceDown(PlantRig.At(20), 0, "cable")).Connect(40, how: SourceRecovery.Recreated).Value(41, 95);
        _ = plant.Told();

        Assert.Equal("", plant.Tick(49.9).Told());
        Assert.Contains("50 A0 Unsuppressed Unacknowledged (the pump stands is not known); 50 A0 Activated Unacknowledged", plant.Tick(50).Told(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_trigger_whose_source_is_away_hides_nothing_of_a_source_that_delivers()
    {
        var hidden = Plants.Alarm(tag: 0, handling: new() { SuppressionGroup = 0 });
        var stands = new Expression([new ExpressionStep(ExpressionOperator.Tag), new ExpressionStep(ExpressionOperator.Number, 50), new ExpressionStep(ExpressionOperator.Less)], [2]);
        var plant = new PlantRig(Plants.TwoSources() with
        {
            Alarms = [hidden],
            SuppressionGroups = [new("the pump stands", new SuppressionTrigger.Holds(stands), TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromHours(8))],
        }).Tick(10).Value(11, 0, tag: 2).Value(12, 95);
        _ = plant.Told();

        Assert.Contains("A0 Unsuppressed", plant.Step(new SourceDown(PlantRig.At(20), 1, "cable")).Told(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_suppression_by_design_that_lasts_as_long_as_it_may_ends_and_begins_again_only_after_its_trigger_ended()
    {
        var plant = Suppressed(entry: 0, exit: 0, max: 100).Value(10, 0, tag: 1).Value(11, 95);
        _ = plant.Told();

        Assert.StartsWith("110 A0 Unsuppressed Unacknowledged (the pump stands has lasted as long as it may)", plant.Tick(110).Told(), StringComparison.Ordinal);
        Assert.Equal("", plant.Value(120, 1, tag: 1).Told());
        Assert.Equal("131 A0 Suppressed Unacknowledged {SuppressedByDesign} (the pump stands)", plant.Value(130, 100, tag: 1).Value(131, 0, tag: 1).Told());
    }

    [Fact]
    public void A_burst_that_brings_the_pump_before_the_flow_hides_no_alarm_that_came_before_the_pump_stood()
    {
        // live: low at 10, the pump stands at 15. The burst at 60 has the pump's samples first.
        var plant = Suppressed(entry: 0, exit: 0).Value(60, 0, tag: 1, source: 15);
        _ = plant.Told();

        // it is annunciated, and an event behind it says that it is hidden from then on
        Assert.Equal("10 A0 Activated Unacknowledged; 60 A0 Suppressed Unacknowledged {SuppressedByDesign} (the pump stands)", plant.Value(60, 95, source: 10).Told());
        Assert.Equal(SuppressionStates.SuppressedByDesign, plant.Engine.AlarmState(0).Suppression);
    }

    [Fact]
    [Trait("Field", "F-38")]
    public void A_chattering_alarm_tells_each_edge_is_acknowledged_by_nobody_and_is_summed_up_when_it_is_quiet()
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm())).Value(0, 50);
        for (var edge = 0; edge < 5; edge++)
        {
            plant.Value(10 + (20 * edge), 95).Value(20 + (20 * edge), 50);
        }

        Assert.Equal(5, plant.Events.Count(told => told.Kind == EventKind.Activated));
        Assert.Equal(5, plant.Events.Count(told => told.Kind == EventKind.Returned));
        Assert.DoesNotContain(plant.Events, told => told.Kind == EventKind.Acknowledged);
        Assert.Contains("50 A0 Activated Unacknowledged [Chattering]; 50 A0 ChatteringBegan Unacknowledged (3 activations within 60 s)", plant.Told(), StringComparison.Ordinal);
        Assert.Equal("390 A0 ChatteringEnded ReturnedUnacknowledged (5 activations, then none for 5 minutes)", plant.Tick(390).Told());
    }

    [Fact]
    [Trait("Field", "F-64")]
    public void A_flood_begins_with_the_tenth_alarm_of_ten_minutes_ends_below_five_and_hides_none()
    {
        var plant = new PlantRig(Plants.With([.. Enumerable.Range(0, 12).Select(index => Plants.Alarm($"A{index}", tag: index))]));
        for (var tag = 0; tag < 12; tag++)
        {
            plant.Value(tag, 50, tag: tag).Value(60 + tag, 95, tag: tag);
        }

        Assert.Equal(12, plant.Events.Count(told => told.Kind == EventKind.Activated));
        Assert.Contains("69 - FloodBegan (10 alarms within 10 minutes)", plant.Told(), StringComparison.Ordinal);
        Assert.Equal("", plant.Tick(666.9).Told());
        Assert.Equal("667 - FloodEnded (12 alarms: 12 High)", plant.Tick(667).Told());
        Assert.Equal((PlantRig.At(60), PlantRig.At(667)), plant.Events[^1].Interval);
    }

    [Fact]
    public void The_first_alarm_of_a_group_is_marked_by_the_plants_time_and_one_that_was_earlier_takes_the_mark()
    {
        var trip = new AlarmHandling { FirstOutGroup = 0 };
        var plant = new PlantRig(Plants.With(Plants.Alarm("A0", handling: trip), Plants.Alarm("A1", tag: 1, handling: trip), Plants.Alarm("A2", tag: 2, handling: trip)) with { FirstOutGroups = ["trip"] })
            .Value(0, 50).Value(0, 50, tag: 1).Value(0, 50, tag: 2).Value(20, 95, source: 12).Value(20, 95, tag: 1, source: 14).Value(20, 95, tag: 2, source: 11.5);

        Assert.Equal(
            "12 A0 Activated Unacknowledged [FirstOut]; 14 A1 Activated Unacknowledged; 11.5 A2 Activated Unacknowledged [FirstOut] (before A0, which was told as the first)",
            plant.Told());
    }

    [Fact]
    public void A_group_whose_last_standing_alarm_was_taken_out_of_it_begins_anew_with_its_next_alarm()
    {
        AlarmConfiguration With(int groupOfTheSecond) => Plants.With(
            Plants.Alarm("A0", handling: new() { FirstOutGroup = 0 }), Plants.Alarm("A1", tag: 1, handling: new() { FirstOutGroup = groupOfTheSecond })) with { FirstOutGroups = ["trip"] };
        var plant = new PlantRig(With(0)).Value(0, 50).Value(0, 50, tag: 1).Value(1, 95).Value(2, 95, tag: 1).Value(20, 50).Acknowledge(21).Reload(30, With(-1));
        _ = plant.Told();

        Assert.Equal("40 A0 Activated Unacknowledged [FirstOut]", plant.Value(40, 95).Told());
    }

    [Fact]
    public void A_sample_without_a_transition_costs_no_memory_and_the_state_of_an_alarm_few_bytes()
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm(handling: Shelvable))).Value(0, 50).Shelve(1, 600);
        var events = new List<AlarmEvent>();
        var sample = PlantRig.SampleOf(0, TagValue.From(51.0), 2, 2);
        plant.Engine.Step(in sample, events);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var index = 0; index < 1000; index++)
        {
            plant.Engine.Step(in sample, events);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.InRange(System.Runtime.CompilerServices.Unsafe.SizeOf<HandlingCell>() + System.Runtime.CompilerServices.Unsafe.SizeOf<AlarmCell>(), 1, 400);
    }

    private static PlantRig Suppressed(double entry, double exit, double max = 28_800)
    {
        var configuration = Plants.With(Plants.Alarm(handling: new() { SuppressionGroup = 0 }), Plants.Alarm("P", tag: 1, setpoint: 1e9)) with
        {
            SuppressionGroups = [new("the pump stands", new SuppressionTrigger.Holds(PumpStands), TimeSpan.FromSeconds(entry), TimeSpan.FromSeconds(exit), TimeSpan.FromSeconds(max))],
        };
        return new PlantRig(configuration).Value(0, 50).Value(0, 100, tag: 1);
    }
}
