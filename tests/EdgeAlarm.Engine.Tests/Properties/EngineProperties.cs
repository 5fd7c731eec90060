using CsCheck;

namespace EdgeAlarm.Engine.Tests.Properties;

/// <summary>What must hold for every story.</summary>
public class EngineProperties
{
    [Fact]
    public void Engine_tells_what_a_naive_model_written_apart_tells() => PlantStory.Any.Sample(
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
        iter: 3_000,
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
}
