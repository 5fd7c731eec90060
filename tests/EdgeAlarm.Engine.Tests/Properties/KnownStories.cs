using CsCheck;

namespace EdgeAlarm.Engine.Tests.Properties;

/// <summary>
/// Stories that are random once and for all: the same each time, so that what they catch today they catch tomorrow. The mutation run goes by them and by the tests with names;
/// the stories that are new each time are in EngineProperties.
/// </summary>
public class KnownStories
{
    private const int Stories = 300;

    [Fact]
    public void Engine_tells_what_a_naive_model_tells_of_stories_that_are_always_the_same()
    {
        for (var story = 1u; story <= Stories; story++)
        {
            SmallestStory.Check(PlantStory.Any.Generate(new PCG(story, story), min: null, out _), TwoTellings.Compare);
        }
    }
}
