using EdgeAlarm.Engine;
using EdgeAlarm.OpcUa.Client;

namespace EdgeAlarm.Gateway.Acquisition;

/// <summary>Tries items that the server refused, or whose node went, again: each alone, for ever, so that one bad item never costs another (F-13).</summary>
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
        try
        {
            var before = tag.Status;
            part.Tags.Take(await _asked!, _subscription!);
            if (tag.Status.IsGood && before.IsBad)
            {
                source.Logger.ItemRecovered(source.Name, tag.Tag.Name);
            }
            if (tag.Status != before)
            {
                await source.Sink.TagMonitoredAsync(tag.Tag.Index, new Quality(tag.Status.Code), cancellationToken);
            }
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
