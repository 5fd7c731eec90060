using CsCheck;

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
        PlantStory.Any.Sample(
            story =>
            {
                var engine = new AlarmEngine(story.Configuration);
                foreach (var e in PlantStory.Run(engine, story.Steps))
                {
                    kinds.Add(e.Kind);
                    flags |= e.Flags;
                }

                reasons.UnionWith(Enumerable.Range(0, story.Configuration.Alarms.Length).Select(alarm => engine.Armed(alarm).Reason));
            },
            iter: 2_000,
            threads: 1);

        Assert.Equal(Enum.GetValues<EventKind>(), kinds.Order());
        Assert.Equal(Enum.GetValues<ArmedReason>(), reasons.Order());
        Assert.Equal(Enum.GetValues<EventFlags>().Aggregate((all, flag) => all | flag), flags);
    }

    [Fact]
    public void Fold_of_snapshot_and_tail_is_the_full_fold() => Gen.Select(PlantStory.Any, Gen.Int[0, 80]).Sample(
        (story, cut) =>
        {
            cut = Math.Min(cut, story.Steps.Count);
            var full = new AlarmEngine(story.Configuration);
            var expected = PlantStory.Run(full, story.Steps);
            var first = new AlarmEngine(story.Configuration);
            var told = PlantStory.Run(first, story.Steps.Take(cut));
            var second = AlarmEngine.Restore(story.Configuration, PlantRig.Snapshot(first));
            Assert.Equal(first.NextDeadline, second.NextDeadline);
            foreach (var step in story.Steps.Skip(cut))
            {
                _ = PlantStory.StepOnce(second, step, told);
            }

            Assert.Equal(expected, told);
            Assert.Equal(PlantRig.Snapshot(full), PlantRig.Snapshot(second));
            Assert.Equal(full.NextDeadline, second.NextDeadline);
        },
        iter: 3_000,
        threads: 1);

    [Fact]
    public void Replay_is_live() => PlantStory.Any.Sample(
        story =>
        {
            var live = new AlarmEngine(story.Configuration);
            var events = PlantStory.Run(live, story.Steps);
            var replayed = new AlarmEngine(story.Configuration with { });
            Assert.Equal(events, PlantStory.Run(replayed, story.Steps));
            Assert.Equal(PlantRig.Snapshot(live), PlantRig.Snapshot(replayed));
        },
        iter: 1_000,
        threads: 1);

    [Fact]
    public void Seq_is_dense_within_each_epoch() => PlantStory.Any.Sample(
        story =>
        {
            var next = 1L;
            foreach (var e in PlantStory.Run(new AlarmEngine(story.Configuration), story.Steps))
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
            var with = PlantStory.Run(new AlarmEngine(story.Configuration), story.Steps);
            var without = PlantStory.Run(new AlarmEngine(story.Configuration), story.Steps.Select(Unknown));
            Assert.Equal(Conditions(without), Conditions(with));

            static object Unknown(object step) => step is AcknowledgeCommand command ? command with { Alarm = "NO_SUCH" } : step;
        },
        iter: 2_000,
        threads: 1);

    [Fact]
    public void A_longer_on_delay_never_raises_earlier() => Gen.Select(PlantStory.Any, Gen.OneOf(0.1, 1, 20)).Sample(
        (story, longer) =>
        {
            var first = story.Configuration.Alarms[0];
            var configuration = story.Configuration with
            {
                Alarms = [first, first with { Id = "LONGER", OnDelay = first.OnDelay + TimeSpan.FromSeconds(longer) }],
            };
            var engine = new AlarmEngine(configuration);
            var events = new List<AlarmEvent>();
            foreach (var step in story.Steps)
            {
                _ = PlantStory.StepOnce(engine, step, events);
                Assert.True(engine.AlarmState(0).Condition || !engine.AlarmState(1).Condition, "The longer delay is active and the shorter is not.");
            }
        },
        iter: 3_000,
        threads: 1);

    [Fact]
    public void A_tick_before_the_next_deadline_changes_nothing_and_one_at_it_does() => PlantStory.Any.Sample(
        story =>
        {
            var engine = new AlarmEngine(story.Configuration);
            _ = PlantStory.Run(engine, story.Steps);
            for (var round = 0; engine.NextDeadline != PlantTime.Never; round++)
            {
                Assert.InRange(round, 0, 50);
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

    private static string Line(AlarmConfiguration configuration, AlarmEvent e)
    {
        var who = e.Alarm >= 0 ? configuration.Alarms[e.Alarm].Id
            : e.Tag >= 0 ? configuration.Tags[e.Tag].Name
            : e.Source >= 0 ? configuration.Sources[e.Source].Name
            : "-";
        var state = e.Alarm >= 0 ? e.State.ToString() : "";
        return NaiveModel.Line(e.Seq, e.Kind.ToString(), who, e.At.Ticks, e.ConditionTime.Ticks, state, e.Occurrence.Epoch, e.Occurrence.Seq, e.Flags);
    }

    private static void CompareWithTheNaiveModel(int stories) => PlantStory.Any.Sample(
        story =>
        {
            var engine = new AlarmEngine(story.Configuration);
            var naive = new NaiveModel(story.Configuration);
            var events = new List<AlarmEvent>();
            foreach (var step in story.Steps)
            {
                var outcome = PlantStory.StepOnce(engine, step, events);
                Assert.Equal(naive.Step(step), outcome);
                var lines = events.Select(e => Line(story.Configuration, e)).ToList();
                Assert.Equal(naive.Lines, lines);
            }
        },
        iter: stories,
        threads: 1);
}
