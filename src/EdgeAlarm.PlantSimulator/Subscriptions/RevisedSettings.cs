using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Services;
using EdgeAlarm.PlantSimulator.Server;

namespace EdgeAlarm.PlantSimulator.Subscriptions;

/// <summary>What becomes of the numbers that a client asks for (OPC 10000-4 §5.13.1, §5.14.2).</summary>
internal static class RevisedSettings
{
    private const uint KeepAliveDefault = 10;

    internal static SubscriptionSettings Of(CreateSubscriptionRequest request, PlantServerLimits limits)
    {
        var publishing = Ticks(request.RequestedPublishingIntervalMs, limits.PublishingIntervalMin, limits.PublishingIntervalMax);
        var lifetimeMax = (uint)Math.Clamp(limits.SubscriptionLifetimeMax.Ticks / publishing, 3, uint.MaxValue);
        var keepAlive = request.RequestedMaxKeepAliveCount == 0 ? KeepAliveDefault : request.RequestedMaxKeepAliveCount;
        keepAlive = Math.Clamp(keepAlive, 1, lifetimeMax / 3);
        var lifetime = Math.Clamp(request.RequestedLifetimeCount, keepAlive * 3, lifetimeMax);
        var notifications = request.MaxNotificationsPerPublish == 0
            ? limits.NotificationsPerMessageMax
            : (int)Math.Min(request.MaxNotificationsPerPublish, (uint)limits.NotificationsPerMessageMax);
        return new SubscriptionSettings(publishing, lifetime, keepAlive, notifications, request.Priority);
    }

    /// <summary>A negative sampling interval is the subscription's publishing interval, 0 the shortest there is; a queue of 0 is one of 1.</summary>
    internal static MonitoredItemSettings Of(
        MonitoringParameters parameters, DataChange change, TimestampsToReturn timestamps, Subscription subscription, PlantServerLimits limits)
    {
        var sampling = parameters.SamplingIntervalMs < 0
            ? subscription.Settings.PublishingTicks
            : Ticks(parameters.SamplingIntervalMs, limits.SamplingIntervalMin, limits.PublishingIntervalMax);
        var queue = (int)Math.Clamp(parameters.QueueSize, 1, (uint)limits.QueueSizeMax);
        return new MonitoredItemSettings(parameters.ClientHandle, sampling, change, queue, parameters.DiscardOldest, timestamps);
    }

    /// <summary>The filter of an item on a value; the reason where it cannot be. Only numbers have a deadband.</summary>
    internal static StatusCode TryFilter(ExtensionObject filter, bool isNumber, out DataChange change)
    {
        change = DataChange.Default;
        if (filter.IsNull)
        {
            return StatusCodes.Good;
        }

        if (!filter.TryDecode<DataChangeFilter>(DecodingLimits.Default, out var wanted))
        {
            return StatusCodes.BadMonitoredItemFilterUnsupported;
        }

        if (wanted.DeadbandType == DeadbandType.Percent || (wanted.DeadbandType != DeadbandType.None && !isNumber))
        {
            return StatusCodes.BadMonitoredItemFilterUnsupported;
        }

        if (wanted.DeadbandType == DeadbandType.Absolute && !(wanted.DeadbandValue >= 0))
        {
            return StatusCodes.BadDeadbandFilterInvalid;
        }

        change = new DataChange(wanted.Trigger, wanted.DeadbandType == DeadbandType.Absolute ? wanted.DeadbandValue : 0);
        return StatusCodes.Good;
    }

    /// <summary>Milliseconds of the wire as ticks between the limits; not a number, zero and negative become the shortest.</summary>
    internal static long Ticks(double milliseconds, TimeSpan min, TimeSpan max) => !(milliseconds > min.TotalMilliseconds)
        ? min.Ticks
        : milliseconds >= max.TotalMilliseconds ? max.Ticks : (long)(milliseconds * TimeSpan.TicksPerMillisecond);
}
