using EdgeAlarm.Engine;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Client;
using EdgeAlarm.OpcUa.Services;
using Microsoft.Extensions.Logging;

namespace EdgeAlarm.Gateway.Acquisition;

/// <summary>
/// Asks the server for its history of gaps: one gap after the other, one page a chore, so that it is never in the way of what is live, and not before the server's recorder
/// has caught up. Only tags whose nodes say that they have history are asked for; most PLCs keep none. It outlives the feed: a gap whose reading broke is read again.
/// </summary>
internal sealed class GapHistory(OpcUaPlcOptions options, IReadOnlyList<TagSubscription> parts, IPlcSink sink, PlantClock clock, ILogger logger) : IChore
{
    /// <summary>Gaps that wait; the oldest go first, which is told.</summary>
    public const int WaitingMax = 100;

    private const int AttemptsMax = 3;
    private const byte HistoryRead = 4;
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(1);
    private readonly Queue<WantedHistory> _waiting = new();
    private readonly Dictionary<NodeId, bool> _keeps = [];
    private TimeSpan _offset;
    private UaSession? _session;
    private WantedHistory? _gap;
    private MonitoredTag[] _asked = [];
    private IAsyncEnumerator<HistoryPage>? _pages;
    private IAsyncEnumerator<HistoryPage>? _abandoned;
    private bool _hasPage;
    private string _toldReason = "";

    /// <inheritdoc />
    public PlantTime DueAt => _gap is not null ? PlantTime.Zero : _waiting.TryPeek(out var next) ? next.End + options.HistoryCatchUp : PlantTime.Never;

    /// <summary>A feed begins; what was being read is read again.</summary>
    public void Begin(UaSession session)
    {
        if (_session != session)
        {
            (_session, _toldReason) = (session, "");
            _keeps.Clear();
        }
        if (_gap is { } gap)
        {
            Again(gap, "its reading broke off");
        }
    }

    /// <summary>Plant time minus the server's clock, as last measured.</summary>
    public void Measured(TimeSpan offset) => _offset = offset;

    /// <summary>Remembers a gap; a null tag means every tag of the source.</summary>
    public void Remember(int? tag, PlantTime start, PlantTime end)
    {
        // a subscription that is made anew has as many gaps as tags, all of the same interval
        if (!_waiting.Any(waiting => waiting.Join(tag, start, end, _offset)))
        {
            Queue(new(tag is { } one ? [one] : null, start, end, _offset));
        }
    }

    /// <inheritdoc />
    public Task AskAsync(CancellationToken cancellationToken)
    {
        // here and not after a wait: the queue is the loop's
        if (_pages is null)
        {
            _gap = _waiting.Dequeue(); // due, so one waits
            _asked = [.. parts.SelectMany(part => part.Tags.All).Where(tag => tag is { IsAnother: false, IsToBeCompared: false, Target: { Status.IsBad: false, Node.IsNull: false } } && _gap.Concerns(tag))];
        }
        return ReadAsync(_gap!, cancellationToken); // pages are of a gap
    }

    /// <inheritdoc />
    public async Task<FeedEnd?> TakeAsync(Task asked, CancellationToken cancellationToken)
    {
        var gap = _gap!; // set by the question
        try
        {
            await asked;
            if (_hasPage)
            {
                await DeliverAsync(gap, _pages!.Current, cancellationToken); // that it has a page was found with it
                return null;
            }
            End();
            Tell(gap);
        }
        catch (UaClientException failed) when (failed.Failure is UaFailure.Service)
        {
            End();
            Miss(gap.Seconds, failed.Message.TrimEnd('.'));
        }
        catch (UaClientException failed)
        {
            // a broken connection is found by the feed
            Again(gap, failed.Message.TrimEnd('.'));
        }
        return null;
    }

    private async Task ReadAsync(WantedHistory gap, CancellationToken cancellationToken)
    {
        if (_abandoned is { } abandoned)
        {
            _abandoned = null;
            await abandoned.DisposeAsync();
        }
        if (_pages is null && _asked.Length > 0)
        {
            _asked = await KeptAsync(_asked, cancellationToken);
        }
        if (_asked.Length == 0)
        {
            _hasPage = false;
            return;
        }
        if (_pages is null)
        {
            var query = new HistoryQuery((gap.Start + -(Overlap + gap.Offset)).Ticks, (gap.End + (Overlap - gap.Offset)).Ticks);
            var nodes = _asked.Select(tag => new HistoryNode(tag.Target.Node, tag.Target.Member)).ToArray();
            var session = _session!; // a feed has begun
            _pages = session.ReadRawAsync(nodes, query, session.Limits, cancellationToken).GetAsyncEnumerator(cancellationToken);
        }
        _hasPage = await _pages.MoveNextAsync();
    }

    // asked once of each node in a session, and not before there is a gap: most PLCs keep no history
    private async Task<MonitoredTag[]> KeptAsync(MonitoredTag[] tags, CancellationToken cancellationToken)
    {
        var session = _session!; // a feed has begun
        var unknown = tags.Select(tag => tag.Target.Node).Where(node => !_keeps.ContainsKey(node)).Distinct().ToArray();
        var levels = await session.ReadManyAsync([.. unknown.Select(node => new ReadValueId { NodeId = node, AttributeId = AttributeIds.AccessLevel })], session.Limits, cancellationToken);
        // a PLC that has just come back may not know yet
        foreach (var (node, level) in unknown.Zip(levels).Where(answer => answer.Second.Status.IsGood))
        {
            _keeps[node] = level.Value.TryGetUInt64(out var access) && (access & HistoryRead) != 0;
        }
        return [.. tags.Where(tag => _keeps.GetValueOrDefault(tag.Target.Node))];
    }

    private async Task DeliverAsync(WantedHistory gap, HistoryPage page, CancellationToken cancellationToken)
    {
        gap.Take(page);
        var tag = _asked[page.Index];
        var samples = new Sample[page.Values.Count];
        for (var index = 0; index < samples.Length; index++)
        {
            var value = page.Values[index];
            samples[index] = new(
                tag.Tag.Index, TagValueReader.Read(value.Value), new Quality(value.Status.Code), new UtcTime(value.SourceTicks), new UtcTime(value.ServerTicks), clock.WallClock,
                new PlantTime(value.SourceTicks) + gap.Offset);
        }
        await sink.HistoryAsync(new(tag.Tag.Index, gap.Start, gap.End, new Quality(page.Status.Code), samples, page.IsLast), cancellationToken);
    }

    private void Tell(WantedHistory gap)
    {
        if (_asked.Length == 0)
        {
            Miss(gap.Seconds, "the server keeps none of these tags");
            return;
        }
        _toldReason = "";
        logger.HistoryRead(options.Source, gap.Seconds, gap.Samples, gap.Answered, _asked.Length - gap.Answered, gap.Refusal?.ToString() ?? "none");
    }

    private void Again(WantedHistory gap, string reason)
    {
        End();
        if (gap.Attempts + 1 < AttemptsMax)
        {
            Queue(new(gap.Tags, gap.Start, gap.End, gap.Offset, gap.Attempts + 1));
            return;
        }
        Miss(gap.Seconds, reason);
    }

    // once for each reason: a subscription that is made anew has as many gaps as tags
    private void Miss(double seconds, string reason)
    {
        if (!string.Equals(reason, _toldReason, StringComparison.Ordinal))
        {
            _toldReason = reason;
            logger.HistoryMissing(options.Source, seconds, reason);
        }
    }

    private void Queue(WantedHistory gap)
    {
        if (_waiting.Count == WaitingMax)
        {
            Miss(_waiting.Dequeue().Seconds, "too many gaps wait for their history");
        }
        _waiting.Enqueue(gap);
    }

    private void End()
    {
        // it releases its continuation points with the next question
        (_abandoned, _pages, _gap) = (_pages ?? _abandoned, null, null);
    }
}
