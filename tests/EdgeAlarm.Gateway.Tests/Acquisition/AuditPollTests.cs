using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Acquisition;

namespace EdgeAlarm.Gateway.Tests.Acquisition;

/// <summary>What an audit believes and what it proves, in virtual time: cycle 60 s, two tags a call, a change is notified within 2 s.</summary>
public class AuditPollTests
{
    private const uint BadNodeIdUnknown = 0x8034_0000;
    private const uint BadUserAccessDenied = 0x801F_0000;
    private static readonly PlantTime Start = new(10_000_000_000);
    private readonly MonitoredTag[] _tags;
    private readonly AuditPoll _audit;

    public AuditPollTests()
    {
        _tags = [.. Enumerable.Range(0, 5).Select(tag => new MonitoredTag(new PlcTag(tag, $"T{tag}", $"nsu=urn:x;s=T{tag}", TimeSpan.Zero), (uint)tag + 1, static () => { }) { ItemId = 100 })];
        foreach (var tag in _tags)
        {
            Notify(tag, 0, 50);
        }
        _audit = new(_tags, TimeSpan.FromSeconds(60), perCall: 2, TimeSpan.FromSeconds(2), Start);
    }

    [Fact]
    public void Each_tag_is_read_once_a_cycle_and_the_readings_are_spread_over_it()
    {
        var read = new List<(double At, string Names)>();
        while (At(_audit.Due) < 130)
        {
            var now = _audit.Due;
            var reading = _audit.Next(now, now);
            read.Add((At(now), string.Join(' ', reading.Tags.Select(tag => tag.Tag.Name))));
            Assert.Empty(_audit.Judge(reading, [.. reading.Tags.Select(tag => tag.Last)], now));
        }

        Assert.Equal([(20, "T0 T1"), (40, "T2 T3"), (60, "T4"), (80, "T0 T1"), (100, "T2 T3"), (120, "T4")], read);
        Assert.True(_audit.IsClean);
    }

    // the session was connected, other tags were fine, and one tag's change never came
    [Fact]
    [Trait("Field", "F-8")]
    [Trait("Field", "F-18")]
    public void A_change_that_was_not_notified_is_found_by_the_second_reading()
    {
        Assert.Empty(Read(20, 50, 96));
        Assert.Equal(22, At(_audit.Due));
        var finding = Assert.Single(Read(22, 96));
        Assert.Equal(("T1", TagValue.From(96.0), Start), (finding.Tag.Tag.Name, finding.Sample.Value, finding.Since));
        Assert.False(_audit.IsClean);
        Assert.False(_audit.IsSubscriptionSuspect);
    }

    [Fact]
    public void A_change_whose_notification_was_on_its_way_is_none()
    {
        Assert.Empty(Read(20, 50, 96));
        Notify(_tags[1], 21, 96);
        Assert.Empty(_audit.Next(Time(22), Time(22)).Tags);
        Assert.Equal(40, At(_audit.Due));
        Assert.True(_audit.IsClean);
    }

    [Fact]
    public void A_notification_that_came_while_the_answer_was_awaited_proves_nothing()
    {
        var reading = _audit.Next(Time(20), Time(20));
        Notify(_tags[1], 20.1, 96);
        Assert.Empty(_audit.Judge(reading, [Sample(0, 20, 50), Sample(1, 20, 50)], Time(20)));
        Assert.Equal(40, At(_audit.Due));
    }

    // the loop was blocked for minutes by a full inbox: what the server queued meanwhile has to come first, in its order
    [Fact]
    [Trait("Field", "F-8")]
    public void A_second_reading_that_comes_late_is_a_first_one()
    {
        Assert.Empty(Read(20, 50, 96));
        Assert.Empty(Read(24.1, 96));
        Assert.Equal(26.1, At(_audit.Due), 3);
        Assert.Equal("T1", Assert.Single(Read(26.1, 96)).Tag.Tag.Name);
    }

    [Fact]
    [Trait("Field", "F-8")]
    public void A_second_reading_proves_nothing_before_the_subscription_was_heard_since_the_first()
    {
        Assert.Empty(Read(20, 50, 96));
        var reading = _audit.Next(Time(22), heard: Time(20));
        Assert.Equal(["T1"], reading.Tags.Select(tag => tag.Tag.Name));
        Assert.Empty(_audit.Judge(reading, [Sample(1, 22, 96)], Time(22)));
        Assert.Single(Read(24, 96));
    }

    // a server that notifies values only: the sensor failed, and nobody was told
    [Fact]
    [Trait("Field", "F-5")]
    [Trait("Field", "F-21")]
    public void A_status_that_was_not_notified_is_found_as_well()
    {
        Assert.Empty(Judge(20, (0, 50, 0), (1, 50, BadNodeIdUnknown)));
        Assert.Equal(BadNodeIdUnknown, Assert.Single(Judge(22, (1, 50, BadNodeIdUnknown))).Sample.Quality.Code);
    }

    // the item was made, and never sent anything
    [Fact]
    [Trait("Field", "F-4")]
    public void An_item_that_never_sent_its_first_value_is_found()
    {
        _tags[0].LastSample = null;
        Assert.Empty(Read(20, 50, 50));
        Assert.Null(Assert.Single(Read(22, 50)).Since);
    }

    [Fact]
    public void What_may_not_be_read_or_comes_from_an_old_cache_proves_nothing()
    {
        _tags[1].Last = Sample(1, 25, 96);
        Assert.Empty(Judge(20, (0, 50, BadUserAccessDenied), (1, 50, 0)));
        Assert.Equal(40, At(_audit.Due));
    }

    [Fact]
    public void What_is_not_monitored_is_not_audited()
    {
        _tags[0].ItemId = 0;
        Assert.Equal(["T1", "T2"], _audit.Next(Time(20), Time(20)).Tags.Select(tag => tag.Tag.Name));
    }

    [Fact]
    public void Many_findings_in_one_cycle_are_the_fault_of_the_subscription()
    {
        var tags = Enumerable.Range(0, 11).Select(tag => new MonitoredTag(new PlcTag(tag, $"T{tag}", "i=1", TimeSpan.Zero), (uint)tag + 1, static () => { }) { ItemId = 1 }).ToArray();
        var audit = new AuditPoll(tags, TimeSpan.FromSeconds(10), perCall: 20, TimeSpan.FromSeconds(1), Start);
        Assert.Empty(audit.Judge(audit.Next(Time(10), Time(10)), [.. tags.Select(tag => Sample(tag.Tag.Index, 10, 1))], Time(10)));
        Assert.Equal(11, audit.Judge(audit.Next(Time(11), Time(11)), [.. tags.Select(tag => Sample(tag.Tag.Index, 11, 1))], Time(11)).Count);
        Assert.True(audit.IsSubscriptionSuspect);
        for (var at = 20; at <= 40; at += 10)
        {
            Assert.Equal(at == 40, audit.IsClean);
            audit.Next(Time(at), Time(at));
            audit.Failed(Time(at));
            Assert.False(audit.IsSubscriptionSuspect);
        }
    }

    private static PlantTime Time(double seconds) => Start + TimeSpan.FromSeconds(seconds);

    private static double At(PlantTime time) => (time - Start).TotalSeconds;

    private static Sample Sample(int tag, double at, double value, uint quality = 0) =>
        new(tag, TagValue.From(value), new Quality(quality), new UtcTime(Time(at).Ticks), default, default, Time(at));

    private static void Notify(MonitoredTag tag, double at, double value) => (tag.LastSample, tag.Last) = (Time(at), Sample(tag.Tag.Index, at, value));

    private IReadOnlyList<AuditFinding> Read(double at, params double[] values)
    {
        var reading = _audit.Next(Time(at), Time(at));
        return _audit.Judge(reading, [.. reading.Tags.Zip(values, (tag, value) => Sample(tag.Tag.Index, at, value))], Time(at));
    }

    private IReadOnlyList<AuditFinding> Judge(double at, params (int Tag, double Value, uint Quality)[] answers)
    {
        var reading = _audit.Next(Time(at), Time(at));
        Assert.Equal(answers.Select(answer => $"T{answer.Tag}"), reading.Tags.Select(tag => tag.Tag.Name));
        return _audit.Judge(reading, [.. answers.Select(answer => Sample(answer.Tag, at, answer.Value, answer.Quality))], Time(at));
    }
}
