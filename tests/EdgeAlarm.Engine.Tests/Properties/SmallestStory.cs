using CsCheck;

namespace EdgeAlarm.Engine.Tests.Properties;

/// <summary>
/// A property over random stories that says, where it fails, the least of the story that still fails: without the steps and the alarms that have no part in it.
/// Random stories have eighty steps and six alarms, and a person can follow five and one.
/// </summary>
internal static class SmallestStory
{
    /// <summary>Runs the check over random stories; a failure prints the seed that makes the story again, and the least of it.</summary>
    public static void Check(this Gen<PlantStory> stories, Action<PlantStory> check, int iter) =>
        stories.Sample(story => Check(story, check), iter: iter, threads: 1);

    /// <summary>Runs the check over one story.</summary>
    public static void Check(PlantStory story, Action<PlantStory> check)
    {
        if (FailureOf(story, check) is { } failure)
        {
            // a story that fails otherwise is another one: a list without the alarm that a group goes by is none
            var least = Of(story, each => FailureOf(each, check)?.GetType() == failure.GetType());
            throw new PropertyBroken($"{FailureOf(least, check)!.Message}\nin the story\n{least}");
        }
    }

    // ever smaller pieces are taken out, until no single one can be
    private static PlantStory Of(PlantStory story, Func<PlantStory, bool> fails)
    {
        for (var size = story.Steps.Count; size > 0; size /= 2)
        {
            for (var at = story.Steps.Count - size; at >= 0; at -= size)
            {
                var less = story with { Steps = [.. story.Steps.Take(at), .. story.Steps.Skip(at + size)] };
                story = fails(less) ? less : story;
            }
        }

        return WithoutAlarms(story, fails);
    }

    // from the last on: the first is what a suppression group goes by
    private static PlantStory WithoutAlarms(PlantStory story, Func<PlantStory, bool> fails)
    {
        for (var alarm = story.Configuration.Alarms.Length - 1; alarm >= 0; alarm--)
        {
            var id = story.Configuration.Alarms[alarm].Id;
            AlarmConfiguration Without(AlarmConfiguration list) => list with { Alarms = list.Alarms.RemoveAll(each => each.Id == id) };
            var less = new PlantStory(Without(story.Configuration), [.. story.Steps.Select(step => step is Reloaded reloaded ? reloaded with { Configuration = Without(reloaded.Configuration) } : step)]);
            story = fails(less) ? less : story;
        }

        return story;
    }

    private static Exception? FailureOf(PlantStory story, Action<PlantStory> check)
    {
        try
        {
            check(story);
            return null;
        }
        catch (Exception failure)
        {
            return failure;
        }
    }
}
