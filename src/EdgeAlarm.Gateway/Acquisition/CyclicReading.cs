using EdgeAlarm.Engine;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Client;
using EdgeAlarm.OpcUa.Services;

namespace EdgeAlarm.Gateway.Acquisition;

/// <summary>
/// Reads the tags of a source in a cycle, for servers that sample badly or not at all: each at its own sampling interval, and what changed is handed on as if it had been notified.
/// Nothing is kept by the server meanwhile, so a round that comes late is a gap; where it fails as well, its tags are told as not delivering until a round succeeds.
/// </summary>
internal sealed class CyclicReading : IChore
{
    /// <summary>Stands for the item of a tag that is read and has none.</summary>
    public const uint ItemId = uint.MaxValue;

    // a round within two intervals misses no more than one that the sampling may miss as well
    private const int LateIntervals = 2;
    private readonly SourceContext _source;
    private readonly TagSubscription _part;
    private readonly UaSession _session;
    private readonly Round[] _rounds;
    private Round? _round;
    private MonitoredTag[] _tags = [];
    private Task<(IReadOnlyList<DataValue> Values, long At)>? _asked;

    public CyclicReading(SourceContext source, TagSubscription part, UaSession session)
    {
        (_source, _part, _session) = (source, part, session);
        _rounds = [.. part.Tags.All.GroupBy(tag => tag.Tag.Sampling).Select(group => new Round([.. group], group.Key, source.Clock.Now))];
    }

    /// <inheritdoc />
    public PlantTime DueAt
    {
        get
        {
            var due = PlantTime.Never;
            foreach (var round in _part.Subscription is null ? [] : _rounds)
            {
                due = PlantTime.Min(due, round.Due);
            }
            return due;
        }
    }

    /// <inheritdoc />
    public Task AskAsync(CancellationToken cancellationToken)
    {
        _round = _rounds.MinBy(round => round.Due.Ticks)!; // due, so there is one
        _tags = [.. _round.Tags.Where(tag => tag.ItemId != 0)];
        var nodes = _tags.Select(tag => new ReadValueId { NodeId = tag.Target.Node, AttributeId = AttributeIds.Value }).ToArray();
        return _asked = ReadAsync(nodes, cancellationToken);
    }

    /// <inheritdoc />
    public async Task<FeedEnd?> TakeAsync(Task asked, CancellationToken cancellationToken)
    {
        var round = _round!; // set by the question
        try
        {
            var (values, timestamp) = await _asked!;
            if (_part.Subscription is not { } subscription)
            {
                return null;
            }
            var at = PlantTime.Max(_part.LastSeen ?? PlantTime.Zero, _source.Clock.At(timestamp));
            if (round.LateSince(at) is { } since)
            {
                await _source.TellGapAsync(_part, since, at, GapCause.ReadLate, cancellationToken);
            }
            foreach (var tag in _tags.Where(tag => tag.Status == StatusCodes.BadNoCommunication))
            {
                await TellAsync(tag, StatusCodes.Good, cancellationToken);
            }
            var changed = Changed(values, at, _source.Clock.WallClockAt(timestamp));
            if (changed.Length > 0)
            {
                await _source.Sink.NotificationAsync(new(subscription.Id, 0, at, false, changed), cancellationToken);
            }
            round.Read(at);
            await IsolateAsync(values, cancellationToken);
            return null;
        }
        catch (UaClientException failed) when (failed.Failure is UaFailure.Service or UaFailure.Timeout)
        {
            await FailAsync(round, _source.Clock.Now, cancellationToken);
            return null;
        }
        catch (UaClientException failed)
        {
            // a broken connection is found by the feed, too
            return Outcomes.Of(failed);
        }
    }

    private async Task<(IReadOnlyList<DataValue> Values, long At)> ReadAsync(ReadValueId[] nodes, CancellationToken cancellationToken)
    {
        var values = nodes.Length == 0 ? [] : await _session.ReadEachAsync(nodes, _session.Limits, cancellationToken);
        return (values, _source.Time.GetTimestamp());
    }

    // alarms are not armed on values that nobody can see; told once, and again each time that the round succeeded meanwhile
    private async Task FailAsync(Round round, PlantTime now, CancellationToken cancellationToken)
    {
        round.Postpone(now);
        if (_part.Subscription is null || round.LateSince(now) is not { } since || Array.TrueForAll(_tags, tag => tag.Status == StatusCodes.BadNoCommunication))
        {
            return;
        }
        await _source.TellGapAsync(_part, since, now, GapCause.ReadLate, cancellationToken);
        round.ToldUntil(now);
        foreach (var tag in _tags)
        {
            tag.LastSample = null;
            await TellAsync(tag, StatusCodes.BadNoCommunication, cancellationToken);
        }
    }

    // read again alone, rarer and rarer: to find the others behind it costs the server a call for each halving
    private async Task IsolateAsync(IReadOnlyList<DataValue> values, CancellationToken cancellationToken)
    {
        for (var index = 0; index < _tags.Length; index++)
        {
            if (values[index].Status == StatusCodes.BadDecodingError && _part.Tags.Isolate(_tags[index].Handle) is { } isolated)
            {
                _source.Logger.ValueUnreadable(_source.Name, isolated.Tag.Name, isolated.Tag.Address, "malformed when it is read");
                await TellAsync(isolated, isolated.Status, cancellationToken);
            }
        }
    }

    private async Task TellAsync(MonitoredTag tag, StatusCode status, CancellationToken cancellationToken)
    {
        tag.Status = status;
        await _source.Sink.TagMonitoredAsync(tag.Tag.Index, new Quality(status.Code), cancellationToken);
    }

    private Sample[] Changed(IReadOnlyList<DataValue> values, PlantTime now, UtcTime wall)
    {
        var changed = new List<Sample>();
        foreach (var (tag, value) in _tags.Zip(values))
        {
            var sample = SampleReader.OfWhole(tag, value, now, wall);
            if (tag.LastSample is null || tag.Last.Value != sample.Value || tag.Last.Quality != sample.Quality)
            {
                changed.Add(sample);
                tag.Last = sample;
            }
            tag.LastSample = now;
        }
        return [.. changed];
    }

    private sealed class Round(MonitoredTag[] tags, TimeSpan sampling, PlantTime now)
    {
        private readonly TimeSpan _interval = sampling > QueueSizing.FastestAssumed ? sampling : QueueSizing.FastestAssumed;
        private PlantTime? _last;

        public MonitoredTag[] Tags => tags;

        public PlantTime Due { get; private set; } = now;

        public PlantTime? LateSince(PlantTime now) => _last is { } last && now - last > _interval * LateIntervals ? last : null;

        // in step with the interval, but never two rounds to make up for one
        public void Read(PlantTime now) => (_last, Due) = (now, PlantTime.Max(Due + _interval, now));

        // the rest is told with the next success, where that is late as well
        public void ToldUntil(PlantTime now) => _last = now;

        public void Postpone(PlantTime now) => Due = now + _interval;
    }
}
