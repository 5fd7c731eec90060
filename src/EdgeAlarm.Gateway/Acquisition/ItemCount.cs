using EdgeAlarm.Engine;
using EdgeAlarm.OpcUa.Client;

namespace EdgeAlarm.Gateway.Acquisition;

/// <summary>
/// Counts the items of a subscription at the server after a reconnect, and after a request without a certain end: what the server lost is made anew, what nobody knows here is
/// deleted (F-14). Servers without GetMonitoredItems are left alone.
/// </summary>
internal sealed class ItemCount(SourceContext source, TagSubscription part) : IChore
{
    private UaSubscription? _subscription;
    private Task<IReadOnlyList<uint>>? _asked;

    /// <inheritdoc />
    public PlantTime DueAt => part is { IsToBeCounted: true, Subscription: not null } ? PlantTime.Zero : PlantTime.Never;

    /// <inheritdoc />
    public Task AskAsync(CancellationToken cancellationToken)
    {
        part.IsToBeCounted = false;
        _subscription = part.Subscription!; // due, so there is one
        return _asked = MissingAsync(_subscription, cancellationToken);
    }

    /// <inheritdoc />
    public async Task<FeedEnd?> TakeAsync(Task asked, CancellationToken cancellationToken)
    {
        try
        {
            var missing = (await _asked!).ToHashSet(); // set by the question
            if (missing.Count == 0 || part.Subscription != _subscription)
            {
                return null;
            }
            source.Logger.ItemsVanished(source.Name, missing.Count, part.Tags.All.Count, part.Number);
            foreach (var tag in part.Tags.All.Where(tag => missing.Contains(tag.ItemId)))
            {
                part.Tags.Vanished(tag);
                await source.Sink.TagMonitoredAsync(tag.Tag.Index, new Quality(tag.Status.Code), cancellationToken);
            }
        }
        catch (UaClientException)
        {
            // the connection or the subscription is gone, which others find
        }
        return null;
    }

    /// <summary>The items of ours that the server does not have.</summary>
    private async Task<IReadOnlyList<uint>> MissingAsync(UaSubscription subscription, CancellationToken cancellationToken)
    {
        var ours = part.Tags.All.Where(tag => tag.ItemId != 0).Select(tag => tag.ItemId).ToHashSet();
        if (await subscription.ReadItemsAsync(cancellationToken) is not { } items)
        {
            return [];
        }
        var strays = items.Where(item => !ours.Contains(item.Id) && item.Id != part.Tags.ServerTime.ItemId).Select(item => item.Id).ToArray();
        if (strays.Length > 0)
        {
            await subscription.DeleteItemsAsync(strays, cancellationToken);
        }
        ours.ExceptWith(items.Select(item => item.Id));
        return [.. ours];
    }
}
