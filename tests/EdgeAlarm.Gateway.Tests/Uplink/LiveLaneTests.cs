using EdgeAlarm.Gateway.Recorder;
using EdgeAlarm.Gateway.Tests.Outbox;
using EdgeAlarm.Gateway.Uplink;

namespace EdgeAlarm.Gateway.Tests.Uplink;

/// <summary>Which alarms go ahead of their turn. Nothing rests on it, so it may forget; it never sends one twice and never one that was sent.</summary>
public sealed class LiveLaneTests
{
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(250);
    private readonly JournalDouble _journal = new();
    private readonly LiveLane _lane = new(waitingMax: 4, Grace);

    [Fact]
    public void The_most_urgent_go_first_of_those_the_newest_and_each_once()
    {
        Offer("low", "high", "critical", "high");
        Assert.Equal([3, 4], Take(Grace, next: 1, countMax: 2));
        Assert.Equal([2, 1], Take(Grace, next: 1));
        Assert.Empty(Take(Grace, next: 1));
    }

    [Fact]
    public void The_ordered_lane_has_its_time_first_and_what_it_sent_meanwhile_does_not_go()
    {
        Offer("high", "high", "high");
        Assert.Empty(Take(Grace - TimeSpan.FromMilliseconds(1), next: 1));
        Assert.Equal([3], Take(Grace, next: 3));
        Assert.Equal(0, _lane.Count);
    }

    [Fact]
    public void When_it_is_full_the_least_urgent_oldest_one_goes_after_those_that_were_sent()
    {
        Offer("low", "low", "high", "low");
        Offer("critical");
        Assert.Equal([5, 3, 4, 2], Take(Grace, next: 1));

        Offer("low", "low", "low", "low");
        Take(TimeSpan.Zero, next: 8);
        Offer("medium", "medium");
        Assert.Equal([11, 10, 9, 8], Take(Grace, next: 8));
    }

    [Fact]
    public void Only_alarms_that_an_operator_is_told_of_are_remembered()
    {
        Offer(null, "journal");
        Assert.Equal(0, _lane.Count);
        _lane.Offer([new StoredEvent(_journal.Epoch, 3, """{"kind":"Returned","priority":"high"}"""u8.ToArray()), new StoredEvent(_journal.Epoch, 4, """{"kind":"Activated","suppression":["Shelved"],"priority":"high"}"""u8.ToArray())], TimeSpan.Zero);
        Assert.Equal(0, _lane.Count);
    }

    private void Offer(params string?[] priorities)
    {
        foreach (var priority in priorities)
        {
            _lane.Offer(_journal.Append(1, priority: priority), TimeSpan.Zero);
        }
    }

    private IEnumerable<long> Take(TimeSpan now, long next, int countMax = 10) => _lane.Take(now, _journal.Epoch, next, countMax).Select(stored => stored.Seq);
}
