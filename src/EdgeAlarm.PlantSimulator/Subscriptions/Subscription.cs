using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Services;

namespace EdgeAlarm.PlantSimulator.Subscriptions;

/// <summary>
/// The publishing side of a subscription (OPC 10000-4 §5.14.1.2). Each publishing cycle decides whether a message is due; the session
/// that owns it then serves the due ones with its waiting Publish requests. A message that is due while no request waits is late and goes
/// out with the next request.
/// </summary>
internal sealed class Subscription
{
    private readonly Dictionary<uint, MonitoredItem> _items = [];
    private readonly Queue<MonitoredItem> _listed = [];
    private readonly RetransmissionQueue _sent;
    private uint _nextSequenceNumber;
    private uint _cyclesWithoutRequest;
    private uint _cyclesWithoutMessage;
    private bool _firstMessageSent;

    internal Subscription(uint id, SubscriptionSettings settings, bool publishingEnabled, int retransmissionMax, long now, uint firstSequenceNumber = 1)
    {
        (Id, Settings, PublishingEnabled) = (id, settings, publishingEnabled);
        _sent = new RetransmissionQueue(retransmissionMax);
        _nextSequenceNumber = firstSequenceNumber;
        NextTicks = now + settings.PublishingTicks;
    }

    internal uint Id { get; }

    internal SubscriptionSettings Settings { get; private set; }

    internal bool PublishingEnabled { get; set; }

    /// <summary>The next publishing cycle.</summary>
    internal long NextTicks { get; private set; }

    /// <summary>A message is due and waits for a Publish request.</summary>
    internal bool IsMessageDue { get; private set; }

    /// <summary>Since when a message has been due; of several late subscriptions the longest waiting is served first.</summary>
    internal long DueSince { get; private set; }

    internal uint[] AvailableSequenceNumbers => _sent.SequenceNumbers;

    internal IReadOnlyCollection<MonitoredItem> Items => _items.Values;

    /// <summary>Messages that left the retransmission queue unacknowledged.</summary>
    internal long Forgotten => _sent.Forgotten;

    internal void Add(MonitoredItem item) => _items.Add(item.Id, item);

    internal MonitoredItem? Find(uint itemId) => _items.GetValueOrDefault(itemId);

    internal bool Remove(uint itemId) => _items.Remove(itemId);

    internal bool Acknowledge(uint sequenceNumber) => _sent.Acknowledge(sequenceNumber);

    internal NotificationMessage? Sent(uint sequenceNumber) => _sent.Find(sequenceNumber);

    /// <summary>Any request that concerns the subscription, and every Publish of its session, shows that somebody is there.</summary>
    internal void Touch() => _cyclesWithoutRequest = 0;

    internal void Revise(SubscriptionSettings settings, long now)
    {
        Settings = settings;
        NextTicks = now + settings.PublishingTicks;
        Touch();
    }

    /// <summary>Puts an item that has something to report into the list, once.</summary>
    internal void List(MonitoredItem item)
    {
        if (!item.IsListed && item.HasNotifications)
        {
            item.IsListed = true;
            _listed.Enqueue(item);
        }
    }

    /// <summary>One publishing cycle.</summary>
    /// <param name="requestWaits">Whether its session holds a Publish request.</param>
    internal SubscriptionTurn TurnOnce(bool requestWaits)
    {
        var now = NextTicks;
        NextTicks += Settings.PublishingTicks;
        _cyclesWithoutRequest = requestWaits ? 0 : _cyclesWithoutRequest + 1;
        if (_cyclesWithoutRequest >= Settings.LifetimeCount)
        {
            return SubscriptionTurn.Expired;
        }

        _cyclesWithoutMessage++;
        if (!IsMessageDue && (HasNotifications() || !_firstMessageSent || _cyclesWithoutMessage >= Settings.KeepAliveCount))
        {
            (IsMessageDue, DueSince) = (true, now);
        }

        return IsMessageDue ? SubscriptionTurn.MessageDue : SubscriptionTurn.Quiet;
    }

    /// <summary>The message that is due: notifications where there are any, else a keep-alive, which carries the next number and does not use it.</summary>
    internal NotificationMessage TakeMessage(long now, out bool more)
    {
        (_cyclesWithoutMessage, _firstMessageSent) = (0, true);
        Touch();
        if (!HasNotifications())
        {
            (IsMessageDue, more) = (false, false);
            return new NotificationMessage { SequenceNumber = _nextSequenceNumber, PublishTimeTicks = now, Notifications = [] };
        }

        var change = new DataChangeNotification { MonitoredItems = TakeNotifications() };
        var message = new NotificationMessage { SequenceNumber = _nextSequenceNumber, PublishTimeTicks = now, Notifications = [ExtensionObject.From(change)] };
        _nextSequenceNumber = _nextSequenceNumber == uint.MaxValue ? 1 : _nextSequenceNumber + 1;
        _sent.Add(message);
        more = HasNotifications();
        (IsMessageDue, DueSince) = (more, now);
        return message;
    }

    /// <summary>The last words of a subscription: its status, under the number that would have been next.</summary>
    internal NotificationMessage StatusChange(StatusCode status, long now) => new()
    {
        SequenceNumber = _nextSequenceNumber,
        PublishTimeTicks = now,
        Notifications = [ExtensionObject.From(new StatusChangeNotification { Status = status })],
    };

    private MonitoredItemNotification[] TakeNotifications()
    {
        var notifications = new List<MonitoredItemNotification>();
        while (notifications.Count < Settings.NotificationsMax && HasNotifications())
        {
            var item = _listed.Peek();
            while (item.HasNotifications && notifications.Count < Settings.NotificationsMax)
            {
                notifications.Add(new MonitoredItemNotification(item.Settings.ClientHandle, item.Queue.Dequeue()));
            }

            if (!item.HasNotifications)
            {
                _listed.Dequeue().IsListed = false;
            }
        }

        return [.. notifications];
    }

    /// <summary>Looks past items that were deleted or silenced after they were listed.</summary>
    private bool HasNotifications()
    {
        while (_listed.TryPeek(out var item) && (!item.HasNotifications || !_items.ContainsKey(item.Id)))
        {
            _listed.Dequeue().IsListed = false;
        }

        return PublishingEnabled && _listed.Count > 0;
    }
}
