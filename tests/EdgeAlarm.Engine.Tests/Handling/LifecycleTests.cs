namespace EdgeAlarm.Engine.Tests.Handling;

/// <summary>Occurrences and their acknowledgement, as the engine's callers see them; the whole table is in LifecycleTableTests (ISA-18.2 §5).</summary>
public class LifecycleTests
{
    [Fact]
    public void Acknowledgement_after_the_return_closes_the_occurrence()
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm())).Value(0, 95).Value(60, 50).Acknowledge(300);

        Assert.Equal(
            "0 A0 Activated Unacknowledged [ActiveAtStart]; 60 A0 Returned ReturnedUnacknowledged; 300 A0 Acknowledged Normal",
            plant.Told());
    }

    [Fact]
    public void Acknowledgement_of_an_older_occurrence_is_refused_so_that_nobody_acknowledges_what_he_has_not_seen()
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm())).Value(0, 95);
        var first = plant.Engine.AlarmState(0).Occurrence;
        plant.Value(1, 50).Value(2, 95);

        Assert.NotEqual(first, plant.Engine.AlarmState(0).Occurrence);
        Assert.Equal(CommandOutcome.StaleOccurrence, plant.Acknowledge(3, occurrence: first).Outcome);
        Assert.Equal(CommandOutcome.StaleOccurrence, plant.Acknowledge(3, occurrence: OccurrenceId.None).Outcome);
        Assert.Equal(LifecycleState.Unacknowledged, plant.Engine.AlarmState(0).Lifecycle);
    }

    [Fact]
    public void An_occurrence_is_known_by_its_epoch_too()
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm())).Value(0, 95);
        var present = plant.Engine.AlarmState(0).Occurrence;
        var other = present with { Epoch = Guid.Parse("01980000-0000-7000-8000-000000000009") };

        Assert.Equal(CommandOutcome.StaleOccurrence, plant.Acknowledge(3, occurrence: other).Outcome);
        Assert.Equal(CommandOutcome.Accepted, plant.Acknowledge(3, occurrence: present).Outcome);
    }

    [Fact]
    public void The_second_of_two_operators_is_told_that_it_was_done_even_after_the_return()
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm())).Value(0, 95).Value(1, 50);
        var seen = plant.Engine.AlarmState(0).Occurrence;

        Assert.Equal(CommandOutcome.Accepted, plant.Acknowledge(2, occurrence: seen).Outcome);
        Assert.Equal(LifecycleState.Normal, plant.Engine.AlarmState(0).Lifecycle);
        Assert.Equal(CommandOutcome.AlreadyAcknowledged, plant.Acknowledge(3, occurrence: seen).Outcome);
    }

    [Fact]
    public void Acknowledgement_is_told_with_who_and_what_and_as_the_operators()
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm())).Value(0, 95);
        var seen = plant.Engine.AlarmState(0).Occurrence;
        plant.Step(new AcknowledgeCommand(PlantRig.At(5), Guid.Empty, "A0", seen, "operator1", "valve checked"));

        var told = plant.Events[^1];
        Assert.Equal((EventKind.Acknowledged, EventCause.Operator, "operator1", "valve checked"), (told.Kind, told.Cause, told.By, told.Reason));
        Assert.Equal(seen, told.Occurrence);
    }

    [Fact]
    public void A_command_for_an_alarm_that_there_is_not_is_told_under_the_name_that_was_given()
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm()));

        Assert.Equal(CommandOutcome.UnknownAlarm, plant.Acknowledge(1, "NO_SUCH").Outcome);
        Assert.Equal((EventCause.Operator, "operator1"), (plant.Events[^1].Cause, plant.Events[^1].By));
        Assert.Equal("1 NO_SUCH CommandRefused (acknowledge: UnknownAlarm)", plant.Told());
    }

    [Fact]
    public void The_occurrence_is_the_key_of_its_activated_event()
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm())).Value(0, 95);

        var activated = plant.Events[^1];
        Assert.Equal(new OccurrenceId(activated.Epoch, activated.Seq), activated.Occurrence);
        Assert.Equal(activated.Occurrence, plant.Engine.AlarmState(0).Occurrence);
    }

    [Fact]
    [Trait("Field", "F-35")]
    public void Nothing_that_an_operator_does_touches_the_list()
    {
        var configuration = Plants.With(Plants.Alarm(handling: new() { ShelveMax = TimeSpan.FromHours(1), Latch = LatchMode.Manual, ReAlarm = TimeSpan.FromMinutes(1) }));
        var before = ConfigurationFingerprint.Of(configuration);
        var plant = new PlantRig(configuration).Value(0, 50).Value(1, 95).Acknowledge(2).Shelve(3, 60).Step(new UnshelveCommand(PlantRig.At(4), Guid.Empty, "A0", "operator1", ""))
            .Step(new RemoveFromServiceCommand(PlantRig.At(5), Guid.Empty, "A0", TimeSpan.FromHours(1), "fitter", "permit", ""))
            .Step(new ReturnToServiceCommand(PlantRig.At(6), Guid.Empty, "A0", "fitter", "proved")).Value(7, 50).Acknowledge(8).Reset(9);

        Assert.Equal((LifecycleState.Normal, CommandOutcome.Accepted), (plant.Engine.AlarmState(0).Lifecycle, plant.Outcome));
        Assert.Equal(before, ConfigurationFingerprint.Of(plant.Engine.Configuration));
        Assert.Equal("Level high", plant.Engine.Configuration.Alarms[0].Message);
    }
}
