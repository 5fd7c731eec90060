namespace EdgeAlarm.Engine.Tests.Handling;

/// <summary>The very moments and amounts at which the handling of an alarm becomes another: the last that is still this, and the first that is that.</summary>
public class BoundaryTests
{
    private static readonly AlarmHandling Shelvable = new() { ShelveMax = TimeSpan.FromMinutes(30), OutOfServiceMax = TimeSpan.FromHours(1) };

    [Theory]
    [InlineData(61, true)] // the first at 1: sixty seconds with both ends
    [InlineData(61.1, false)]
    public void Three_activations_within_a_minute_are_chattering_and_over_a_longer_time_they_are_not(double third, bool chatters)
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm())).Value(0, 50).Value(1, 95).Value(2, 50).Value(30, 95).Value(31, 50).Value(third, 95).Value(third + 20, 50);

        Assert.Equal(chatters, plant.Events.Exists(told => told.Kind == EventKind.ChatteringBegan));
        Assert.Equal(chatters, plant.Events[^1].Flags == EventFlags.Chattering);
    }

    [Theory]
    [InlineData(11, EventFlags.Fleeting)]
    [InlineData(11.1, EventFlags.None)]
    public void An_alarm_that_stood_for_ten_seconds_was_fleeting_and_longer_it_was_not(double returns, EventFlags flags)
    {
        Assert.Equal(flags, new PlantRig(Plants.With(Plants.Alarm())).Value(0, 50).Value(1, 95).Value(returns, 50).Events[^1].Flags);
        Assert.Equal(EventFlags.None, new PlantRig(Plants.With(Plants.Alarm())).Value(0, 50).Value(1, 95).Acknowledge(2).Value(returns, 50).Events[^1].Flags);
        Assert.Equal(flags, new PlantRig(Plants.With(Plants.Alarm(ackRequired: false))).Value(0, 50).Value(1, 95).Value(returns, 50).Events[^1].Flags);
    }

    [Fact]
    public void Each_activation_puts_the_end_of_chattering_off()
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm())).Value(0, 50);
        foreach (var at in (double[])[10, 20, 30, 250])
        {
            plant.Value(at, 95).Value(at + 1, 50);
        }

        _ = plant.Tick(549.9).Told();
        Assert.Equal("550 A0 ChatteringEnded ReturnedUnacknowledged (4 activations, then none for 5 minutes)", plant.Tick(550).Told());
        Assert.Equal("560 A0 Activated Unacknowledged", plant.Value(560, 95).Told());
    }

    [Theory]
    [InlineData(600, true)] // the first at 1
    [InlineData(601, false)]
    public void Ten_alarms_in_less_than_ten_minutes_are_a_flood(double tenth, bool floods)
    {
        var plant = Tags(10);
        for (var tag = 0; tag < 10; tag++)
        {
            plant.Value(tag == 9 ? tenth : 1 + tag, 95, tag: tag);
        }

        Assert.Equal(floods, plant.Events.Exists(told => told.Kind == EventKind.FloodBegan));
    }

    [Fact]
    public void A_second_flood_is_summed_up_for_itself_by_priority()
    {
        var plant = Tags(22);
        for (var tag = 0; tag < 10; tag++)
        {
            plant.Value(10 + tag, 95, tag: tag);
        }

        plant.Tick(700);
        for (var tag = 10; tag < 22; tag++)
        {
            plant.Value(1000 + tag, 95, tag: tag);
        }

        Assert.Equal(
            ["10 alarms: 5 Critical, 5 Low", "12 alarms: 6 Critical, 6 Low"],
            plant.Tick(2000).Events.Where(told => told.Kind == EventKind.FloodEnded).Select(told => told.Reason));
    }

    [Fact]
    public void Alarms_that_nobody_is_shown_are_no_flood()
    {
        var plant = Tags(10, Shelvable);
        for (var tag = 0; tag < 10; tag++)
        {
            plant.Step(new ShelveCommand(PlantRig.At(1), Guid.Empty, $"A{tag}", TimeSpan.FromMinutes(1), false, "operator1", "calibration"));
        }

        for (var tag = 0; tag < 10; tag++)
        {
            plant.Value(10 + tag, 95, tag: tag);
        }

        Assert.DoesNotContain(plant.Events, told => told.Kind == EventKind.FloodBegan);
        // what comes out of the shelves at once is one
        Assert.Contains(plant.Tick(61).Events, told => told.Kind == EventKind.FloodBegan);
    }

    [Fact]
    public void Of_two_alarms_of_one_moment_the_first_of_the_list_is_the_first()
    {
        var trip = new AlarmHandling { FirstOutGroup = 0 };
        var plant = new PlantRig(Plants.With(Plants.Alarm("A0", handling: trip), Plants.Alarm("A1", tag: 1, handling: trip)) with { FirstOutGroups = ["trip"] })
            .Value(0, 50).Value(0, 50, tag: 1).Value(5, 95, tag: 1).Value(5, 95);

        Assert.Equal("5 A1 Activated Unacknowledged [FirstOut]; 5 A0 Activated Unacknowledged [FirstOut] (before A1, which was told as the first)", plant.Told());
    }

    [Theory]
    [InlineData(1800, CommandOutcome.Accepted)]
    [InlineData(1800.1, CommandOutcome.BeyondLimit)]
    [InlineData(0.1, CommandOutcome.Accepted)]
    [InlineData(-0.1, CommandOutcome.BeyondLimit)]
    public void A_shelf_lasts_a_moment_at_least_and_as_long_as_the_class_allows_at_most(double seconds, CommandOutcome outcome) =>
        Assert.Equal(outcome, new PlantRig(Plants.With(Plants.Alarm(handling: Shelvable))).Value(0, 50).Shelve(5, seconds).Outcome);

    [Theory]
    [InlineData(3600, "permit", CommandOutcome.Accepted)]
    [InlineData(3600.1, "permit", CommandOutcome.BeyondLimit)]
    [InlineData(0, "permit", CommandOutcome.BeyondLimit)]
    [InlineData(60, " ", CommandOutcome.NoteRequired)]
    public void So_does_a_time_out_of_service(double seconds, string reason, CommandOutcome outcome) =>
        Assert.Equal(outcome, new PlantRig(Plants.With(Plants.Alarm(handling: Shelvable))).Value(0, 50).Step(Remove(5, seconds, reason)).Outcome);

    [Fact]
    public void What_the_class_allows_not_at_all_is_not_allowed_and_what_is_not_there_cannot_end()
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm(handling: new() { ShelveMax = TimeSpan.Zero, OutOfServiceMax = TimeSpan.Zero }))).Value(0, 50);

        Assert.Equal(CommandOutcome.NotAllowed, plant.Shelve(1, 60).Outcome);
        Assert.Equal(CommandOutcome.NotAllowed, plant.Step(Remove(2, 60, "permit")).Outcome);
        Assert.Equal(CommandOutcome.NotShelved, plant.Step(new UnshelveCommand(PlantRig.At(3), Guid.Empty, "A0", "operator1", "")).Outcome);
        Assert.Equal(CommandOutcome.NotOutOfService, plant.Step(new ReturnToServiceCommand(PlantRig.At(4), Guid.Empty, "A0", "fitter", "proved")).Outcome);
        Assert.Equal(CommandOutcome.NotOutOfService, plant.Step(new ReturnToServiceCommand(PlantRig.At(4), Guid.Empty, "A0", "fitter", "")).Outcome);
        Assert.All(plant.Events[^5..], told => Assert.Equal(EventKind.CommandRefused, told.Kind));
        Assert.Equal(
            "1 A0 CommandRefused Normal (shelve: NotAllowed); 2 A0 CommandRefused Normal (remove from service: NotAllowed); 3 A0 CommandRefused Normal (unshelve: NotShelved); "
            + "4 A0 CommandRefused Normal (return to service: NotOutOfService); 4 A0 CommandRefused Normal (return to service: NotOutOfService)",
            plant.Told());
    }

    [Fact]
    public void Each_end_of_an_inhibition_says_by_whom_and_why()
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm(handling: Shelvable))).Value(0, 50).Shelve(1, 60).Step(Remove(2, 60, "permit"))
            .Step(new UnshelveCommand(PlantRig.At(3), Guid.Empty, "A0", "operator1", "")).Step(new ReturnToServiceCommand(PlantRig.At(4), Guid.Empty, "A0", "fitter", "proved"))
            .Shelve(5, 60).Step(new UnshelveCommand(PlantRig.At(6), Guid.Empty, "A0", "operator2", "done"));

        Assert.Equal(
            ["operator1: by the operator", "fitter: proved", "operator2: done"],
            plant.Events.Where(told => told.Kind is EventKind.Unshelved or EventKind.ReturnedToService).Select(told => $"{told.By}: {told.Reason}"));
        Assert.All(plant.Events.TakeLast(6), told => Assert.Equal(EventCause.Operator, told.Cause));
    }

    [Fact]
    public void Only_when_the_last_of_several_inhibitions_ends_is_what_stands_annunciated()
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm(handling: Shelvable))).Value(0, 50).Value(1, 95).Shelve(2, 60).Step(Remove(3, 120, "permit"));
        _ = plant.Told();

        Assert.Equal("62 A0 Unshelved Unacknowledged {OutOfService} (its time is over)", plant.Tick(62).Told());
        Assert.StartsWith("123 A0 ReturnedToService Unacknowledged (its time is over; nobody said that the alarm was proved); 123 A0 Activated", plant.Tick(123).Told(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_note_that_the_class_wants_is_demanded_of_what_can_be_acknowledged_and_of_nothing_else()
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm(handling: Shelvable with { IsNoteRequired = true }))).Value(0, 50).Value(1, 95);
        var occurrence = plant.Engine.AlarmState(0).Occurrence;
        CommandOutcome Acknowledge(double at, string note) => plant.Step(new AcknowledgeCommand(PlantRig.At(at), Guid.Empty, "A0", occurrence, "operator1", note)).Outcome;

        Assert.Equal(CommandOutcome.NoteRequired, Acknowledge(2, " "));
        plant.Shelve(3, 10);
        Assert.Equal(CommandOutcome.NotAnnunciated, Acknowledge(4, ""));
        plant.Tick(13);
        occurrence = plant.Engine.AlarmState(0).Occurrence;
        Assert.Equal(CommandOutcome.Accepted, Acknowledge(14, "seen"));
        Assert.Equal(CommandOutcome.AlreadyAcknowledged, Acknowledge(15, ""));
        plant.Value(20, 50);
        Assert.Equal(CommandOutcome.AlreadyAcknowledged, Acknowledge(21, ""));
    }

    [Fact]
    public void A_clock_that_stands_before_the_last_record_ends_every_inhibition_and_says_why()
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm(handling: Shelvable))).Value(0, 50).Value(1, 95).Shelve(2, 600).Step(Remove(3, 600, "permit"));
        _ = plant.Told();

        plant.Step(new GatewayStarted(PlantRig.At(5), new(PlantRig.At(-500).Ticks), WallClockWentBack: true));
        Assert.Equal(
            "5 - GatewayStarted (the wall clock stands before the last recorded time; how long the gateway was down is not known); 5 PLC1 ArmedLost (the gateway started); "
                + "5 A0 Unshelved Unacknowledged {OutOfService} (how long the gateway was down is not known); 5 A0 ReturnedToService Unacknowledged (how long the gateway was down is not known); "
                + "5 A0 Activated Unacknowledged (it stood when it returned to service)",
            plant.Told());
    }

    [Fact]
    public void The_next_deadline_is_the_earliest_of_shelves_suppressions_and_floods()
    {
        var flood = Tags(10).Tick(10);
        for (var tag = 0; tag < 10; tag++)
        {
            flood.Value(10 + tag, 95, tag: tag);
        }

        Assert.Equal(PlantRig.At(615), flood.Engine.NextDeadline);
        Assert.Equal(PlantRig.At(80), flood.Shelve(20, 60).Engine.NextDeadline);

        var pump = new Expression([new(ExpressionOperator.Tag), new(ExpressionOperator.Number, 50), new(ExpressionOperator.Less)], [1]);
        var suppressed = new PlantRig(Plants.With(Plants.Alarm(handling: Shelvable with { SuppressionGroup = 0 }), Plants.Alarm("P", tag: 1, setpoint: 1e9)) with
        {
            SuppressionGroups = [new("the pump stands", new SuppressionTrigger.Holds(pump), TimeSpan.FromSeconds(40), TimeSpan.Zero, TimeSpan.FromHours(8))],
        }).Value(0, 50).Value(0, 100, tag: 1).Tick(10).Value(20, 0, tag: 1);
        Assert.Equal(PlantRig.At(60), suppressed.Engine.NextDeadline);
        Assert.Equal(PlantRig.At(50), suppressed.Shelve(20, 30).Engine.NextDeadline);
    }

    [Fact]
    public void An_acknowledgement_where_nothing_stands_is_answered_so()
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm())).Value(0, 50);
        Assert.Equal(CommandOutcome.NothingToAcknowledge, plant.Acknowledge(1).Outcome);

        var first = plant.Value(2, 95).Engine.AlarmState(0).Occurrence;
        plant.Value(3, 50).Value(4, 95).Value(5, 50).Acknowledge(6);
        Assert.Equal(CommandOutcome.NothingToAcknowledge, plant.Acknowledge(7, occurrence: first).Outcome);
    }

    private static RemoveFromServiceCommand Remove(double at, double seconds, string reason) => new(PlantRig.At(at), Guid.Empty, "A0", TimeSpan.FromSeconds(seconds), "fitter", reason, "");

    // an alarm on each tag, critical and low in turn
    private static PlantRig Tags(int count, AlarmHandling? handling = null)
    {
        var plant = new PlantRig(Plants.With(
            [.. Enumerable.Range(0, count).Select(tag => Plants.Alarm($"A{tag}", tag: tag, handling: handling) with { Priority = tag % 2 == 0 ? AlarmPriority.Critical : AlarmPriority.Low })]));
        for (var tag = 0; tag < count; tag++)
        {
            plant.Value(0, 50, tag: tag);
        }

        return plant;
    }
}
