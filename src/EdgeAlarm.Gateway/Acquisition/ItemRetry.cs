using EdgeAlarm.Engine;
using EdgeAlarm.OpcUa.Client;

namespace EdgeAlarm.Gateway.Acquisition;

/// <summary>
/// Tries items that the server refused, or whose node went, again: each alone, for ever, so that one bad item never costs another (F-13). One that still has an item is told
/// as not monitored first, in a step of its own: whatever the attempt ends with, nobody believes a tag that nobody hears.
/// </summary>
internal sealed class ItemRetry(SourceContext source, TagSubscription part, UaSession session) : IChore
{
    private MonitoredTag? _tag;
    private UaSubscription? _subscription;
    private Task<ItemResult>? _asked;

    /// <inheritdoc />
    public PlantTime DueAt => part.Subscription is not null && part.Tags.Earliest() is { } tag ? tag.RetryAt : PlantTime.Never;

    /// <inheritdoc />
    public Task AskAsync(CancellationToken cancellationToken)
    {
        // due, so there is a tag and a subscription
        _tag = part.Tags.Earliest()!;
        _subscription = part.Subscription!;
        if (_tag.ItemId != 0)
        {
            _asked = null;
            part.Tags.TakeOutOfService(_tag);
            return Task.CompletedTask;
        }
        part.Tags.Postpone(_tag);
        return _asked = part.Tags.AskAgainAsync(_tag, session, _subscription, cancellationToken);
    }

    /// <inheritdoc />
    public async Task<FeedEnd?> TakeAsync(Task asked, CancellationToken cancellationToken)
    {
        var tag = _tag!; // set by the question
        if (part.Subscription != _subscription)
        {
            // made anew meanwhile, with all its items
            return null;
        }
        if (_asked is null)
        {
            await source.Sink.TagMonitoredAsync(tag.Tag.Index, new Quality(tag.Status.Code), cancellationToken);
            return null;
        }
        try
        {
            var before = tag.Status;
            var result = await _asked;
            tag.Outworn = 0;
            part.Tags.Take(result, _subscription!);
            TagProblems.Tell(source.Name, [tag], source.Logger);
            source.Memory.HasToCompare |= tag.IsToBeCompared;
            if (tag.Status.IsGood && before.IsBad)
            {
                source.Logger.ItemRecovered(source.Name, tag.Tag.Name);
            }
            if (tag.Status != before)
            {
                await source.Sink.TagMonitoredAsync(tag.Tag.Index, new Quality(tag.Status.Code), cancellationToken);
            }
            await source.TellSeenAgainAsync(tag, cancellationToken);
        }
        catch (UaClientException failed)
        {
            // the call failed, not the item: it stays postponed, and a broken connection is found by the watchdog
            if (failed.Failure is UaFailure.Timeout or UaFailure.Protocol)
            {
                // the server may have made an item whose number we shall never learn
                part.Tags.GiveUpHandle(tag);
                part.IsToBeCounted = true;
            }
        }
        return null;
    }
}
