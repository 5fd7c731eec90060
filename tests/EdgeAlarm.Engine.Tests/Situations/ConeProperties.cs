using CsCheck;
using EdgeAlarm.Engine.Tests.Properties;

namespace EdgeAlarm.Engine.Tests.Situations;

/// <summary>An engine of one alarm is the engine of the whole list, as far as that alarm goes.</summary>
public class ConeProperties
{
    [Fact]
    public void The_engine_of_one_alarm_tells_of_it_what_the_engine_of_the_whole_list_tells() => Compare(stories: 300);

    [Fact]
    [Trait("Category", "Long")]
    public void The_engine_of_one_alarm_tells_of_it_what_the_engine_of_the_whole_list_tells_in_ten_thousand_stories() => Compare(stories: 10_000);

    [Fact]
    public void A_cone_has_the_tags_of_the_alarm_and_of_what_suppresses_it_and_nothing_else()
    {
        var suppressed = AlarmHandling.Default with { SuppressionGroup = 0, FirstOutGroup = 0 };
        var other = AlarmHandling.Default with { FirstOutGroup = 0, SuppressionGroup = 1 };
        var whole = Plants.TwoSources() with
        {
            Alarms = [Plants.Alarm("X", 0, handling: other), Plants.Alarm("BEHIND", 2, handling: other), Plants.Alarm("A", 1, handling: suppressed)],
            SuppressionGroups =
            [
                new("alarm BEHIND", new SuppressionTrigger.AlarmActive(1), TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromHours(1)),
                new("never", new SuppressionTrigger.Holds(new([new(ExpressionOperator.Tag)], [0])), TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromHours(1)),
            ],
            FirstOutGroups = ["trip"],
        };

        var cone = AlarmCone.Of(whole, 2);

        Assert.Equal(["T1", "T2"], cone.Configuration.Tags.Select(tag => tag.Name));
        Assert.Equal([1, 2], cone.Tags.Span.ToArray());
        Assert.Equal(["BEHIND", "A"], cone.Configuration.Alarms.Select(alarm => alarm.Id));
        Assert.Equal(1, cone.Alarm);
        Assert.Equal(new SuppressionTrigger.AlarmActive(0), Assert.Single(cone.Configuration.SuppressionGroups).Trigger);
        Assert.Empty(cone.Configuration.FirstOutGroups);
        Assert.Equal(["PLC2"], AlarmCone.Of(whole, 1).Configuration.Sources.Select(source => source.Name).Where(name => name == "PLC2"));
    }

    private static void Compare(int stories)
    {
        PlantStory.Any.Check(
            story =>
            {
                for (var alarm = 0; alarm < story.Configuration.Alarms.Length; alarm++)
                {
                    Compare(story, alarm);
                }
            },
            stories);
    }

    private static void Compare(PlantStory story, int alarm)
    {
        var id = story.Configuration.Alarms[alarm].Id;
        var cone = AlarmCone.Of(story.Configuration, alarm);
        var (whole, cut) = (new StoryRun(story.Configuration), new StoryRun(cone.Configuration));
        foreach (var step in story.Steps.Where(step => step is not Reloaded))
        {
            var expected = whole.Step(step);
            var outcome = cut.Step(ForCone(step, cone, id));
            Assert.True(expected == outcome || (step as OperatorCommand)?.Alarm != id, $"{step} was {expected}, and {outcome} by the engine of one alarm.");
            Assert.Equal(whole.Engine.Armed(alarm), cut.Engine.Armed(cone.Alarm));
        }

        var (expectedEvents, events) = (Told(whole, alarm, cone.Tags.Span.ToArray()), Told(cut, cone.Alarm, [.. Enumerable.Range(0, cone.Tags.Span.Length)]));
        var same = expectedEvents.Zip(events).TakeWhile(pair => pair.First.Equals(pair.Second)).Count();
        Assert.True(
            same == expectedEvents.Count && same == events.Count,
            $"expected:\n{string.Join('\n', expectedEvents.Skip(same).Take(2))}\nbut told by the engine of one alarm:\n{string.Join('\n', events.Skip(same).Take(2))}");
    }

    // What is about other tags, sources and alarms only lets time pass: with timers as a sample or a command does, or without.
    private static object ForCone(object step, AlarmCone cone, string id)
    {
        int? Tag(int? tag) => tag is { } some && cone.Tags.Span.IndexOf(some) is >= 0 and var index ? index : null;
        int? Source(int source) => cone.Sources.Span.IndexOf(source) is >= 0 and var index ? index : null;
        object Pass(PlantTime at) => new NotificationReceived(at, 0, 1, 0);
        object PassTimers(PlantTime at) => new AcknowledgeCommand(at, Guid.Empty, "NO_SUCH", default, "operator1", "");
        return step switch
        {
            Sample sample => Tag(sample.Tag) is { } tag ? sample with { Tag = tag } : PassTimers(sample.PlantTime),
            OperatorCommand command => command.Alarm == id ? command : PassTimers(command.At),
            SourceUp up => Source(up.Source) is { } source ? up with { Source = source } : Pass(up.At),
            SourceDown down => Source(down.Source) is { } source ? down with { Source = source } : Pass(down.At),
            SourceClockMeasured measured => Source(measured.Source) is { } source ? measured with { Source = source } : Pass(measured.At),
            NotificationReceived received => Pass(received.At),
            TagMonitored monitored => Tag(monitored.Tag) is { } tag ? monitored with { Tag = tag } : Pass(monitored.At),
            InputSkipped { Tag: not null } skipped => Tag(skipped.Tag) is { } tag ? skipped with { Tag = tag } : Pass(skipped.At),
            GapFound gap => Source(gap.Source) is { } source && (gap.Tag is null || Tag(gap.Tag) is not null) ? gap with { Source = source, Tag = Tag(gap.Tag) } : Pass(gap.At),
            _ => step,
        };
    }

    private static List<object> Told(StoryRun run, int alarm, int[] tags)
    {
        var occurrences = new List<OccurrenceId> { OccurrenceId.None };
        return
        [
            .. run.Events.Where(e => e.Alarm == alarm).Select(e => (object)(e with
            {
                Epoch = default,
                Seq = 0,
                Alarm = 0,
                Source = -1,
                Tag = Array.IndexOf(tags, e.Tag),
                Sample = e.Sample is { } sample ? sample with { Tag = 0 } : null,
                Occurrence = new(default, PlaceOf(occurrences, e.Occurrence)),
                Flags = e.Flags & ~EventFlags.FirstOut,
                Reason = e.Kind == EventKind.Activated && e.Reason is { } words && words.StartsWith("before ", StringComparison.Ordinal) ? null : e.Reason,
            })),
        ];
    }

    private static int PlaceOf(List<OccurrenceId> known, OccurrenceId occurrence)
    {
        if (!known.Contains(occurrence))
        {
            known.Add(occurrence);
        }

        return known.IndexOf(occurrence);
    }
}
