using CsCheck;
using EdgeAlarm.Engine.Tests.Properties;

namespace EdgeAlarm.Engine.Tests.Situations;

/// <summary>What a search through the states of an alarm goes by: a state is put back, and told from another by its bytes.</summary>
public class SituationProperties
{
    // longer than any of the stories
    private static readonly TimeSpan Past = TimeSpan.FromHours(20);

    // a whole number of parts of every window of the stories
    private static readonly TimeSpan Later = TimeSpan.FromHours(1);

    private static readonly Input?[] Inputs =
    [
        null,
        null,
        null,
        new Tick(default),
        new Tick(default),
        new AcknowledgeCommand(default, Guid.Empty, "A0", new(PlantRig.Epoch, -1), "operator1", ""),
        new ShelveCommand(default, Guid.Empty, "A0", TimeSpan.FromSeconds(5), false, "operator1", "why"),
        new ResetCommand(default, Guid.Empty, "A0", "operator1", ""),
        new SourceDown(default, 0, "cable"),
        new SourceUp(default, 0, SourceRecovery.Recreated),
        new SourceUp(default, 0, SourceRecovery.Republished),
    ];

    private static readonly Gen<object> StepGen =
        from value in Gen.OneOf(0.0, 86.0, 95.0)
        from quality in Gen.OneOf(0u, 0u, 0u, 0u, PlantRig.BadSensorFailure)
        from lag in Gen.OneOf(0.0, 0, 1)
        from input in Gen.OneOf(Inputs)
        from tag in Gen.Int[0, 1]
        select (object?)input ?? PlantRig.SampleOf(tag, TagValue.From(value), 0, -lag, quality);

    private static readonly Gen<ConditionType> TypeGen = Gen.OneOf(
        ConditionType.Hi, ConditionType.DevHi, ConditionType.RateUp, ConditionType.Flatline, ConditionType.Heartbeat, ConditionType.Stale, ConditionType.CountInTime,
        ConditionType.TimeAbnormal, ConditionType.Discrepancy);

    private static readonly Gen<AlarmConfiguration> ConfigurationGen =
        from type in TypeGen
        from latch in Gen.OneOf(LatchMode.None, LatchMode.Timed)
        from reAlarm in Gen.OneOf(0.0, 7)
        from suppression in Gen.OneOf(-1, 0)
        let alarm = Plants.Alarm(type: type, setpoint: type is ConditionType.CountInTime ? 2 : type is ConditionType.DevHi or ConditionType.RateUp or ConditionType.TimeAbnormal ? 3 : 90, onDelay: 2, offDelay: 1)
        select new AlarmConfiguration([new("PLC1")], [new("T0", 0, ""), new("T1", 0, "")], [alarm with
        {
            SetpointTag = type is ConditionType.DevHi or ConditionType.Discrepancy ? 1 : null,
            Window = type == ConditionType.Hi ? TimeSpan.Zero : TimeSpan.FromSeconds(8),
            Handling = new() { Latch = latch, LatchFor = latch == LatchMode.Timed ? TimeSpan.FromSeconds(3) : TimeSpan.Zero, ReAlarm = TimeSpan.FromSeconds(reAlarm), SuppressionGroup = suppression },
        }])
        {
            SuppressionGroups = [new("off", new SuppressionTrigger.Holds(new([new(ExpressionOperator.Tag), new(ExpressionOperator.Number, 90), new(ExpressionOperator.GreaterOrEqual)], [1])), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(20))],
        };

    [Fact]
    public void A_state_that_was_put_into_another_engine_goes_on_there_without_a_trace_of_what_was_there() => Gen.Select(PlantStory.Any, PlantStory.Any, Gen.Int[0, 80]).Sample(
        (story, elsewhere, cut) =>
        {
            var steps = story.Steps.Where(step => step is not Reloaded).ToList();
            var run = new StoryRun(story.Configuration);
            steps.Take(cut).ToList().ForEach(step => run.Step(step));
            var other = new StoryRun(story.Configuration);
            elsewhere.Steps.Where(step => step is not Reloaded).ToList().ForEach(step => other.Step(step));

            run.Engine.CopyTo(other.Engine);

            var known = (run.Events.Count, other.Events.Count);
            Assert.Equal(PlantRig.Snapshot(run.Engine), PlantRig.Snapshot(other.Engine));
            steps.Skip(cut).ToList().ForEach(step =>
            {
                Assert.Equal(run.Engine.NextDeadline, other.Engine.NextDeadline);
                Assert.Equal(run.Step(step), other.Step(step));
            });
            Assert.Equal(run.Events.Skip(known.Item1), other.Events.Skip(known.Item2));
            Assert.Equal(PlantRig.Snapshot(run.Engine), PlantRig.Snapshot(other.Engine));
        },
        iter: 500,
        threads: 1);

    [Fact]
    public void An_engine_of_another_configuration_takes_no_state()
    {
        var engine = new PlantRig(Plants.With(Plants.Alarm())).Engine;

        Assert.Throws<InvariantViolation>(() => engine.CopyTo(new AlarmEngine(Plants.With(Plants.Alarm()))));
    }

    [Fact]
    public void The_same_story_an_hour_later_is_the_same_situation() => Gen.Select(PlantStory.Any, Gen.Int[0, 5]).Sample(
        (story, pick) =>
        {
            var alarm = pick % story.Configuration.Alarms.Length;
            var (now, later) = (new StoryRun(story.Configuration), new StoryRun(story.Configuration));
            foreach (var step in story.Steps.Where(step => step is not Reloaded))
            {
                now.Step(step);
                later.Step(Shifted(step, Later));
                Assert.Equal(Bytes(now.Engine, alarm), Bytes(later.Engine, alarm));
            }
        },
        iter: 500,
        threads: 1);

    [Fact]
    public void Equal_situations_go_on_equally()
    {
        var met = 0;
        Gen.Select(ConfigurationGen, Gen.Select(Gen.OneOf(0.0, 0.5, 1, 1, 2, 8, 500), StepGen).Array[80], Gen.Select(Gen.OneOf(0.5, 1, 3), StepGen).Array[8]).Sample(
            (configuration, moves, probes) =>
            {
                var known = new Dictionary<string, AlarmEngine>(StringComparer.Ordinal);
                var run = new StoryRun(new PlantRig(configuration).Engine);
                var now = 0.0;
                foreach (var (advance, step) in moves)
                {
                    now += advance;
                    run.Step(At(step, now));
                    var situation = Convert.ToHexString(Bytes(run.Engine, 0));
                    if (known.TryGetValue(situation, out var before) && before.Now < run.Engine.Now)
                    {
                        met++;
                        var engine = new AlarmEngine(configuration);
                        run.Engine.CopyTo(engine);
                        var again = new AlarmEngine(configuration);
                        before.CopyTo(again);
                        Assert.Equal(GoOn(again, probes), GoOn(engine, probes));
                    }
                    else
                    {
                        known[situation] = new AlarmEngine(configuration);
                        run.Engine.CopyTo(known[situation]);
                    }
                }
            },
            iter: 600,
            threads: 1);

        Assert.True(met > 100, $"Only {met} situations were met again.");
    }

    [Fact]
    public void Stories_of_which_one_step_is_another_or_comes_a_little_later_go_on_equally_where_they_are_the_same_situation()
    {
        var met = 0;
        Gen.Select(ConfigurationGen, Gen.Select(Gen.OneOf(0.0, 0.5, 1, 1, 2, 8, 500), StepGen).Array[25], StepGen, Gen.Int[0, 24], Gen.Select(Gen.OneOf(0.5, 1, 3), StepGen).Array[8]).Sample(
            (configuration, moves, instead, place, probes) =>
            {
                var runs = (StoryRun[])[new(new PlantRig(configuration).Engine), new(new PlantRig(configuration).Engine)];
                var now = 0.0;
                for (var index = 0; index < moves.Length; index++)
                {
                    now += moves[index].Item1;
                    runs[0].Step(At(moves[index].Item2, now));
                    runs[1].Step(At(index == place ? instead : moves[index].Item2, index == place - 1 ? now + (moves[place].Item1 / 2) : now));
                    if (index < place || !Bytes(runs[0].Engine, 0).AsSpan().SequenceEqual(Bytes(runs[1].Engine, 0)))
                    {
                        continue;
                    }

                    var engines = (AlarmEngine[])[new(configuration), new(configuration)];
                    runs[0].Engine.CopyTo(engines[0]);
                    runs[1].Engine.CopyTo(engines[1]);
                    met++;
                    Assert.Equal(GoOn(engines[0], probes), GoOn(engines[1], probes));
                }
            },
            iter: 700,
            threads: 1);

        Assert.True(met > 200, $"Only {met} situations were the same.");
    }

    [Fact]
    public void What_lies_back_further_than_every_setting_is_equally_long_ago()
    {
        static byte[] Idle(double seconds, double past)
        {
            var plant = new PlantRig(Plants.With(Plants.Alarm(onDelay: 15))).Value(1, 95).Tick(20).Acknowledge(21).Value(30, 50).Tick(seconds);
            var buffer = new byte[plant.Engine.SituationLengthMax];
            return buffer[..plant.Engine.WriteSituation(0, TimeSpan.FromSeconds(past), buffer)];
        }

        Assert.Equal(Idle(3600, past: 600), Idle(7200, past: 600));
        Assert.NotEqual(Idle(3600, past: 7000), Idle(7200, past: 7000));
    }

    [Fact]
    public void Copying_and_writing_allocate_nothing()
    {
        var cone = AlarmCone.Of(Plants.With(Plants.Alarm(onDelay: 15)), 0);
        var plant = new PlantRig(cone.Configuration).Value(1, 95).Shelve(2, 60);
        var other = new AlarmEngine(cone.Configuration);
        var bytes = new byte[other.SituationLengthMax];
        plant.Engine.CopyTo(other);
        _ = other.WriteSituation(0, Past, bytes);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 100; round++)
        {
            plant.Engine.CopyTo(other);
            _ = other.WriteSituation(0, Past, bytes);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static byte[] Bytes(AlarmEngine engine, int alarm)
    {
        var buffer = new byte[engine.SituationLengthMax];
        return buffer[..engine.WriteSituation(alarm, Past, buffer)];
    }

    private static List<string> GoOn(AlarmEngine engine, (double Advance, object Step)[] probes)
    {
        var from = engine.Now;
        var run = new StoryRun(engine);
        var now = PlantRig.Seconds(from);
        foreach (var (advance, step) in probes)
        {
            now += advance;
            run.Step(At(step, now));
            run.Step(new Tick(PlantRig.At(now)));
        }

        // a flood is of all alarms together
        var events = run.Events.Where(e => e.Kind is not (EventKind.FloodBegan or EventKind.FloodEnded));
        return [.. events.Select(e => $"{e.Kind} {e.Alarm} {e.Tag} {e.State} {e.Suppression} {e.Flags} {(e.At - from).TotalSeconds} {Math.Max((e.ConditionTime - from).TotalSeconds, -Past.TotalSeconds)}")];
    }

    private static object At(object step, double now) => step switch
    {
        Sample sample => sample with { PlantTime = PlantRig.At(now), SourceTime = new(PlantRig.At(now + PlantRig.Seconds(new(sample.SourceTime.Ticks))).Ticks) },
        Input input => input with { At = PlantRig.At(now) },
        _ => step,
    };

    private static object Shifted(object step, TimeSpan by) => step switch
    {
        Sample sample => sample with
        {
            PlantTime = sample.PlantTime + by,
            SourceTime = sample.SourceTime.IsMissing || sample.SourceTime.Ticks is long.MaxValue or long.MinValue ? sample.SourceTime : new(sample.SourceTime.Ticks + by.Ticks),
        },
        GapFound gap => gap with { At = gap.At + by, Start = gap.Start + by, End = gap.End + by },
        GatewayStarted started => started with { At = started.At + by, WallClock = new(started.WallClock.Ticks + by.Ticks) },
        Input input => input with { At = input.At + by },
        _ => step,
    };
}
