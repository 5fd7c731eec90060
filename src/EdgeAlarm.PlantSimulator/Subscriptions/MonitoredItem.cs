using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Services;
using EdgeAlarm.PlantSimulator.AddressSpace;

namespace EdgeAlarm.PlantSimulator.Subscriptions;

/// <summary>One variable watched for one subscription (OPC 10000-4 §5.13.1). Sampling looks at the register; what changed goes into its queue.</summary>
internal sealed class MonitoredItem
{
    private const long NeverSeen = -1;

    private readonly NodeValue _source;
    private long _seenVersion = NeverSeen;
    private DataValue _last;
    private bool _hasLast;

    internal MonitoredItem(uint id, Subscription subscription, NodeValue source, MonitoredItemSettings settings, MonitoringMode mode)
    {
        (Id, Subscription, _source, Settings, Mode) = (id, subscription, source, settings, mode);
        Queue = new NotificationQueue(settings.QueueSize, settings.DiscardOldest);
    }

    internal uint Id { get; }

    internal Subscription Subscription { get; }

    internal MonitoredItemSettings Settings { get; private set; }

    internal MonitoringMode Mode { get; private set; }

    internal NotificationQueue Queue { get; private set; }

    /// <summary>It stands in its subscription's list of items that have something to report.</summary>
    internal bool IsListed { get; set; }

    internal bool HasNotifications => Mode == MonitoringMode.Reporting && Queue.Count > 0;

    internal void SetMode(MonitoringMode mode)
    {
        if (mode == MonitoringMode.Disabled)
        {
            Queue = new NotificationQueue(Settings.QueueSize, Settings.DiscardOldest);
            (_seenVersion, _hasLast) = (NeverSeen, false);
        }

        Mode = mode;
        Subscription.List(this);
    }

    /// <summary>Looks at the source; a change goes into the queue. A muted source gives nothing, not even the first value.</summary>
    internal void Sample(long now)
    {
        if (Mode == MonitoringMode.Disabled || _source.IsMuted())
        {
            return;
        }

        var version = _source.Version(now);
        if (version == _seenVersion)
        {
            return;
        }

        _seenVersion = version;
        var sample = _source.Read(now);
        if (_hasLast && !Settings.Change.IsNews(_last, sample))
        {
            return;
        }

        (_last, _hasLast) = (sample, true);
        Queue.Enqueue(Stamped(sample, Settings.Timestamps, now));
        Subscription.List(this);
    }

    /// <summary>Repeats the last value where nothing newer waits: a new owner starts with what is.</summary>
    internal void Resend()
    {
        if (Mode == MonitoringMode.Reporting && Queue.Count == 0 && _hasLast)
        {
            Queue.Enqueue(Stamped(_last, Settings.Timestamps, _last.SourceTicks));
            Subscription.List(this);
        }
    }

    /// <summary>The value with the times that were asked for (OPC 10000-4 §7.40).</summary>
    internal static DataValue Stamped(in DataValue value, TimestampsToReturn timestamps, long now) => timestamps switch
    {
        TimestampsToReturn.Source => value,
        TimestampsToReturn.Server => value with { SourceTicks = 0, ServerTicks = now },
        TimestampsToReturn.Both => value with { ServerTicks = now },
        TimestampsToReturn.Neither or TimestampsToReturn.Invalid => value with { SourceTicks = 0 },
    };
}
