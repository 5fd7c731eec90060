using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Services;
using EdgeAlarm.PlantSimulator.AddressSpace;
using EdgeAlarm.PlantSimulator.Sessions;
using EdgeAlarm.PlantSimulator.Subscriptions;

namespace EdgeAlarm.PlantSimulator.Server;

/// <summary>The Subscription and MonitoredItem service sets (OPC 10000-4 §5.13, §5.14), as far as this server has them.</summary>
internal sealed class SubscriptionServiceSet(PlantAddressSpace space, PublishingEngine publishing, PlantServerLimits limits)
{
    private uint _nextItemId;

    internal CreateSubscriptionResponse Create(ServerSession session, CreateSubscriptionRequest request, long now)
    {
        var settings = RevisedSettings.Of(request, limits);
        var subscription = publishing.Create(session, settings, request.PublishingEnabled, now);
        return new CreateSubscriptionResponse
        {
            SubscriptionId = subscription.Id,
            RevisedPublishingIntervalMs = (double)settings.PublishingTicks / TimeSpan.TicksPerMillisecond,
            RevisedLifetimeCount = settings.LifetimeCount,
            RevisedMaxKeepAliveCount = settings.KeepAliveCount,
        };
    }

    internal DeleteSubscriptionsResponse Delete(ServerSession session, DeleteSubscriptionsRequest request, long now)
    {
        Operations.Check(request.SubscriptionIds.Length, limits);
        return new DeleteSubscriptionsResponse { Results = Array.ConvertAll(request.SubscriptionIds, id => publishing.Delete(session, id, now)) };
    }

    internal TransferSubscriptionsResponse Transfer(ServerSession session, TransferSubscriptionsRequest request, long now)
    {
        Operations.Check(request.SubscriptionIds.Length, limits);
        return new TransferSubscriptionsResponse { Results = Array.ConvertAll(request.SubscriptionIds, id => Transfer(session, id, request.SendInitialValues, now)) };
    }

    internal static RepublishResponse Republish(ServerSession session, RepublishRequest request)
    {
        var subscription = Find(session, request.SubscriptionId);
        return subscription.Sent(request.RetransmitSequenceNumber) is { } message
            ? new RepublishResponse { NotificationMessage = message }
            : throw new ServiceRefusal(StatusCodes.BadMessageNotAvailable);
    }

    internal CreateMonitoredItemsResponse CreateItems(ServerSession session, CreateMonitoredItemsRequest request, long now)
    {
        Operations.Check(request.ItemsToCreate.Length, limits);
        var subscription = Find(session, request.SubscriptionId);
        if (request.TimestampsToReturn is not (>= TimestampsToReturn.Source and <= TimestampsToReturn.Neither))
        {
            throw new ServiceRefusal(StatusCodes.BadTimestampsToReturnInvalid);
        }

        return new CreateMonitoredItemsResponse
        {
            Results = Array.ConvertAll(request.ItemsToCreate, wanted => CreateItem(subscription, wanted, request.TimestampsToReturn, now)),
        };
    }

    internal DeleteMonitoredItemsResponse DeleteItems(ServerSession session, DeleteMonitoredItemsRequest request)
    {
        Operations.Check(request.MonitoredItemIds.Length, limits);
        var subscription = Find(session, request.SubscriptionId);
        var results = Array.ConvertAll(request.MonitoredItemIds, id => subscription.Remove(id) ? StatusCodes.Good : StatusCodes.BadMonitoredItemIdInvalid);
        publishing.Prune();
        return new DeleteMonitoredItemsResponse { Results = results };
    }

    private static Subscription Find(ServerSession session, uint id)
    {
        if (!session.Subscriptions.TryGetValue(id, out var subscription))
        {
            throw new ServiceRefusal(StatusCodes.BadSubscriptionIdInvalid);
        }

        subscription.Touch();
        return subscription;
    }

    private MonitoredItemCreateResult CreateItem(Subscription subscription, MonitoredItemCreateRequest wanted, TimestampsToReturn timestamps, long now)
    {
        var (status, source, isNumber) = Target(wanted.ItemToMonitor);
        var change = DataChange.Default;
        if (status.IsGood)
        {
            status = RevisedSettings.TryFilter(wanted.RequestedParameters.Filter, isNumber, out change);
        }

        if (status.IsGood && wanted.MonitoringMode is not (>= MonitoringMode.Disabled and <= MonitoringMode.Reporting))
        {
            status = StatusCodes.BadMonitoringModeInvalid;
        }

        if (status.IsGood && subscription.Items.Count >= limits.MonitoredItemsPerSubscriptionMax)
        {
            status = StatusCodes.BadTooManyMonitoredItems;
        }

        if (status.IsBad || source is null)
        {
            return new MonitoredItemCreateResult { StatusCode = status };
        }

        var settings = RevisedSettings.Of(wanted.RequestedParameters, change, timestamps, subscription, limits);
        var item = new MonitoredItem(++_nextItemId, subscription, source, settings, wanted.MonitoringMode);
        publishing.Watch(item, now);
        return new MonitoredItemCreateResult
        {
            MonitoredItemId = item.Id,
            RevisedSamplingIntervalMs = (double)settings.SamplingTicks / TimeSpan.TicksPerMillisecond,
            RevisedQueueSize = (uint)settings.QueueSize,
        };
    }

    private (StatusCode Status, NodeValue? Source, bool IsNumber) Target(ReadValueId wanted)
    {
        if (space.Find(wanted.NodeId) is not { } node)
        {
            return (StatusCodes.BadNodeIdUnknown, null, false);
        }

        if (wanted.AttributeId != AttributeIds.Value || node.Value is null)
        {
            return (StatusCodes.BadAttributeIdInvalid, null, false);
        }

        // Int32 = 6, Double = 11
        var isNumber = node.DataType == NodeId.Numeric(0, 6) || node.DataType == NodeId.Numeric(0, 11);
        return string.IsNullOrEmpty(wanted.IndexRange) ? (StatusCodes.Good, node.Value, isNumber) : (StatusCodes.BadIndexRangeNoData, null, false);
    }

    /// <summary>Only the same user may take it, and an anonymous one only with the same certificate (OPC 10000-4 §5.14.7).</summary>
    private TransferResult Transfer(ServerSession session, uint id, bool sendInitialValues, long now)
    {
        bool MayTake(ServerSession? owner) => owner is not null && string.Equals(owner.User, session.User, StringComparison.Ordinal)
            && (session.User is not null || (session.ClientCertificate.Length > 0 && owner.ClientCertificate.AsSpan().SequenceEqual(session.ClientCertificate)));

        var (status, taken) = publishing.Transfer(session, id, MayTake, now);
        if (taken is not { } subscription)
        {
            return new TransferResult { StatusCode = status };
        }

        if (sendInitialValues)
        {
            foreach (var item in subscription.Items)
            {
                item.Resend();
            }
        }

        return new TransferResult { AvailableSequenceNumbers = subscription.AvailableSequenceNumbers };
    }
}
