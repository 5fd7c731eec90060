using EdgeAlarm.Engine;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Client;
using EdgeAlarm.OpcUa.Services;

namespace EdgeAlarm.Gateway.Acquisition;

/// <summary>
/// The items of the tags of one subscription. Each has its own result: what the server refuses is told as not monitored and tried again alone, for ever, and never costs
/// another item anything.
/// </summary>
internal sealed class MonitoredTags
{
    private const int RetryRarest = 10;
    private readonly OpcUaPlcOptions _options;
    private readonly PlantClock _clock;
    private readonly MonitoredTag[] _tags;
    private MonitoredTag? _earliest;
    private bool _isEarliestKnown;

    /// <summary>No item exists yet.</summary>
    public MonitoredTags(OpcUaPlcOptions options, IEnumerable<PlcTag> tags, PlantClock clock)
    {
        _options = options;
        _clock = clock;
        Action retryMoved = () => _isEarliestKnown = false;
        _tags = [.. tags.Select((tag, position) => new MonitoredTag(tag, (uint)position + 1, retryMoved))];
    }

    /// <summary>All of them.</summary>
    public IReadOnlyList<MonitoredTag> All => _tags;

    /// <summary>The shortest break that the revised queues of all items ride out; null before items exist.</summary>
    public TimeSpan? RidesOut { get; private set; }

    /// <summary>How many have an item at the server.</summary>
    public int MonitoredCount => _tags.Count(tag => tag.ItemId != 0);

    /// <summary>The server's clock among the items.</summary>
    public ServerTimeItem ServerTime { get; } = new();

    /// <summary>Finds a tag by the number in a notification; none by a number that was given up.</summary>
    public MonitoredTag? Find(uint handle)
    {
        if (_tags.Length == 0)
        {
            return null;
        }
        var tag = _tags[(handle - 1) % (uint)_tags.Length];
        return tag.Handle == handle ? tag : null;
    }

    /// <summary>Nobody knows whether the server made an item of the tag: what comes under its number so far is not listened to any more.</summary>
    public void GiveUpHandle(MonitoredTag tag) => tag.Handle += (uint)_tags.Length;

    /// <summary>No item exists any more.</summary>
    public void Forget()
    {
        RidesOut = null;
        ServerTime.Forget();
        foreach (var tag in _tags)
        {
            (tag.ItemId, tag.Outworn) = (0, 0);
            tag.Attempts = tag.IsUnreadable ? tag.Attempts : 0;
            tag.LastSample = null;
            tag.RetryAt = PlantTime.Never;
        }
    }

    /// <summary>
    /// Asks for the items of all tags and of the server's clock, in calls that the server bears; changes nothing here but what the addresses name, so that it may run beside the
    /// loop that owns the tags.
    /// </summary>
    /// <param name="session">The session.</param>
    /// <param name="subscription">Its subscription.</param>
    /// <param name="looksUp">Whether the server is asked about each address first, whatever it costs: where people want to know, or where what was compared may be another since.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>One result a tag, and one of the server's clock.</returns>
    /// <exception cref="UaClientException">The connection or the whole service failed; what was made is not known.</exception>
    public async Task<IReadOnlyList<ItemResult>> AskAllAsync(UaSession session, UaSubscription subscription, bool looksUp, CancellationToken cancellationToken)
    {
        // without items nobody else would say which nodes are not there
        var targets = looksUp || _options.ReadsCyclically
            ? await TagResolver.LookUpAsync(session, _tags, cancellationToken)
            : await TagResolver.ResolveAsync(session, _tags, cancellationToken);
        foreach (var (tag, target) in _tags.Zip(targets))
        {
            tag.Target = target;
        }
        var results = new List<ItemResult>(_tags.Length + 1);
        var known = new List<ItemRequest>(_tags.Length + 1);
        foreach (var tag in _tags)
        {
            if (!tag.IsUnreadable && Request(tag, subscription) is { } request)
            {
                known.Add(request);
            }
            else
            {
                results.Add(Unasked(tag));
            }
        }
        known.Add(ServerTimeItem.Request(_options.KeepAliveEvery));
        results.AddRange(await subscription.CreateManyAsync(known, cancellationToken));
        return results;
    }

    /// <summary>The tag whose next attempt is due first; looked for only after an attempt was set or dropped, since it is asked for with every message.</summary>
    public MonitoredTag? Earliest()
    {
        if (_isEarliestKnown)
        {
            return _earliest;
        }

        MonitoredTag? earliest = null;
        foreach (var tag in _tags)
        {
            if (tag.RetryAt < PlantTime.Never && (earliest is null || tag.RetryAt < earliest.RetryAt))
            {
                earliest = tag;
            }
        }
        (_earliest, _isEarliestKnown) = (earliest, true);
        return earliest;
    }

    /// <summary>Sets the next attempt of a tag, before the present one is made.</summary>
    public void Postpone(MonitoredTag tag) => tag.RetryAt = _clock.Now + _options.RetryItemsAfter;

    /// <summary>Asks for one tag again, alone; changes nothing here but what its address names, so that it may run beside the loop that owns the tags.</summary>
    /// <exception cref="UaClientException">The connection or the whole service failed.</exception>
    public async Task<ItemResult> AskAgainAsync(MonitoredTag tag, UaSession session, UaSubscription subscription, CancellationToken cancellationToken)
    {
        if (tag.Outworn != 0)
        {
            await subscription.DeleteItemsAsync([tag.Outworn], cancellationToken);
            if (tag.IsUnreadable)
            {
                // asked for at once it would be as unreadable as just now
                return Unasked(tag);
            }
        }
        tag.Target = (await TagResolver.LookUpAsync(session, [tag], cancellationToken))[0];
        if (tag.IsUnreadable && !await IsReadableAsync(tag, session, cancellationToken))
        {
            return Unasked(tag);
        }
        return Request(tag, subscription) is { } request
            ? (await subscription.CreateItemsAsync([request], cancellationToken))[0]
            : Unasked(tag);
    }

    /// <summary>Takes what the server answered for all items.</summary>
    public void TakeAll(IReadOnlyList<ItemResult> results, UaSubscription subscription)
    {
        foreach (var result in results)
        {
            Take(result, subscription);
        }
    }

    /// <summary>Takes what the server answered for an item.</summary>
    public void Take(ItemResult result, UaSubscription subscription)
    {
        if (result.Handle == ServerTimeItem.Handle)
        {
            ServerTime.Take(result);
            return;
        }
        var tag = _tags[(result.Handle - 1) % (uint)_tags.Length];
        if (result.Status.IsBad)
        {
            (tag.Status, tag.ItemId) = (result.Status, 0);
            if (TagResolver.IsNotThere(result.Status))
            {
                Gone(tag);
            }
            tag.BlindFrom ??= tag.LastSample ?? _clock.Now;
            tag.RetryAt = NextAttempt(tag);
            return;
        }
        if (result.Handle != tag.Handle)
        {
            // left out while the answer was under way: nobody listens to this item
            (tag.Outworn, tag.RetryAt) = (result.Id, _clock.Now);
            return;
        }
        (tag.Status, tag.ItemId, tag.IsUnreadable) = (result.Status, result.Id, false);
        tag.RetryAt = PlantTime.Never;
        (tag.HasQueueOfOne, tag.Sampling) = (result.Queue <= 1, result.Sampling);
        tag.DetectablePulse = _options.ReadsCyclically ? result.Sampling : QueueSizing.DetectablePulse(result.Queue, result.Sampling, subscription.PublishingInterval);
        var ridesOut = QueueSizing.RidesOut(result.Queue, result.Sampling, subscription.PublishingInterval);
        RidesOut = RidesOut is { } shortest && shortest < ridesOut ? shortest : ridesOut;
    }

    /// <summary>A value says that its node is gone: such items never recover by themselves at some servers, so they are made anew after a while.</summary>
    public void NodeGone(MonitoredTag tag)
    {
        Gone(tag);
        if (tag.RetryAt == PlantTime.Never)
        {
            tag.RetryAt = NextAttempt(tag);
        }
    }

    /// <summary>The server does not know the item of a tag that was made: it is made anew at once.</summary>
    public void Vanished(MonitoredTag tag)
    {
        Gone(tag);
        (tag.ItemId, tag.Status) = (0, StatusCodes.BadMonitoredItemIdInvalid);
        tag.BlindFrom ??= tag.LastSample ?? _clock.Now;
        tag.RetryAt = _clock.Now;
    }

    /// <summary>The item of a tag does not do what it should, though the server believes it does: it is made anew at once.</summary>
    public void Remake(MonitoredTag tag) => tag.RetryAt = _clock.Now;

    /// <summary>A value is nothing that an alarm can compare: the server is asked what the node is, once, and its item is made anew where there is a number in it.</summary>
    public void IsNoNumber(MonitoredTag tag)
    {
        if (!tag.Target.IsLookedUp && tag.RetryAt > _clock.Now)
        {
            Remake(tag);
        }
    }

    /// <summary>The item of a tag is to be made anew: until it is, nobody listens to the old one, nor believes that the tag is monitored.</summary>
    public void TakeOutOfService(MonitoredTag tag)
    {
        GiveUpHandle(tag);
        tag.Outworn = tag.ItemId is CyclicReading.ItemId ? 0 : tag.ItemId;
        (tag.ItemId, tag.Status) = (0, StatusCodes.BadNoCommunication);
        tag.BlindFrom ??= tag.LastSample ?? _clock.Now;
    }

    /// <summary>The address of a tag names another variable than it did: whatever comes of its item is not listened to.</summary>
    public void Disown(MonitoredTag tag)
    {
        GiveUpHandle(tag);
        (tag.ItemId, tag.Status, tag.RetryAt) = (0, StatusCodes.BadConfigurationError, PlantTime.Never);
        tag.BlindFrom ??= tag.LastSample ?? _clock.Now;
    }

    /// <summary>
    /// A value of the item under a number could not be read: nobody listens to it any more, and it is deleted with the next chore. Then the tag is read alone, rarer and rarer,
    /// and gets an item again where that succeeds.
    /// </summary>
    /// <returns>The tag; null where the number is of none, or its tag is left out already.</returns>
    public MonitoredTag? Isolate(uint handle)
    {
        if (Find(handle) is not { } tag)
        {
            return null;
        }
        TakeOutOfService(tag);
        (tag.IsUnreadable, tag.Status, tag.RetryAt) = (true, StatusCodes.BadDecodingError, _clock.Now);
        return tag;
    }

    /// <summary>A value came: the item works. Where the server's answer that made it is still awaited, that decides.</summary>
    public static void Works(MonitoredTag tag)
    {
        if (tag.ItemId != 0 && (tag.Attempts != 0 || tag.RetryAt != PlantTime.Never))
        {
            tag.Attempts = 0;
            // what came back under the address of a node that went is compared before it is believed
            tag.RetryAt = tag.IsToBeCompared ? PlantTime.Zero : PlantTime.Never;
        }
    }

    // what is not asked of the server cannot be monitored, or is read in a cycle
    private static ItemResult Unasked(MonitoredTag tag) => tag switch
    {
        { IsAnother: true } => new(tag.Handle, StatusCodes.BadConfigurationError, 0, TimeSpan.Zero, 0),
        { Target.Status.IsBad: true } => new(tag.Handle, tag.Target.Status, 0, TimeSpan.Zero, 0),
        { IsToBeCompared: true } => new(tag.Handle, StatusCodes.BadWaitingForInitialData, 0, TimeSpan.Zero, 0),
        { IsUnreadable: true } => new(tag.Handle, StatusCodes.BadDecodingError, 0, TimeSpan.Zero, 0),
        _ => new(tag.Handle, default, CyclicReading.ItemId, tag.Tag.Sampling, 1),
    };

    // what comes back under the address of a node that went may be another one
    private static void Gone(MonitoredTag tag) => tag.Compared = tag.Compared is null ? null : TagTarget.Unresolved;

    private static async Task<bool> IsReadableAsync(MonitoredTag tag, UaSession session, CancellationToken cancellationToken)
    {
        try
        {
            await session.ReadManyAsync([new ReadValueId { NodeId = tag.Target.Node, AttributeId = AttributeIds.Value }], session.Limits, cancellationToken);
            return true;
        }
        catch (UaClientException failed) when (failed.Failure is UaFailure.Protocol && !session.Broken.IsCompleted)
        {
            return false;
        }
    }

    private ItemRequest? Request(MonitoredTag tag, UaSubscription subscription) => tag.Target.Status.IsBad || tag.IsAnother || tag.IsToBeCompared || _options.ReadsCyclically
        ? null
        : new(tag.Handle, tag.Target.Node, tag.Tag.Sampling, QueueSizing.Ask(tag.Tag.Sampling, subscription.PublishingInterval, _options.RidesOut));

    private PlantTime NextAttempt(MonitoredTag tag) => _clock.Now + (_options.RetryItemsAfter * Math.Min(++tag.Attempts, RetryRarest));
}
