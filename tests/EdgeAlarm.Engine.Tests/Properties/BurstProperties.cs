using CsCheck;

namespace EdgeAlarm.Engine.Tests.Properties;

/// <summary>
/// What a network cut may do to alarms when nothing was lost: nothing, but an alarm more (design §3). The samples of a burst come in the order of the plant, as acquisition hands
/// them on; the alarms go by one tag and by two, by values and by their quality.
/// </summary>
public class BurstProperties
{
    private static readonly Expression BothAway = new(
        [
            new(ExpressionOperator.Tag), new(ExpressionOperator.Number, 88), new(ExpressionOperator.Greater),
            new(ExpressionOperator.Tag, Operand: 1), new(ExpressionOperator.Number, 88), new(ExpressionOperator.Less), new(ExpressionOperator.And),
        ],
        [0, 1]);

    private static readonly Gen<AlarmDefinition> AlarmGen =
        from onDelay in Gen.OneOf(0.0, 1, 5, 15, 60)
        from offDelay in Gen.OneOf(0.0, 1, 5)
        from policy in Gen.OneOf(Enum.GetValues<BadQualityPolicy>())
        from alarm in Gen.OneOf<AlarmDefinition>(
            Plants.Alarm(),
            Plants.Alarm(),
            Plants.Alarm(type: ConditionType.BadQuality, setpoint: 0, deadband: 0),
            Plants.Alarm(setpoint: 0) with { SetpointTag = 1 },
            Plants.Alarm(type: ConditionType.Expression, setpoint: 0, deadband: 0) with { Expression = BothAway },
            Plants.Alarm(type: ConditionType.Discrepancy, setpoint: 0, deadband: 3) with { SetpointTag = 1, Window = TimeSpan.FromSeconds(4) })
        select alarm with { OnDelay = TimeSpan.FromSeconds(onDelay), OffDelay = TimeSpan.FromSeconds(offDelay), BadQuality = policy };

    private static readonly Gen<Change> ChangeGen =
        from tag in Gen.OneOf(0, 0, 1)
        from step in Gen.OneOf(0.1, 0.5, 1, 3, 7, 20)
        from value in Gen.OneOf(50.0, 84, 86, 89, 90, 95)
        from quality in Gen.OneOf(0u, 0u, 0u, 0u, PlantRig.BadSensorFailure)
        select new Change(tag, step, value, quality);

    private static readonly Change[] First = [new(0, 0, 50, 0), new(1, 0, 50, 0)];

    private static readonly Gen<Case> CaseGen =
        from alarm in AlarmGen
        from changes in ChangeGen.Array[1, 40]
        from cut in Gen.Double[0, 60]
        from length in Gen.Double[0, 120]
        from known in Gen.Bool
        select new Case(
            Plants.With(alarm, Plants.Alarm("OTHER", tag: 1, setpoint: 1e9)), [.. known ? First : [], .. changes], cut, length);

    [Fact]
    public void A_burst_after_a_cut_tells_the_same_transitions_at_the_same_times_as_live() => CaseGen.Sample(
        story => Assert.Equal(Transitions(Deliver(story, isCut: false, tickFirst: false, out _)), Transitions(Deliver(story, isCut: true, tickFirst: false, out _))),
        iter: 5_000,
        threads: 1);

    [Fact]
    public void A_tick_that_comes_before_the_burst_never_costs_an_alarm_nor_a_moment_of_one() => CaseGen.Sample(
        story =>
        {
            var live = Standing(Transitions(Deliver(story, isCut: false, tickFirst: false, out _)));
            var burst = Standing(Transitions(Deliver(story, isCut: true, tickFirst: true, out var ahead)));
            foreach (var (from, until) in live)
            {
                Assert.True(
                    // an alarm's own times never go back behind what the tick had told
                    burst.Exists(stood => stood.From <= PlantTime.Max(from, ahead) && stood.Until >= until),
                    $"Live stood from {PlantRig.Seconds(from)} to {PlantRig.Seconds(until)}; the burst {string.Join(", ", burst.Select(stood => (PlantRig.Seconds(stood.From), PlantRig.Seconds(stood.Until))))}.");
            }
        },
        iter: 10_000,
        threads: 1);

    private static List<(EventKind Kind, PlantTime Time)> Transitions(List<AlarmEvent> events) =>
        [.. events.Where(e => e is { Alarm: 0, Kind: EventKind.Activated or EventKind.Returned }).Select(e => (e.Kind, e.ConditionTime))];

    // a return that is taken back at the same moment is none
    private static List<(PlantTime From, PlantTime Until)> Standing(List<(EventKind Kind, PlantTime Time)> transitions)
    {
        var stood = new List<(PlantTime From, PlantTime Until)>();
        foreach (var (kind, time) in transitions)
        {
            if (kind == EventKind.Returned)
            {
                stood[^1] = (stood[^1].From, time);
            }
            else if (stood.Count > 0 && stood[^1].Until == time)
            {
                stood[^1] = (stood[^1].From, PlantTime.Never);
            }
            else
            {
                stood.Add((time, PlantTime.Never));
            }
        }

        return stood;
    }

    // No latency but the cut; ticks come exactly at the deadlines, as the pump sends them.
    private static List<AlarmEvent> Deliver(Case story, bool isCut, bool tickFirst, out PlantTime ahead)
    {
        var told = PlantTime.Zero;
        var plant = new PlantRig(story.Configuration);
        var (from, until) = isCut ? (story.Cut, story.Cut + story.Length) : (double.MaxValue, double.MaxValue);
        var held = new List<Sample>();
        var at = 0.0;
        foreach (var change in story.Changes)
        {
            at = Math.Round(at + change.Step, 3);
            var sample = PlantRig.SampleOf(change.Tag, TagValue.From(change.Value), at, at, change.Quality);
            if (at >= from && at < until)
            {
                held.Add(sample);
                continue;
            }

            if (at >= until)
            {
                Burst();
            }

            Tick(plant, at);
            plant.Step(in sample);
        }

        Burst();
        Tick(plant, Math.Max(at, isCut ? until : at) + 100);
        ahead = told;
        return plant.Events;

        void Burst()
        {
            if (!isCut || plant.Events.Exists(e => e.Reason == "cable"))
            {
                return;
            }

            Tick(plant, from);
            plant.Step(new SourceDown(PlantRig.At(from), 0, "cable")).Tick(until).Step(new SourceUp(PlantRig.At(until), 0, SourceRecovery.Republished));
            if (tickFirst)
            {
                plant.Tick(until);
                told = Transitions(plant.Events).LastOrDefault().Time;
            }

            foreach (var sample in held)
            {
                plant.Step(sample with { PlantTime = PlantRig.At(until) });
            }
        }
    }

    private static void Tick(PlantRig plant, double until)
    {
        while (plant.Engine.NextDeadline <= PlantRig.At(until))
        {
            plant.Step(new Tick(PlantTime.Max(plant.Engine.NextDeadline, plant.Engine.Now)));
        }
    }

    private sealed record Change(int Tag, double Step, double Value, uint Quality);

    private sealed record Case(AlarmConfiguration Configuration, Change[] Changes, double Cut, double Length)
    {
        public override string ToString() => $"{Configuration.Alarms[0]}\n{string.Join('\n', Changes.Select(change => change.ToString()))}\ncut at {Cut} for {Length}";
    }
}
