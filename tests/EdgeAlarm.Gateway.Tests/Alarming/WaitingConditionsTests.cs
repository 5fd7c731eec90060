using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Alarming;

namespace EdgeAlarm.Gateway.Tests.Alarming;

/// <summary>What stands when all that waited was taken is what was said last, whatever was left out.</summary>
public sealed class WaitingConditionsTests
{
    [Theory]
    [InlineData("on", "on")]
    [InlineData("on off", "on off")]
    [InlineData("on off on", "on")]
    [InlineData("on off on off", "on off")]
    [InlineData("off on off", "off")]
    [InlineData("on on on", "on")]
    [InlineData("on off off on on", "on")]
    public void A_condition_that_comes_and_goes_before_the_next_turn_is_told_at_most_twice_and_ends_as_it_was_said_last(string said, string told)
    {
        var waiting = new WaitingConditions();
        foreach (var word in said.Split(' '))
        {
            waiting.Add(new(PlantTime.Zero, "SYS_DISK", word is "on", word));
        }

        Assert.Equal(told.Split(' '), Taken(waiting).Select(change => change.Active ? "on" : "off"));
    }

    [Fact]
    public void Of_many_conditions_that_flap_none_is_lost_and_the_queue_is_no_longer_than_two_each()
    {
        var waiting = new WaitingConditions();
        for (var turn = 0; turn < 10_000; turn++)
        {
            waiting.Add(new(PlantTime.Zero, $"SYS_{turn % 7}", turn / 7 % 2 == 0, turn.ToString(System.Globalization.CultureInfo.InvariantCulture)));
            Assert.InRange(waiting.Count, 1, 14);
        }

        var last = Taken(waiting).GroupBy(change => change.Name).ToDictionary(group => group.Key, group => group.Last().Detail);
        Assert.Equal(7, last.Count);
        Assert.Equal("9999", last["SYS_3"]);
    }

    private static IEnumerable<SystemConditionChanged> Taken(WaitingConditions waiting)
    {
        while (waiting.TryTake(out var change))
        {
            yield return change;
        }
    }
}
