using CsCheck;
using EdgeAlarm.Engine.Tests.Properties;

namespace EdgeAlarm.Engine.Tests.Handling;

/// <summary>One alarm with several levels, of which it shows one at a time (OPC 10000-9 §5.8.19): each level is as if it were an alarm, and what comes worse has to be seen anew.</summary>
public class LevelTests
{
    private static readonly LevelDefinition HiHi = new(AlarmLevel.HiHi, 95, false, TimeSpan.Zero, AlarmPriority.Critical, "about to overflow");
    private static readonly LevelDefinition Hi = new(AlarmLevel.Hi, 90, false, TimeSpan.FromSeconds(5), AlarmPriority.High, "high");
    private static readonly LevelDefinition LoLo = new(AlarmLevel.LoLo, 5, false, TimeSpan.Zero, AlarmPriority.Critical, "empty");
    private static readonly LevelDefinition Lo = new(AlarmLevel.Lo, 10, false, TimeSpan.Zero, AlarmPriority.Low, "low");

    [Fact]
    public void A_worse_level_is_annunciated_anew_and_wants_a_new_acknowledgement()
    {
        var plant = new PlantRig(Plants.With(Alarm())).Value(0, 50).Value(1, 91).Tick(6);
        var seen = plant.Engine.AlarmState(0).Occurrence;
        plant.Acknowledge(7).Value(8, 96);

        Assert.Equal("6 A0 Activated Unacknowledged; 7 A0 Acknowledged Acknowledged; 8 A0 Worsened Unacknowledged", plant.Told());
        Assert.Equal([AlarmLevel.Hi, AlarmLevel.Hi, AlarmLevel.HiHi], plant.Events.Where(e => e.Alarm == 0 && e.Kind != EventKind.Statement).Select(e => e.Level));
        Assert.Equal(CommandOutcome.StaleOccurrence, plant.Acknowledge(9, occurrence: seen).Outcome);
        Assert.Equal(CommandOutcome.Accepted, plant.Acknowledge(9).Outcome);
    }

    [Fact]
    public void A_milder_level_is_told_and_not_annunciated_and_changes_nothing_but_the_level()
    {
        var plant = new PlantRig(Plants.With(Alarm(handling: new() { ReAlarm = TimeSpan.FromSeconds(60) }))).Value(0, 50).Value(1, 96).Tick(7).Acknowledge(8);
        _ = plant.Told();
        var before = plant.Engine.AlarmState(0);
        plant.Value(20, 92);

        Assert.Equal("20 A0 Eased Acknowledged", plant.Told());
        Assert.Equal((AlarmLevel.Hi, before.Occurrence), (plant.Engine.AlarmState(0).Level, plant.Engine.AlarmState(0).Occurrence));
        Assert.Equal("68 A0 ReAlarmed Unacknowledged (it stands still)", plant.Tick(68).Told());
    }

    [Fact]
    public void A_jump_over_two_levels_is_one_alarm_at_the_worse()
    {
        var plant = new PlantRig(Plants.With(Alarm())).Value(0, 50).Value(1, 96).Tick(10);

        Assert.Equal("1 A0 Activated Unacknowledged", plant.Told());
        Assert.Equal(AlarmLevel.HiHi, plant.Engine.AlarmState(0).Level);
    }

    [Fact]
    public void The_other_side_is_another_danger_though_its_level_is_the_milder()
    {
        var plant = new PlantRig(Plants.With(Alarm(offDelay: 30))).Value(0, 50).Value(1, 96).Acknowledge(2).Value(3, 8);

        Assert.Equal("1 A0 Activated Unacknowledged; 2 A0 Acknowledged Acknowledged; 3 A0 Worsened Unacknowledged", plant.Told());
        Assert.Equal(AlarmLevel.Lo, plant.Engine.AlarmState(0).Level);
    }

    [Fact]
    public void What_worsened_while_it_was_shelved_stands_at_its_level_when_the_shelf_ends()
    {
        var plant = new PlantRig(Plants.With(Alarm())).Value(0, 50).Value(1, 91).Tick(6).Acknowledge(7).Shelve(8, 60).Value(20, 96).Restore().Tick(68);

        Assert.Equal(
            "6 A0 Activated Unacknowledged; 7 A0 Acknowledged Acknowledged; 8 A0 Shelved Acknowledged {Shelved} (calibration); 20 A0 Worsened Unacknowledged {Shelved}; "
            + "68 A0 Unshelved Unacknowledged (its time is over); 68 A0 Activated Unacknowledged (it stood when its shelving ended)",
            plant.Told());
        Assert.Equal(AlarmLevel.HiHi, plant.Events[^1].Level);
    }

    [Fact]
    public void A_level_that_the_new_list_has_no_more_is_shown_no_more()
    {
        var plant = new PlantRig(Plants.With(Alarm())).Value(0, 50).Value(1, 96).Tick(10);
        _ = plant.Told();

        Assert.Equal(
            "20 - ConfigurationChanged (other); 20 A0 Eased Unacknowledged [Reconfigured]",
            plant.Reload(20, Plants.With(Alarm() with { Levels = new([Hi, LoLo, Lo]) })).Told());
    }

    [Fact]
    public void An_activation_of_the_priority_journal_counts_towards_no_flood()
    {
        var journal = Plants.Alarm() with { Priority = AlarmPriority.Journal };
        var plant = new PlantRig(Plants.With(journal));
        for (var round = 0; round < 12; round++)
        {
            plant.Value((20 * round) + 1, 95).Value((20 * round) + 12, 50);
        }

        Assert.DoesNotContain(plant.Events, e => e.Kind == EventKind.FloodBegan);
    }

    [Fact]
    public void Levels_stand_when_alarms_of_their_own_would() => PlantStory.Any.Sample(
        story =>
        {
            var owner = Alarm(offDelay: 2) with { BadQuality = story.Configuration.Alarms[0].BadQuality };
            var alone = owner.Levels.Span.ToArray().Select(level => Levels.ConditionOf(owner, level) with { Id = level.Level.ToString() });
            var run = new StoryRun(Plants.TwoSources() with { Alarms = [owner, .. alone] });
            foreach (var step in story.Steps.Where(step => step is not Reloaded))
            {
                run.Step(step);
                var standing = Enumerable.Range(1, 4).Where(alarm => run.Engine.AlarmState(alarm).Condition).ToList();
                var shown = run.Engine.AlarmState(0).Level;
                Assert.Equal(standing.Count > 0, run.Engine.AlarmState(0).Condition);
                Assert.True(shown == AlarmLevel.None || standing.Exists(alarm => run.Engine.Configuration.Alarms[alarm].Id == shown.ToString()), $"{shown} is shown and does not stand.");
                Assert.False(shown == AlarmLevel.Hi && run.Engine.AlarmState(1).Condition, "HiHi stands and Hi is shown.");
                Assert.False(shown == AlarmLevel.Lo && run.Engine.AlarmState(3).Condition, "LoLo stands and Lo is shown.");
            }
        },
        iter: 400,
        threads: 1);

    private static AlarmDefinition Alarm(double offDelay = 0, AlarmHandling? handling = null) =>
        Plants.Alarm(type: ConditionType.Limits, setpoint: 0, deadband: 2, offDelay: offDelay, handling: handling) with { Levels = new([HiHi, Hi, LoLo, Lo]) };
}
