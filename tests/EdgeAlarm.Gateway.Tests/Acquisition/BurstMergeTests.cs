using CsCheck;
using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Acquisition;
using EdgeAlarm.Gateway.Tests.Alarming;
using EdgeAlarm.OpcUa.Client;

namespace EdgeAlarm.Gateway.Tests.Acquisition;

/// <summary>A burst lists its samples item by item; what hands it on puts them in the plant's order (design §3: a burst never misses what live raises).</summary>
public class BurstMergeTests
{
    private static readonly AlarmConfiguration NoFlow = new(
        [new("PLC1")],
        [new("P101_RUN", 0, ""), new("FT101", 0, "m3/h")],
        [
            Alarm(ConditionType.Expression, onDelay: 10) with
            {
                Expression = new(
                    [
                        new ExpressionStep(ExpressionOperator.Tag), new ExpressionStep(ExpressionOperator.Tag, Operand: 1), new ExpressionStep(ExpressionOperator.Number, 0.5),
                        new ExpressionStep(ExpressionOperator.Less), new ExpressionStep(ExpressionOperator.And),
                    ],
                    [0, 1]),
            },
        ]);

    private readonly SteppedTime _time = new(new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero));
    private readonly RecordingSink _sink = new();
    private readonly AcknowledgementQueue _acknowledgements = new();
    private readonly PlantClock _clock;
    private readonly BurstMerge _merge;
    private uint _sequence;

    public BurstMergeTests()
    {
        _clock = new(_time, new(_time.GetUtcNow().UtcTicks));
        _merge = new(_sink, _clock, _acknowledgements);
    }

    [Fact]
    public async Task Samples_of_a_message_go_on_in_the_order_of_the_plant_and_those_of_a_tag_in_their_own()
    {
        // the clock of tag 1 was set back: its last word stays its last
        await SendAsync(more: false, (0, 5, 1), (0, 25, 2), (1, 2, 3), (1, 30, 4), (1, 3, 5));
        Assert.Equal([3, 1, 2, 4, 5], Values());
    }

    [Fact]
    public async Task A_sample_without_a_time_came_when_it_was_received_behind_all_others()
    {
        await SendAsync(more: false, (0, -1, 1), (1, 2, 2));
        Assert.Equal([2, 1], Values());
    }

    [Fact]
    public async Task What_the_server_cut_into_several_messages_goes_on_as_one_under_the_last_number()
    {
        await SendAsync(more: true, (0, 5, 1), (0, 25, 2));
        await SendAsync(more: true, (1, 2, 3));
        Assert.Empty(_sink.Entries);
        await SendAsync(more: false, (1, 30, 4));

        Assert.Equal([3, 1, 2, 4], Values());
        Assert.Equal(3u, Assert.Single(_sink.Notifications).Sequence);
        Assert.Equal(PlantTime.Never, _merge.DueAt);
    }

    // the server forgets what is acknowledged: a crash would lose what is held
    [Fact]
    public async Task What_is_held_is_not_acknowledged_because_a_later_message_of_another_subscription_is_stored()
    {
        await SendAsync(more: true, (0, 5, 1));
        await _merge.NotificationAsync(new(2, 9, _clock.Now, false, ReadOnlyMemory<Sample>.Empty), TestContext.Current.CancellationToken);
        _acknowledgements.Flushed(2, 9);
        Assert.Equal([(2u, 9u)], Acknowledged());

        await SendAsync(more: false, (0, 25, 2));
        _acknowledgements.Flushed(7, 2);
        Assert.Equal([(7u, 1u), (7u, 2u)], Acknowledged());
    }

    // its number may come again
    [Fact]
    public async Task What_was_held_of_a_subscription_that_is_gone_goes_on_and_is_not_acknowledged()
    {
        await SendAsync(more: true, (0, 5, 1));
        _merge.Forget(7);
        await _merge.SourceDownAsync("cable", TestContext.Current.CancellationToken);
        _acknowledgements.Flushed(7, 1);
        Assert.Equal([1], Values());
        Assert.Empty(Acknowledged());

        await SendAsync(more: false, (0, 25, 2));
        _acknowledgements.Flushed(7, 2);
        Assert.Equal([(7u, 2u)], Acknowledged());
    }

    [Fact]
    public async Task What_is_told_of_the_source_stands_behind_what_was_held_before_it()
    {
        await SendAsync(more: true, (0, 5, 1));
        await _merge.GapFoundAsync(0, _clock.Now, _clock.Now, GapCause.Overflow, TestContext.Current.CancellationToken);
        await SendAsync(more: true, (0, 25, 2));
        await _merge.SourceDownAsync("cable", TestContext.Current.CancellationToken);

        Assert.Equal(["PlcNotification", "Gap", "PlcNotification", "Down"], _sink.Entries.Select(entry => entry.GetType().Name));
    }

    [Fact]
    public async Task A_server_that_always_says_that_more_waits_holds_an_alarm_up_for_no_more_than_a_moment()
    {
        await SendAsync(more: true, (0, 5, 1));
        Assert.Equal(_clock.Now + BurstMerge.HeldFor, _merge.DueAt);
        await _merge.HandOnWhereDueAsync(TestContext.Current.CancellationToken);
        Assert.Empty(_sink.Entries);
        _time.Advance(BurstMerge.HeldFor);
        await _merge.HandOnWhereDueAsync(TestContext.Current.CancellationToken);
        Assert.Equal([1], Values());

        await SendAsync(more: true, (0, 6, 2));
        _time.Advance(BurstMerge.HeldFor);
        await SendAsync(more: true, (0, 7, 3));
        Assert.Equal([1, 2, 3], Values());
    }

    [Fact]
    public async Task A_burst_that_is_too_large_to_be_held_comes_in_parts()
    {
        var many = Enumerable.Range(0, BurstMerge.SamplesMax).Select(second => (0, (double)second, 1.0)).ToArray();
        await SendAsync(more: true, many);
        Assert.Equal(BurstMerge.SamplesMax, Assert.Single(_sink.Notifications).Samples.Length);
    }

    [Fact]
    public async Task Messages_of_another_subscription_and_keep_alives_do_not_wait_for_a_burst()
    {
        await SendAsync(more: true, (0, 5, 1));
        await _merge.NotificationAsync(new(8, 1, _clock.Now, false, new[] { SampleOf(1, 2, 3) }), TestContext.Current.CancellationToken);
        await _merge.NotificationAsync(new(7, 0, _clock.Now, false, ReadOnlyMemory<Sample>.Empty), TestContext.Current.CancellationToken);

        Assert.Equal([(8u, 1u), (7u, 1u), (7u, 0u)], _sink.Notifications.Select(message => (message.Subscription, message.Sequence)));
    }

    [Fact]
    public async Task A_pump_that_ran_without_flow_is_raised_though_the_burst_tells_the_flow_first()
    {
        await SendAsync(more: true, (1, 5, 0.2), (1, 25, 3));
        await SendAsync(more: false, (0, 2, 1));

        Assert.Equal([15], Raised(NoFlow, _sink.Samples));
    }

    // live: each sample as it comes to be. Burst: each tag's samples in a row, the tags in any order, cut into messages anywhere
    [Fact]
    public void A_burst_raises_whatever_live_raises_however_the_server_lists_and_cuts_it()
    {
        var step = Gen.Select(Gen.Int[0, 1], Gen.OneOf(0.5, 1, 3, 7, 20), Gen.OneOf(0.0, 0.2, 1, 3, 80, 95));
        Gen.Select(step.Array[1, 30], Gen.OneOf(Alarms), Gen.Bool, Gen.Int[1, 5]).Sample(
            (steps, alarm, isReversed, length) =>
            {
                var at = 0.0;
                var samples = steps.Select(each => SampleOf(each.Item1, at += each.Item2, each.Item3)).ToList();
                var sink = new RecordingSink();
                var merge = new BurstMerge(sink, _clock, new());
                var listed = isReversed ? samples.OrderByDescending(sample => sample.Tag) : samples.OrderBy(sample => sample.Tag);
                var messages = listed.Chunk(length).ToList();
                for (var index = 0; index < messages.Count; index++)
                {
                    var message = new PlcNotification(7, (uint)index + 1, _clock.Now, false, messages[index]) { HasMore = index < messages.Count - 1 };
                    Assert.True(merge.NotificationAsync(message, CancellationToken.None).AsTask().IsCompletedSuccessfully);
                }

                var configuration = NoFlow with { Alarms = [alarm] };
                Assert.Equal(Raised(configuration, samples), Raised(configuration, sink.Samples));
            },
            iter: 2_000,
            threads: 1);
    }

    private static AlarmDefinition[] Alarms =>
    [
        NoFlow.Alarms[0],
        NoFlow.Alarms[0] with { OnDelay = TimeSpan.Zero },
        Alarm(ConditionType.Hi, onDelay: 3) with { SetpointTag = 1, Deadband = 0.5 },
        Alarm(ConditionType.Discrepancy, onDelay: 0) with { SetpointTag = 1, Window = TimeSpan.FromSeconds(5) },
    ];

    private static AlarmDefinition Alarm(ConditionType type, double onDelay) => new(
        "P101_NO_FLOW", 0, "Pumps", "Pump runs without flow", type, 0, 0, TimeSpan.FromSeconds(onDelay), TimeSpan.FromSeconds(1), BadQualityPolicy.Hold, AlarmPriority.High, "process", true);

    // seconds at which the alarm came, for samples that arrive together a minute later
    private List<double> Raised(AlarmConfiguration configuration, IReadOnlyList<Sample> samples)
    {
        var engine = new AlarmEngine(configuration);
        var events = new List<AlarmEvent>();
        var start = new PlantTime(_clock.Now.Ticks - TimeSpan.FromHours(1).Ticks);
        _ = engine.Step(new SourceClockMeasured(start, 0, TimeSpan.Zero, Synchronised: true), events);
        _ = engine.Step(new SourceUp(start, 0, SourceRecovery.Connected), events);
        engine.Step(SampleOf(0, 0, 0), events);
        engine.Step(SampleOf(1, 0, 3), events);
        foreach (var sample in samples)
        {
            engine.Step(in sample, events);
        }

        _ = engine.Step(new Tick(_clock.Now), events);
        return [.. events.Where(e => e.Kind == EventKind.Activated).Select(e => (e.ConditionTime - start).TotalSeconds)];
    }

    private IEnumerable<(uint, uint)> Acknowledged() => _acknowledgements.Take(10).Select(each => (each.SubscriptionId, each.SequenceNumber));

    private List<double> Values() => [.. _sink.Samples.Select(sample => sample.Value.AsNumber())];

    private async Task SendAsync(bool more, params (int Tag, double At, double Value)[] samples)
    {
        var message = new PlcNotification(7, ++_sequence, _clock.Now, false, samples.Select(each => SampleOf(each.Tag, each.At, each.Value)).ToArray()) { HasMore = more };
        await _merge.NotificationAsync(message, TestContext.Current.CancellationToken);
    }

    // seconds since an hour ago; before that: without a time
    private Sample SampleOf(int tag, double at, double value)
    {
        var source = at < 0 ? UtcTime.Missing : new UtcTime(_clock.Now.Ticks - TimeSpan.FromHours(1).Ticks + TimeSpan.FromSeconds(at).Ticks);
        return new(tag, TagValue.From(value), Quality.Good, source, UtcTime.Missing, new(_clock.Now.Ticks), _clock.Now);
    }
}
