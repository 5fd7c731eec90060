using EdgeAlarm.Engine.Tests.Properties;

namespace EdgeAlarm.Engine.Tests.Promises;

/// <summary>Runs a story as the gateway does, with a tick at each deadline, under the eyes of the promises.</summary>
internal static class Watched
{
    private const int TicksMax = 1_000;

    public static StoryRun Run(PlantStory story)
    {
        var run = new StoryRun(story.Configuration);
        var promises = new AlarmPromises(story.Configuration);
        foreach (var step in story.Steps)
        {
            for (var ticks = 0; ticks < TicksMax && run.Engine.NextDeadline is var due && due <= TimeOf(step); ticks++)
            {
                Step(run, promises, new Tick(PlantTime.Max(due, run.Engine.Now)));
            }

            Step(run, promises, step);
        }

        AlarmPromises.Rearmed(run);
        return run;
    }

    private static void Step(StoryRun run, AlarmPromises promises, object step)
    {
        var before = step is ClockStepped ? AlarmEngine.Restore(run.Engine.Configuration, PlantRig.Snapshot(run.Engine)) : null;
        var known = run.Events.Count;
        _ = run.Step(step);
        promises.Look(step, run.Engine, run.Events[known..], before);
        if (run.Events[known..].Exists(e => e.Kind is EventKind.Shelved or EventKind.RemovedFromService))
        {
            // the clock that is set just then is what a random story hardly ever has
            foreach (var hours in (int[])[-1, 1])
            {
                AlarmPromises.AClockStepMakesNothingLater(run.Engine, new ClockStepped(run.Engine.Now, TimeSpan.FromHours(hours)));
            }
        }
    }

    private static PlantTime TimeOf(object step) => step switch
    {
        Sample sample => sample.PlantTime,
        Input input => input.At,
        Reloaded reloaded => reloaded.At,
        _ => PlantTime.Zero,
    };
}
