using CsCheck;
using EdgeAlarm.Engine.Tests.Promises;

namespace EdgeAlarm.Engine.Tests.Properties;

/// <summary>What must hold for every story.</summary>
public class EngineProperties
{
    [Fact]
    public void Engine_tells_what_a_naive_model_written_apart_tells() => CompareWithTheNaiveModel(stories: 300);

    [Fact]
    [Trait("Category", "Long")]
    public void Engine_tells_what_a_naive_model_written_apart_tells_in_thirty_thousand_stories() => CompareWithTheNaiveModel(stories: 30_000);

    [Fact]
    public void Stories_reach_every_kind_of_event_every_flag_and_every_reason()
    {
        // A property over stories in which nothing happens would hold as well.
        var kinds = new HashSet<EventKind>();
        var reasons = new HashSet<ArmedReason>();
        var flags = EventFlags.None;

        // what is not recorded is flagged by the recorder
        var wanted = Enum.GetValues<EventFlags>().Aggregate((all, flag) => all | flag) & ~EventFlags.Unrecorded;
        for (var batch = 0; batch < 30 && (flags != wanted || kinds.Count < Enum.GetValues<EventKind>().Length || reasons.Count < Enum.GetValues<ArmedReason>().Length); batch++)
        {
            PlantStory.Any.Sample(
                story =>
                {
                    var run = StoryRun.Of(story);
                    foreach (var e in run.Events)
                    {
                        kinds.Add(e.Kind);
                        flags |= e.Flags;
                    }

                    reasons.UnionWith(Enumerable.Range(0, run.Engine.Configuration.Alarms.Length).Select(alarm => run.Engine.Armed(alarm).Reason));
                },
                iter: 2_000,
                threads: 1);
        }

        Assert.Equal(Enum.GetValues<EventKind>(), kinds.Order());
        Assert.Equal(Enum.GetValues<ArmedReason>(), reasons.Order());
        Assert.Equal(wanted, flags);
    }

    [Fact]
    public void Fold_of_snapshot_and_tail_is_the_full_fold() => Gen.Select(PlantStory.Any, Gen.Int[0, 80]).Sample(
        (story, cut) =>
        {
            cut = Math.Min(cut, story.Steps.Count);
            var full = StoryRun.Of(story);
            var first = StoryRun.Of(story with { Steps = [.. story.Steps.Take(cut)] });
            var second = first.Restored();
            Assert.Equal(first.Engine.NextDeadline, second.Engine.NextDeadline);
            foreach (var step in story.Steps.Skip(cut))
            {
                _ = second.Step(step);
            }

            Assert.Equal(full.Events, second.Events);
            Assert.Equal(PlantRig.Snapshot(full.Engine), PlantRig.Snapshot(second.Engine));
            Assert.Equal(full.Engine.NextDeadline, second.Engine.NextDeadline);
        },
        iter: 3_000,
        threads: 1);

    [Fact]
    public void The_same_story_told_twice_gives_the_same_events_and_state() => PlantStory.Any.Sample(
        story =>
        {
            var live = StoryRun.Of(story);
            var replayed = StoryRun.Of(story with { });
            Assert.Equal(live.Events, replayed.Events);
            Assert.Equal(PlantRig.Snapshot(live.Engine), PlantRig.Snapshot(replayed.Engine));
        },
        iter: 1_000,
        threads: 1);

    [Fact]
    public void Seq_is_dense_within_each_epoch() => PlantStory.Any.Sample(
        story =>
        {
            var next = 1L;
            foreach (var e in StoryRun.Of(story).Events)
            {
                next = e.Kind == EventKind.EpochStarted ? 1 : next;
                Assert.Equal(next++, e.Seq);
            }
        },
        iter: 1_000,
        threads: 1);

    [Fact]
    public void An_acknowledgement_never_changes_a_condition() => PlantStory.Any.Sample(
        story =>
        {
            static IEnumerable<(EventKind, int, PlantTime, PlantTime)> Conditions(IEnumerable<AlarmEvent> events) => events
                .Where(e => e.Kind is EventKind.Activated or EventKind.Returned)
                .Select(e => (e.Kind, e.Alarm, e.ConditionTime, e.At));

            // A command for an alarm that nobody knows takes the place of each, so that time goes the same way.
            var with = StoryRun.Of(story);
            var without = StoryRun.Of(story with { Steps = [.. story.Steps.Select(Unknown)] });
            Assert.Equal(Conditions(without.Events), Conditions(with.Events));

            static object Unknown(object step) => step is AcknowledgeCommand command ? command with { Alarm = "NO_SUCH" } : step;
        },
        iter: 2_000,
        threads: 1);

    [Fact]
    public void An_alarm_says_that_it_is_armed_where_the_naive_model_says_that_it_could_fire_and_nowhere_else() => PlantStory.Any.Sample(
        story =>
        {
            var run = new StoryRun(story.Configuration);
            var naive = new NaiveModel(story.Configuration);
            foreach (var step in story.Steps)
            {
                _ = run.Step(step);
                _ = naive.Step(step);
                for (var alarm = 0; alarm < run.Engine.Configuration.Alarms.Length; alarm++)
                {
                    var armed = run.Engine.Armed(alarm);
                    Assert.True(naive.CouldFire(alarm) == armed.IsArmed, $"{run.Engine.Configuration.Alarms[alarm].Id} says {armed.Reason} after {step}.");
                }
            }
        },
        iter: 1_000,
        threads: 1);

    [Fact]
    public void An_alarm_that_says_that_it_is_armed_is_annunciated_when_its_value_is_abnormal_for_its_on_delay() => PlantStory.Any.Sample(
        story =>
        {
            var run = StoryRun.Of(story);
            var configuration = run.Engine.Configuration;
            for (var alarm = 0; alarm < configuration.Alarms.Length; alarm++)
            {
                if (run.Engine.Armed(alarm).IsArmed && Recovery.Values(configuration.Alarms[alarm]) is { } values)
                {
                    var proof = new StoryRun(AlarmEngine.Restore(configuration, PlantRig.Snapshot(run.Engine)));
                    foreach (var value in (double[])[values.Normal, values.Abnormal])
                    {
                        foreach (var step in Recovery.Steps(proof.Engine, configuration.Alarms[alarm], value))
                        {
                            _ = proof.Step(step);
                        }
                    }

                    // its own value may begin what hides it; then it says that
                    Assert.True(proof.Engine.AlarmState(alarm).Condition, $"It says that it is armed and did not come: {configuration.Alarms[alarm]}, {proof.Engine.Armed(alarm).Reason}, {proof.Engine.AlarmState(alarm)}");
                    Assert.Contains(proof.Events, e => e.Kind == EventKind.Activated && e.Alarm == alarm && (e.Suppression == SuppressionStates.None || !proof.Engine.Armed(alarm).IsArmed));
                }
            }
        },
        iter: 1_000,
        threads: 1);

    [Fact]
    public void A_longer_on_delay_never_raises_earlier() => Gen.Select(PlantStory.Any, Gen.OneOf(0.1, 1, 20)).Sample(
        (story, longer) =>
        {
            var first = story.Configuration.Alarms[0] with { Handling = AlarmHandling.Default };
            var configuration = story.Configuration with
            {
                Alarms = [first, first with { Id = "LONGER", OnDelay = first.OnDelay + TimeSpan.FromSeconds(longer) }],
                SuppressionGroups = [],
                FirstOutGroups = [],
            };
            var run = new StoryRun(configuration);
            foreach (var step in story.Steps.Where(step => step is not Reloaded))
            {
                _ = run.Step(step);
                var engine = run.Engine;
                if (run.Events.Exists(e => e.Alarm == 1 && e.Flags.HasFlag(EventFlags.Restored)))
                {
                    // what a tick had ended ahead of a sample stands again, whatever its delay: an alarm more, from a return that never was
                    return;
                }

                Assert.True(engine.AlarmState(0).Condition || !engine.AlarmState(1).Condition, "The longer delay is active and the shorter is not.");
            }
        },
        iter: 3_000,
        threads: 1);

    [Fact]
    public void A_tick_before_the_next_deadline_changes_nothing_and_one_at_it_does() => PlantStory.Any.Sample(
        story =>
        {
            var engine = StoryRun.Of(story).Engine;
            // alarms that stand are annunciated again and again: there need not be a last deadline
            for (var round = 0; round < 50 && engine.NextDeadline != PlantTime.Never; round++)
            {
                var due = engine.NextDeadline;
                var early = new List<AlarmEvent>();
                if (due > engine.Now)
                {
                    engine.Step(new Tick(new(due.Ticks - 1)), early);
                }

                Assert.Empty(early);
                Assert.Equal(due, engine.NextDeadline);
                engine.Step(new Tick(PlantTime.Max(due, engine.Now)), early);
                Assert.NotEqual(due, engine.NextDeadline);
            }
        },
        iter: 1_000,
        threads: 1);

    private static void CompareWithTheNaiveModel(int stories) => PlantStory.Any.Check(TwoTellings.Compare, stories);
}
