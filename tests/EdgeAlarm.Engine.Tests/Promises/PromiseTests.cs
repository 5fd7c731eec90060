using EdgeAlarm.Engine.Tests.Properties;

namespace EdgeAlarm.Engine.Tests.Promises;

/// <summary>The promises over random alarm lists, whose inputs lie on the boundaries of their limits and delays; time goes as the pump lets it go, deadline by deadline.</summary>
public class PromiseTests
{
    [Fact]
    public void No_alarm_list_breaks_a_promise() => Check(lists: 300);

    [Fact]
    [Trait("Category", "Long")]
    public void No_alarm_list_breaks_a_promise_in_ten_thousand() => Check(lists: 10_000);

    // a failure prints the seed that makes the list again
    private static void Check(int lists) => PlantStory.Any.Check(story => Watched.Run(story), lists);
}
