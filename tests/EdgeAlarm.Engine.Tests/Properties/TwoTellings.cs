namespace EdgeAlarm.Engine.Tests.Properties;

/// <summary>A story told by the engine and by the naive model.</summary>
internal static class TwoTellings
{
    /// <summary>Demands that they are the same, event by event and answer by answer; where they part, the list and the last steps are told.</summary>
    public static void Compare(PlantStory story)
    {
        var run = new StoryRun(story.Configuration);
        var naive = new NaiveModel(story.Configuration);
        foreach (var step in story.Steps)
        {
            var known = run.Lines.Count;
            var outcome = run.Step(step);
            Assert.Equal(naive.Step(step), outcome);
            if (!naive.Lines.SequenceEqual(run.Lines))
            {
                var last = string.Join('\n', story.Steps.TakeWhile(each => !ReferenceEquals(each, step)).TakeLast(6).Append(step));
                Assert.Fail($"{string.Join('\n', run.Engine.Configuration.Alarms)}\n{last}\nexpected:\n{string.Join('\n', naive.Lines.Skip(known))}\nbut told:\n{string.Join('\n', run.Lines.Skip(known))}");
            }
        }
    }
}
