namespace EdgeAlarm.Engine.Tests.Properties;

/// <summary>A story told by the engine and by the naive model.</summary>
internal static class TwoTellings
{
    /// <summary>Demands that they are the same, event by event and answer by answer.</summary>
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
                Assert.Fail($"at {StoryWords.Of(step)}\nexpected:\n{string.Join('\n', naive.Lines.Skip(known))}\nbut told:\n{string.Join('\n', run.Lines.Skip(known))}");
            }
        }
    }
}
