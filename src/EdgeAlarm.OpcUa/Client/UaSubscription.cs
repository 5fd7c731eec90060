using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Services;

namespace EdgeAlarm.OpcUa.Client;

/// <summary>A subscription at the server (OPC 10000-4 §5.14). It outlives channel and, for its lifetime, silence. Calls one after the other: parallel ones choke small PLCs.</summary>
public sealed class UaSubscription
{
    // smaller messages than this cost more headers, larger ones land in the large object heap
    private const uint NotificationsPerPublish = 1000;
    private UaSession _session;

    private UaSubscription(UaSession session, CreateSubscriptionResponse response)
    {
        _session = session;
        Id = response.SubscriptionId;
        PublishingInterval = TimeSpan.FromMilliseconds(Math.Clamp(response.RevisedPublishingIntervalMs, 1, int.MaxValue));
        KeepAliveCount = Math.Max(response.RevisedMaxKeepAliveCount, 1);
        Lifetime = Math.Max(response.RevisedLifetimeCount, 1) * PublishingInterval;
    }

    /// <summary>The server's number.</summary>
    public uint Id { get; }

    /// <summary>The revised publishing interval, at least 1 ms.</summary>
    public TimeSpan PublishingInterval { get; }

    /// <summary>Publishing intervals without data after which an empty message comes.</summary>
    public uint KeepAliveCount { get; }

    /// <summary>How long the server keeps the subscription without any Publish request.</summary>
    public TimeSpan Lifetime { get; }

    /// <summary>Silence for longer than this means that something is wrong: the first keep-alive after data may legally come one interval late.</summary>
    public TimeSpan SilenceMax => ((KeepAliveCount + 2) * PublishingInterval) + TimeSpan.FromSeconds(1);

    /// <summary>Creates a subscription that publishes at once.</summary>
    /// <exception cref="UaClientException">The server refuses.</exception>
    public static async Task<UaSubscription> CreateAsync(UaSession session, SubscriptionRequest asked, CancellationToken cancellationToken)
    {
        var interval = asked.PublishingInterval > TimeSpan.Zero ? asked.PublishingInterval : TimeSpan.FromMilliseconds(1);
        var keepAlive = Math.Max(1, (uint)(asked.KeepAliveEvery / interval));
        var request = new CreateSubscriptionRequest
        {
            Header = session.Header(),
            RequestedPublishingIntervalMs = interval.TotalMilliseconds,
            RequestedMaxKeepAliveCount = keepAlive,
            RequestedLifetimeCount = Math.Max(3 * keepAlive, (uint)Math.Min(asked.Lifetime / interval, int.MaxValue)),
            MaxNotificationsPerPublish = NotificationsPerPublish,
            PublishingEnabled = true,
        };
        return new(session, (await session.Channel.CallAsync<CreateSubscriptionRequest, CreateSubscriptionResponse>(request, cancellationToken)).Message);
    }

    /// <summary>Creates any number of items, in calls that the server bears; otherwise as <see cref="CreateItemsAsync"/>.</summary>
    /// <exception cref="UaClientException">A call failed; what was made before it is not known.</exception>
    public async Task<IReadOnlyList<ItemResult>> CreateManyAsync(IReadOnlyList<ItemRequest> items, CancellationToken cancellationToken) =>
        await Batches.RunAsync(items, _session.Limits.CreateItems, chunk => CreateItemsAsync(chunk, cancellationToken));

    /// <summary>Creates items without deadband, reporting changes of value or status, the newest kept when a queue overflows. One call, one result each.</summary>
    /// <param name="items">At most <see cref="OperationLimits.CreateItems"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="UaClientException">The whole call failed; a single item that fails has its code in its result.</exception>
    public async Task<IReadOnlyList<ItemResult>> CreateItemsAsync(IReadOnlyList<ItemRequest> items, CancellationToken cancellationToken)
    {
        var request = new CreateMonitoredItemsRequest
        {
            Header = _session.Header(),
            SubscriptionId = Id,
            TimestampsToReturn = TimestampsToReturn.Both,
            ItemsToCreate = [.. items.Select(ToCreate)],
        };
        var results = (await _session.Channel.CallAsync<CreateMonitoredItemsRequest, CreateMonitoredItemsResponse>(request, cancellationToken)).Message.Results;
        return results.Length == items.Count
            ? [.. results.Zip(items, (result, item) => new ItemResult(
                item.Handle, result.StatusCode, result.MonitoredItemId, TimeSpan.FromMilliseconds(Math.Clamp(result.RevisedSamplingIntervalMs, 0, int.MaxValue)), result.RevisedQueueSize))]
            : throw UaSession.WrongCount("CreateMonitoredItems", results.Length, items.Count);
    }

    /// <summary>
    /// Moves subscriptions of a session that is lost to a new one of the same user and application; each that the server grants belongs to the new session from then on. The
    /// server is asked for the present value of every item, so duplicates come (OPC 10000-4 §5.14.7).
    /// </summary>
    /// <returns>In the order of the subscriptions: whether it was moved, and which messages can be had by Republish.</returns>
    /// <exception cref="UaClientException">The whole call failed: not supported, refused, or the connection broke.</exception>
    public static async Task<IReadOnlyList<TransferResult>> TransferAsync(UaSession session, IReadOnlyList<UaSubscription> subscriptions, CancellationToken cancellationToken)
    {
        var request = new TransferSubscriptionsRequest { Header = session.Header(), SubscriptionIds = [.. subscriptions.Select(each => each.Id)], SendInitialValues = true };
        var results = (await session.Channel.CallAsync<TransferSubscriptionsRequest, TransferSubscriptionsResponse>(request, cancellationToken)).Message.Results;
        if (results.Length != subscriptions.Count)
        {
            throw UaSession.WrongCount("TransferSubscriptions", results.Length, subscriptions.Count);
        }
        for (var i = 0; i < results.Length; i++)
        {
            // an answer to an earlier request may have been lost after the server moved it: then there is nothing left to do
            if (results[i].StatusCode.IsGood || results[i].StatusCode == StatusCodes.BadNothingToDo)
            {
                subscriptions[i]._session = session;
                results[i] = results[i] with { StatusCode = StatusCodes.Good };
            }
        }
        return results;
    }

    /// <summary>Deletes subscriptions that answers name though nobody here knows them: left over from a request whose answer was lost.</summary>
    /// <exception cref="UaClientException">The call failed.</exception>
    public static Task DeleteStrayAsync(UaSession session, uint id, CancellationToken cancellationToken) =>
        session.Channel.CallAsync<DeleteSubscriptionsRequest, DeleteSubscriptionsResponse>(new() { Header = session.Header(), SubscriptionIds = [id] }, cancellationToken);

    /// <summary>Asks the server which items the subscription has (OPC 10000-5 §9.1, GetMonitoredItems).</summary>
    /// <returns>The server's number and ours of each; null where the server has no such method.</returns>
    /// <exception cref="UaClientException">The connection or the subscription is gone.</exception>
    public async Task<IReadOnlyList<(uint Id, uint Handle)>?> ReadItemsAsync(CancellationToken cancellationToken)
    {
        try
        {
            var result = await _session.CallMethodAsync(StandardNodes.Server, StandardNodes.GetMonitoredItems, [Variant.From(Id)], cancellationToken);
            return result.StatusCode.IsGood && result.OutputArguments is [var ids, var handles]
                && ids.TryGet<uint[]>(out var known) && handles.TryGet<uint[]>(out var ours) && known is not null && ours is not null && known.Length == ours.Length
                ? [.. known.Zip(ours)]
                : null;
        }
        catch (UaClientException refused) when (refused.Failure is UaFailure.Service && refused.Status != StatusCodes.BadSubscriptionIdInvalid)
        {
            return null;
        }
    }

    /// <summary>Deletes items; what the server does not know is gone anyway.</summary>
    /// <exception cref="UaClientException">The whole call failed.</exception>
    public Task DeleteItemsAsync(IReadOnlyList<uint> ids, CancellationToken cancellationToken) =>
        _session.Channel.CallAsync<DeleteMonitoredItemsRequest, DeleteMonitoredItemsResponse>(
            new() { Header = _session.Header(), SubscriptionId = Id, MonitoredItemIds = [.. ids] }, cancellationToken);

    /// <summary>Asks for a message again.</summary>
    /// <returns>The message; null where the server has it no more, which is also what an empty or wrong one means.</returns>
    /// <exception cref="UaClientException">Any other failure; BadSubscriptionIdInvalid where the subscription is gone.</exception>
    public async Task<UaAnswer<NotificationMessage>?> RepublishAsync(uint sequence, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await _session.Channel.CallAsync<RepublishRequest, RepublishResponse>(
                new() { Header = _session.Header(), SubscriptionId = Id, RetransmitSequenceNumber = sequence }, cancellationToken);
            var message = answer.Message.NotificationMessage;
            return message.SequenceNumber == sequence && message.Notifications.Length > 0 ? new(message, answer.Timestamp) : null;
        }
        catch (UaClientException gone) when (gone.Status == StatusCodes.BadMessageNotAvailable)
        {
            return null;
        }
    }

    /// <summary>Deletes the subscription at the server.</summary>
    /// <exception cref="UaClientException">The call failed.</exception>
    public Task DeleteAsync(CancellationToken cancellationToken) =>
        _session.Channel.CallAsync<DeleteSubscriptionsRequest, DeleteSubscriptionsResponse>(
            new() { Header = _session.Header(), SubscriptionIds = [Id] }, cancellationToken);

    private static MonitoredItemCreateRequest ToCreate(ItemRequest item) => new()
    {
        ItemToMonitor = new() { NodeId = item.Node, AttributeId = AttributeIds.Value },
        MonitoringMode = MonitoringMode.Reporting,
        RequestedParameters = new() { ClientHandle = item.Handle, SamplingIntervalMs = item.Sampling.TotalMilliseconds, QueueSize = item.Queue, DiscardOldest = true },
    };
}
