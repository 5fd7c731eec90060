using EdgeAlarm.Engine;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Client;

namespace EdgeAlarm.Gateway.Acquisition;

/// <summary>
/// Makes one subscription of a live session anew while the others go on delivering: its tags are told as not delivering, then subscription and items are made, and the time
/// between is their gap. Two steps, because the server may send before the items are all made.
/// </summary>
internal sealed class SubscriptionRenewal(SourceContext source, TagSubscription part, UaSession session) : IChore
{
    private const int RarestTimes = 10;
    private UaSubscription? _old;
    private Task<UaSubscription>? _making;
    private Task<IReadOnlyList<ItemResult>>? _asking;
    private int _refusals;

    /// <inheritdoc />
    public PlantTime DueAt => part.RenewAt;

    /// <summary>Ends when a subscription that is being made is there; null where none is.</summary>
    public Task? Making => _making;

    /// <summary>The subscription is worthless: its tags are told at once, and it is made anew with the next chore.</summary>
    public async Task BeginAsync(string reason, CancellationToken cancellationToken)
    {
        source.Logger.SubscriptionLost(source.Name, part.Number, source.Parts.Count, part.Tags.All.Count, reason);
        part.BlindFrom ??= part.LastSeen ?? source.Clock.Now;
        _old = part.Forget();
        if (_old is not null)
        {
            source.Acknowledgements.Forget(_old.Id);
        }
        part.RenewAt = source.Clock.Now;
        foreach (var tag in part.Tags.All)
        {
            tag.Status = StatusCodes.BadNoCommunication;
            await source.Sink.TagMonitoredAsync(tag.Tag.Index, new Quality(tag.Status.Code), cancellationToken);
        }
    }

    /// <inheritdoc />
    public Task AskAsync(CancellationToken cancellationToken) => part.Subscription is { } made
        ? _asking = part.Tags.AskAllAsync(session, made, source.Memory.ComparedIn == session, cancellationToken)
        : _making = MakeAsync(cancellationToken);

    /// <inheritdoc />
    public async Task<FeedEnd?> TakeAsync(Task asked, CancellationToken cancellationToken)
    {
        try
        {
            return asked == _making ? TakeSubscription(await _making!) : await TakeItemsAsync(cancellationToken);
        }
        catch (UaClientException failed)
        {
            return Failed(failed);
        }
        finally
        {
            (_making, _asking) = (null, null);
        }
    }

    private async Task<UaSubscription> MakeAsync(CancellationToken cancellationToken)
    {
        if (_old is { } old)
        {
            _old = null;
            try
            {
                await old.DeleteAsync(cancellationToken);
            }
            catch (UaClientException)
            {
                // gone already, or deleted as a stray when it speaks again
            }
        }
        return await UaSubscription.CreateAsync(session, source.Options.Subscription, cancellationToken);
    }

    private FeedEnd? TakeSubscription(UaSubscription subscription)
    {
        if (!source.Memory.SubscriptionIds.Add(subscription.Id))
        {
            _old = subscription;
            return new(LadderTrigger.SubscriptionLost, FeedEnd.ReusedNumber(subscription.Id));
        }
        part.Begin(subscription, new MessageFlow(source, part, subscription), source.Clock.Now);
        part.RenewAt = source.Clock.Now; // its items are the next chore
        return null;
    }

    private async Task<FeedEnd?> TakeItemsAsync(CancellationToken cancellationToken)
    {
        var results = await _asking!; // the caller saw it end
        if (part.Subscription is { } subscription)
        {
            (part.RenewAt, _refusals) = (PlantTime.Never, 0);
            part.Tags.TakeAll(results, subscription);
            await source.TellItemsAsync(part, cancellationToken);
            source.Logger.SubscriptionRenewed(source.Name, part.Number, part.Tags.MonitoredCount, part.Tags.All.Count);
        }
        return null;
    }

    private FeedEnd? Failed(UaClientException failed)
    {
        // what was made of it is not known: it is deleted before the next attempt
        _old = part.Forget() ?? _old;
        part.RenewAt = source.Clock.Now + (source.Options.RetryItemsAfter * Math.Min(++_refusals, RarestTimes));
        source.Logger.SubscriptionRefused(source.Name, part.Number, failed.Message.TrimEnd('.'), (part.RenewAt - source.Clock.Now).TotalSeconds);
        return null;
    }
}
