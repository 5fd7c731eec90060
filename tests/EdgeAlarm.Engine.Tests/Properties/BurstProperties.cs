using CsCheck;

namespace EdgeAlarm.Engine.Tests.Properties;

/// <summary>What a network cut may do to alarms when nothing was lost: nothing, but an alarm more (design §3).</summary>
public class BurstProperties
{
    private static readonly Gen<(double Step, double Value)[]> SignalGen =
        Gen.Select(Gen.OneOf(0.1, 0.5, 1, 3, 7, 20), Gen.OneOf(50.0, 84, 86, 89, 90, 95)).Array[1, 40];

    private static readonly Gen<(AlarmConfiguration Configuration, (double Step, double Value)[] Signal, double From, double For)> CaseGen =
        from onDelay in Gen.OneOf(0.0, 1, 5, 15)
        from offDelay in Gen.OneOf(0.0, 1, 5)
        from signal in SignalGen
        from cut in Gen.Double[0, 60]
        from length in Gen.Double[0, 120]
        select (Plants.With(Plants.Alarm(onDelay: onDelay, offDelay: offDelay)), signal, cut, length);

    [Fact]
    public void A_burst_after_a_cut_tells_the_same_transitions_at_the_same_times_as_live() => CaseGen.Sample(
        story =>
        {
            var live = Transitions(Deliver(story.Configuration, story.Signal, double.MaxValue, 0, tickFirst: false));
            var burst = Transitions(Deliver(story.Configuration, story.Signal, story.From, story.For, tickFirst: false));
            Assert.Equal(live, burst);
        },
        iter: 3_000,
        threads: 1);

    [Fact]
    public void A_tick_that_comes_before_the_burst_never_costs_an_alarm() => CaseGen.Sample(
        story =>
        {
            var live = Transitions(Deliver(story.Configuration, story.Signal, double.MaxValue, 0, tickFirst: false));
            var burst = Transitions(Deliver(story.Configuration, story.Signal, story.From, story.For, tickFirst: true));
            foreach (var (_, time) in live.Where(transition => transition.Kind == EventKind.Activated))
            {
                // Raised then, or standing already: the alarm more that the tick may have made.
                var before = burst.LastOrDefault(transition => transition.Time < time);
                Assert.True(
                    burst.Contains((EventKind.Activated, time)) || (before.Kind == EventKind.Activated && before.Time > PlantTime.Zero),
                    $"Live raised at {PlantRig.Seconds(time)}; the burst told {string.Join(", ", burst)}.");
            }
        },
        iter: 3_000,
        threads: 1);

    private static List<(EventKind Kind, PlantTime Time)> Transitions(List<AlarmEvent> events) =>
        [.. events.Where(e => e.Kind is EventKind.Activated or EventKind.Returned).Select(e => (e.Kind, e.ConditionTime))];

    // No latency but the cut; ticks come exactly at the deadlines, as the pump sends them.
    private static List<AlarmEvent> Deliver(AlarmConfiguration configuration, (double Step, double Value)[] signal, double from, double length, bool tickFirst)
    {
        var plant = new PlantRig(configuration);
        var until = from == double.MaxValue ? from : from + length;
        var held = new List<Sample>();
        var at = 0.0;
        foreach (var (step, value) in signal)
        {
            at = Math.Round(at + step, 3);
            var sample = PlantRig.SampleOf(0, TagValue.From(value), at, at);
            if (at < from)
            {
                Tick(plant, at);
                plant.Step(in sample);
            }
            else if (at < until)
            {
                held.Add(sample);
            }
            else
            {
                Burst();
                Tick(plant, at);
                plant.Step(in sample);
            }
        }

        Burst();
        Tick(plant, Math.Max(at, until == double.MaxValue ? at : until) + 100);
        return plant.Events;

        void Burst()
        {
            if (from == double.MaxValue || plant.Events.Exists(e => e.Reason == "cable"))
            {
                return;
            }

            Tick(plant, from);
            plant.Step(new SourceDown(PlantRig.At(from), 0, "cable")).Tick(until).Step(new SourceUp(PlantRig.At(until), 0, SourceRecovery.Republished));
            if (tickFirst)
            {
                plant.Tick(until);
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
}
