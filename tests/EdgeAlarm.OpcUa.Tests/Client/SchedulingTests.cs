using EdgeAlarm.OpcUa.Client;

namespace EdgeAlarm.OpcUa.Tests.Client;

public class SchedulingTests
{
    [Fact]
    public void Back_off_grows_from_one_to_thirty_seconds_with_at_most_a_fifth_of_jitter()
    {
        var backOff = new BackOff(new Random(1));
        int[] seconds = [1, 2, 5, 10, 30, 30, 30];
        foreach (var expected in seconds)
        {
            Assert.InRange(backOff.AfterFailure().TotalSeconds, expected, expected * 1.2);
        }
        backOff.Reset();
        Assert.InRange(backOff.AfterFailure().TotalSeconds, 1, 1.2);
    }

    // opcua-security: after a certificate or password was refused, not before a minute has passed
    [Fact]
    public void A_refusal_is_never_tried_again_within_a_minute()
    {
        var backOff = new BackOff(new Random(1));
        for (var i = 0; i < 20; i++)
        {
            Assert.InRange(backOff.AfterRefusal().TotalSeconds, 60, 360);
        }
    }

    // F-1: a queue of one lost three of four samples, silently
    [Fact]
    [Trait("Field", "F-1")]
    public void Queue_holds_every_sample_of_the_outage_it_has_to_ride_out()
    {
        var asked = QueueSizing.Ask(TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(30));
        Assert.Equal(306u, asked);
        Assert.True(QueueSizing.RidesOut(asked, TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(500)) >= TimeSpan.FromSeconds(30));
        Assert.Equal(TimeSpan.Zero, QueueSizing.RidesOut(1, TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(500)));
        Assert.Equal(QueueSizing.QueueMin, QueueSizing.Ask(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(1), TimeSpan.Zero));
        Assert.Equal(QueueSizing.QueueMax, QueueSizing.Ask(TimeSpan.Zero, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)));
    }

    [Fact]
    public void Publish_window_shrinks_to_what_the_server_bears_and_never_to_none()
    {
        var window = new PublishWindow(5);
        window.Refused(4);
        window.Refused(3);
        Assert.Equal(3, window.Limit);
        window.Refused(9);
        Assert.Equal(3, window.Limit);
        window.Refused(0);
        Assert.Equal(1, window.Limit);
    }

    [Fact]
    [Trait("Field", "F-10")]
    public void What_a_server_once_refused_is_never_asked_of_it_again_however_many_are_wanted()
    {
        var window = new PublishWindow(8);
        window.Refused(3);
        window.Want(10);
        Assert.Equal(3, window.Limit);
        window.Want(2);
        Assert.Equal(2, window.Limit);
        Assert.Throws<ArgumentOutOfRangeException>(() => window.Want(PublishWindow.OutstandingMax + 1));
    }

    // ceil(round trip / publishing interval) of each subscription, and one more; one server hangs beyond ten
    [Theory]
    [InlineData(1, 250, 1, 2)]
    [InlineData(1, 250, 4, 5)]
    [InlineData(600, 250, 1, 4)]
    [InlineData(600, 250, 2, 7)]
    [InlineData(5000, 100, 1, 10)]
    [InlineData(0, 250, 50, 10)]
    public void Publish_requests_cover_a_round_trip_of_every_subscription(int roundTripMs, int publishingMs, int subscriptions, int needed) =>
        Assert.Equal(needed, PublishWindow.Needed(TimeSpan.FromMilliseconds(roundTripMs), TimeSpan.FromMilliseconds(publishingMs), subscriptions));

    [Fact]
    public void Only_what_is_flushed_is_acknowledged_and_with_it_all_that_was_handed_on_before()
    {
        var queue = new AcknowledgementQueue();
        queue.Delivered(7, 4);
        queue.Delivered(8, 1);
        queue.Delivered(7, 5);
        queue.Delivered(8, 2);
        Assert.Empty(queue.Take(100));
        queue.Flushed(8, 5);
        queue.Flushed(7, 99);
        Assert.Empty(queue.Take(100));
        queue.Flushed(7, 5);
        Assert.Equal([new(7, 4)], queue.Take(1));
        Assert.Equal([new(8, 1), new(7, 5)], queue.Take(100));
        Assert.Empty(queue.Take(100));
    }

    // a state that lasted less than a sample interval was never seen, and with a queue of one neither was one within a publishing interval
    [Theory]
    [Trait("Field", "F-1")]
    [InlineData(50, 100, 500, 100)]
    [InlineData(2, 1000, 500, 1000)]
    [InlineData(1, 100, 500, 500)]
    [InlineData(1, 1000, 500, 1000)]
    [InlineData(10, 0, 500, 0)]
    public void The_shortest_pulse_that_is_certain_to_be_seen_follows_from_the_revised_values(uint queue, int samplingMs, int publishingMs, int detectableMs) =>
        Assert.Equal(
            TimeSpan.FromMilliseconds(detectableMs),
            QueueSizing.DetectablePulse(queue, TimeSpan.FromMilliseconds(samplingMs), TimeSpan.FromMilliseconds(publishingMs)));
    [Fact]
    public void Nothing_of_a_subscription_that_is_gone_is_acknowledged()
    {
        var queue = new AcknowledgementQueue();
        queue.Delivered(7, 4);
        queue.Delivered(8, 1);
        queue.Delivered(7, 5);
        queue.Flushed(8, 1);
        queue.Forget(7);
        queue.Flushed(7, 5);
        Assert.Equal([new(8, 1)], queue.Take(100));
    }

    // F-65: half an hour of clock difference and nobody named it
    [Fact]
    [Trait("Field", "F-65")]
    public void Clock_offset_is_the_middle_of_the_round_trip_minus_the_servers_time()
    {
        var clock = new ServerClock();
        var second = TimeSpan.TicksPerSecond;
        Assert.True(clock.Measure(1000 * second, (1000 * second) + (second / 10), 700 * second));
        Assert.Equal(TimeSpan.FromSeconds(300.05), clock.Offset);
        Assert.True(clock.Synchronised);
        Assert.False(clock.Measure(1005 * second, (1005 * second) + (second / 10), 705 * second));
    }

    [Fact]
    [Trait("Field", "F-66")]
    public void A_server_clock_that_steps_is_not_trusted_until_two_measurements_agree()
    {
        var clock = new ServerClock();
        var second = TimeSpan.TicksPerSecond;
        clock.Measure(1000 * second, 1000 * second, 1000 * second);
        Assert.True(clock.Measure(1010 * second, 1010 * second, 4610 * second));
        Assert.False(clock.Synchronised);
        Assert.True(clock.Measure(1020 * second, 1020 * second, 4620 * second));
        Assert.True(clock.Synchronised);
        Assert.Equal(TimeSpan.FromHours(-1), clock.Offset);
    }

    [Fact]
    public void A_round_trip_that_is_too_long_says_nothing_about_the_clock()
    {
        var clock = new ServerClock();
        var second = TimeSpan.TicksPerSecond;
        Assert.True(clock.Measure(1000 * second, 1003 * second, 1000 * second));
        Assert.False(clock.Synchronised);
        Assert.False(clock.Measure(1010 * second, 1013 * second, 1010 * second));
    }
}
