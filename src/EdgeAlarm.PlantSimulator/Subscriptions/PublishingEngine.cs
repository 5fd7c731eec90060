using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Services;
using EdgeAlarm.PlantSimulator.Server;
using EdgeAlarm.PlantSimulator.Sessions;

namespace EdgeAlarm.PlantSimulator.Subscriptions;

/// <summary>
/// All subscriptions of the server: samples their items, turns their publishing cycles and answers waiting Publish requests. It is given
/// the time, has no socket and no clock; the answers stand in <see cref="Replies"/> for whoever calls.
/// </summary>
internal sealed class PublishingEngine(PlantServerLimits limits)
{
    private readonly Dictionary<uint, Subscription> _subscriptions = [];
    private readonly Dictionary<uint, ServerSession> _owners = [];
    private readonly SortedDictionary<long, SamplingGroup> _groups = [];
    private uint _nextSubscriptionId;

    /// <summary>Answers to Publish requests, in the order of sending; the caller takes and clears them.</summary>
    internal List<PublishReply> Replies { get; } = [];

    /// <summary>No notification and no keep-alive leaves before this time: a PLC that is busy with itself.</summary>
    internal long StalledUntil { get; private set; }

    internal int Count => _subscriptions.Count;

    internal int ItemCount => _subscriptions.Values.Sum(subscription => subscription.Items.Count);

    /// <summary>Values lost in item queues so far, of the items that still exist.</summary>
    internal long ValuesLost => _subscriptions.Values.Sum(subscription => subscription.Items.Sum(item => item.Queue.Lost));

    internal long NextDeadline
    {
        get
        {
            var next = StalledUntil > 0 ? StalledUntil : long.MaxValue;
            foreach (var group in _groups.Values)
            {
                next = Math.Min(next, group.NextTicks);
            }

            foreach (var subscription in _subscriptions.Values)
            {
                next = Math.Min(next, subscription.NextTicks);
            }

            return next;
        }
    }

    /// <summary>Does what is due at this time: samples first, so that a cycle at the same time sends them.</summary>
    internal void TurnOnce(long now)
    {
        foreach (var group in _groups.Values)
        {
            if (group.NextTicks <= now)
            {
                group.Sample(now);
            }
        }

        var stallEnds = StalledUntil > 0 && StalledUntil <= now;
        if (stallEnds)
        {
            StalledUntil = 0;
        }

        foreach (var subscription in _subscriptions.Values.ToArray())
        {
            if (subscription.NextTicks > now)
            {
                continue;
            }

            var owner = _owners.GetValueOrDefault(subscription.Id);
            if (owner is not null)
            {
                DropExpired(owner, now);
            }

            if (subscription.TurnOnce(owner?.Publishes.Count > 0) == SubscriptionTurn.Expired)
            {
                owner?.LastWords.Enqueue((subscription.Id, subscription.StatusChange(StatusCodes.BadTimeout, now)));
                Remove(subscription);
            }

            Serve(owner, now);
        }

        if (stallEnds)
        {
            foreach (var owner in _owners.Values.Distinct().ToArray())
            {
                Serve(owner, now);
            }
        }
    }

    internal void Stall(long until) => StalledUntil = until;

    internal Subscription Create(ServerSession session, SubscriptionSettings settings, bool publishingEnabled, long now)
    {
        if (session.Subscriptions.Count >= limits.SubscriptionsPerSessionMax)
        {
            throw new ServiceRefusal(StatusCodes.BadTooManySubscriptions);
        }

        var subscription = new Subscription(++_nextSubscriptionId, settings, publishingEnabled, limits.RetransmissionMax, now);
        _subscriptions.Add(subscription.Id, subscription);
        Adopt(subscription, session);
        return subscription;
    }

    /// <summary>Watches an item from now on; its first sample is taken at once.</summary>
    internal void Watch(MonitoredItem item, long now)
    {
        item.Subscription.Add(item);
        var interval = item.Settings.SamplingTicks;
        if (!_groups.TryGetValue(interval, out var group))
        {
            _groups.Add(interval, group = new SamplingGroup(interval, now));
        }

        group.Add(item);
        item.Sample(now);
    }

    /// <summary>Stops watching what no subscription has any more.</summary>
    internal void Prune()
    {
        foreach (var (interval, group) in _groups.ToArray())
        {
            group.RemoveAll(item => !_subscriptions.ContainsKey(item.Subscription.Id) || item.Subscription.Find(item.Id) != item);
            if (group.IsEmpty)
            {
                _groups.Remove(interval);
            }
        }
    }

    internal StatusCode Delete(ServerSession session, uint subscriptionId, long now)
    {
        if (!session.Subscriptions.TryGetValue(subscriptionId, out var subscription))
        {
            return StatusCodes.BadSubscriptionIdInvalid;
        }

        Remove(subscription);
        Serve(session, now);
        return StatusCodes.Good;
    }

    /// <summary>The session ends; its subscriptions end with it or live on without an owner until their lifetime is over.</summary>
    internal void Disown(ServerSession session, bool deleteSubscriptions, StatusCode reason)
    {
        foreach (var subscription in session.Subscriptions.Values.ToArray())
        {
            if (deleteSubscriptions)
            {
                Remove(subscription);
            }
            else
            {
                _owners.Remove(subscription.Id);
                session.Subscriptions.Remove(subscription.Id);
            }
        }

        while (session.Publishes.TryDequeue(out var waiting))
        {
            Refuse(waiting, reason);
        }
    }

    /// <summary>
    /// Gives a subscription to another session (OPC 10000-4 §5.14.7). The old owner hears of it by GoodSubscriptionTransferred.
    /// </summary>
    /// <returns>Good with the subscription; BadSubscriptionIdInvalid or BadUserAccessDenied without.</returns>
    internal (StatusCode Status, Subscription? Subscription) Transfer(ServerSession session, uint subscriptionId, Func<ServerSession?, bool> mayTake, long now)
    {
        if (!_subscriptions.TryGetValue(subscriptionId, out var subscription))
        {
            return (StatusCodes.BadSubscriptionIdInvalid, null);
        }

        if (!mayTake(_owners.GetValueOrDefault(subscriptionId)))
        {
            return (StatusCodes.BadUserAccessDenied, null);
        }

        if (_owners.Remove(subscriptionId, out var before) && before != session)
        {
            before.Subscriptions.Remove(subscriptionId);
            before.LastWords.Enqueue((subscriptionId, subscription.StatusChange(StatusCodes.GoodSubscriptionTransferred, now)));
            Serve(before, now);
        }

        Adopt(subscription, session);
        subscription.Touch();
        return (StatusCodes.Good, subscription);
    }

    /// <summary>Takes a Publish request: acknowledges, lets it wait, and answers whoever can be answered.</summary>
    internal void Publish(ServerSession session, uint channelId, uint requestId, PublishRequest request, long now)
    {
        var results = Array.ConvertAll(request.SubscriptionAcknowledgements, acknowledgement => Acknowledge(session, acknowledgement));
        foreach (var subscription in session.Subscriptions.Values)
        {
            subscription.Touch();
        }

        if (session.Publishes.Count >= limits.PublishRequestsPerSessionMax)
        {
            Refuse(session.Publishes.Dequeue(), StatusCodes.BadTooManyPublishRequests);
        }

        var hint = request.Header.TimeoutHintMs;
        var expires = hint == 0 ? long.MaxValue : now + (hint * TimeSpan.TicksPerMillisecond);
        session.Publishes.Enqueue(new WaitingPublish(channelId, requestId, request.Header.RequestHandle, expires, results));
        Serve(session, now);
    }

    /// <summary>The channel is gone: nobody can hear the answers to its requests, and what would go into them stays in the queues.</summary>
    internal static void DropRequestsOf(ServerSession session, uint channelId)
    {
        var others = session.Publishes.Where(waiting => waiting.ChannelId != channelId).ToArray();
        session.Publishes.Clear();
        foreach (var waiting in others)
        {
            session.Publishes.Enqueue(waiting);
        }
    }

    private static StatusCode Acknowledge(ServerSession session, SubscriptionAcknowledgement acknowledgement) =>
        !session.Subscriptions.TryGetValue(acknowledgement.SubscriptionId, out var subscription)
            ? StatusCodes.BadSubscriptionIdInvalid
            : subscription.Acknowledge(acknowledgement.SequenceNumber) ? StatusCodes.Good : StatusCodes.BadSequenceNumberUnknown;

    /// <summary>Answers waiting requests as long as there is something to say: last words first, then by priority, then who waits longest.</summary>
    private void Serve(ServerSession? session, long now)
    {
        if (session is null || StalledUntil > now)
        {
            return;
        }

        while (session.Publishes.Count > 0)
        {
            if (session.LastWords.TryDequeue(out var last))
            {
                Answer(session.Publishes.Dequeue(), last.SubscriptionId, [], false, last.Message, now);
            }
            else if (session.Subscriptions.Count == 0)
            {
                Refuse(session.Publishes.Dequeue(), StatusCodes.BadNoSubscription);
            }
            else if (session.Subscriptions.Values.Where(subscription => subscription.IsMessageDue)
                .OrderByDescending(subscription => subscription.Settings.Priority).ThenBy(subscription => subscription.DueSince).FirstOrDefault() is { } due)
            {
                var message = due.TakeMessage(now, out var more);
                Answer(session.Publishes.Dequeue(), due.Id, due.AvailableSequenceNumbers, more, message, now);
            }
            else
            {
                return;
            }
        }
    }

    private void Answer(WaitingPublish waiting, uint subscriptionId, uint[] available, bool more, NotificationMessage message, long now)
    {
        var response = new PublishResponse
        {
            Header = new ResponseHeader { TimestampTicks = now, RequestHandle = waiting.RequestHandle },
            SubscriptionId = subscriptionId,
            AvailableSequenceNumbers = available,
            MoreNotifications = more,
            NotificationMessage = message,
            Results = waiting.Results,
        };
        Replies.Add(new PublishReply(waiting.ChannelId, waiting.RequestId, waiting.RequestHandle, response, StatusCodes.Good));
    }

    private void Refuse(WaitingPublish waiting, StatusCode reason) =>
        Replies.Add(new PublishReply(waiting.ChannelId, waiting.RequestId, waiting.RequestHandle, null, reason));

    private void DropExpired(ServerSession session, long now)
    {
        while (session.Publishes.TryPeek(out var oldest) && oldest.ExpiresAt <= now)
        {
            Refuse(session.Publishes.Dequeue(), StatusCodes.BadTimeout);
        }
    }

    private void Adopt(Subscription subscription, ServerSession session)
    {
        _owners[subscription.Id] = session;
        session.Subscriptions[subscription.Id] = subscription;
    }

    private void Remove(Subscription subscription)
    {
        _subscriptions.Remove(subscription.Id);
        if (_owners.Remove(subscription.Id, out var owner))
        {
            owner.Subscriptions.Remove(subscription.Id);
        }

        Prune();
    }
}
