namespace EdgeAlarm.Engine.Tests.Properties;

/// <summary>An engine on its way through a story: what the gateway does with inputs, samples and configurations, and each event as a line for comparison.</summary>
internal sealed class StoryRun(AlarmEngine engine)
{
    public StoryRun(AlarmConfiguration configuration)
        : this(new AlarmEngine(configuration))
    {
    }

    public AlarmEngine Engine { get; private set; } = engine;

    public List<AlarmEvent> Events { get; private init; } = [];

    public List<string> Lines { get; private init; } = [];

    /// <summary>The run of a whole story.</summary>
    public static StoryRun Of(PlantStory story)
    {
        var run = new StoryRun(story.Configuration);
        foreach (var step in story.Steps)
        {
            run.Step(step);
        }

        return run;
    }

    /// <summary>One step. An acknowledgement of seq -1 means the present occurrence, which the screen shows.</summary>
    public CommandOutcome? Step(object step)
    {
        var known = Events.Count;
        CommandOutcome? outcome = null;
        switch (step)
        {
            case Sample sample:
                Engine.Step(in sample, Events);
                break;
            case Restarted:
                Engine = AlarmEngine.Restore(Engine.Configuration, PlantRig.Snapshot(Engine));
                break;
            case Reloaded reloaded:
                var next = Engine.Reconfigure(reloaded.Configuration, reloaded.At, Events);
                Render(known);
                known = Events.Count;
                Engine = next;
                outcome = Engine.Step(new ConfigurationChanged(reloaded.At, "ab"), Events);
                break;
            case AcknowledgeCommand { Occurrence.Seq: -1 } command:
                outcome = Engine.Step(command with { Occurrence = Present(command.Alarm) }, Events);
                break;
            default:
                outcome = Engine.Step((Input)step, Events);
                break;
        }

        Render(known);
        return outcome;
    }

    /// <summary>The same run, gone on with from a snapshot of its engine.</summary>
    public StoryRun Restored() => new(AlarmEngine.Restore(Engine.Configuration, PlantRig.Snapshot(Engine))) { Events = Events, Lines = Lines };

    private OccurrenceId Present(string id)
    {
        var alarm = Enumerable.Range(0, Engine.Configuration.Alarms.Length).Where(index => Engine.Configuration.Alarms[index].Id == id).ToList();
        return alarm.Count == 0 ? OccurrenceId.None : Engine.AlarmState(alarm[0]).Occurrence;
    }

    private void Render(int from) => Lines.AddRange(Events.Skip(from).Select(e =>
    {
        var configuration = Engine.Configuration;
        var who = e.Alarm >= 0 ? configuration.Alarms[e.Alarm].Id
            : e.Tag >= 0 ? configuration.Tags[e.Tag].Name
            : e.Source >= 0 ? configuration.Sources[e.Source].Name
            : "-";
        var state = e.Alarm >= 0 ? $"{e.State} {e.Level}" : "";
        return NaiveModel.Line(e.Seq, e.Kind.ToString(), who, e.At.Ticks, e.ConditionTime.Ticks, state, e.Occurrence.Epoch, e.Occurrence.Seq, e.Flags, e.Suppression);
    }));
}
