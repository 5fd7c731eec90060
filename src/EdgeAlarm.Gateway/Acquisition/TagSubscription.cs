using EdgeAlarm.Engine;
using EdgeAlarm.OpcUa.Client;

namespace EdgeAlarm.Gateway.Acquisition;

/// <summary>The share of a source's tags that one subscription carries, the subscription that carries it at the moment, and what outlives that.</summary>
/// <param name="number">1 for the first of the source.</param>
/// <param name="tags">Its tags.</param>
internal sealed class TagSubscription(int number, MonitoredTags tags)
{
    // a subscription that lived as long as this many silences was not made in vain
    private const int SilencesOfHealth = 3;
    private PlantTime _begun;
    private bool _hasBegun;

    /// <summary>1 for the first of the source.</summary>
    public int Number { get; } = number;

    /// <summary>Its tags and their items.</summary>
    public MonitoredTags Tags { get; } = tags;

    /// <summary>The subscription; null while there is none.</summary>
    public UaSubscription? Subscription { get; private set; }

    /// <summary>The way of its messages; null while there is no subscription.</summary>
    public MessageFlow? Flow { get; private set; }

    /// <summary>Arrival of the last message handed on; null before the first since the gateway started.</summary>
    public PlantTime? LastSeen { get; set; }

    /// <summary>
    /// Until when messages count as coming after a recovery. Servers send the present value of every item again when a session is activated on a new channel,
    /// in a later message of their own choice, though nobody asked for it.
    /// </summary>
    public PlantTime RecoveredUntil { get; set; } = PlantTime.Zero;

    /// <summary>Whether the same subscription goes on after a break, and nothing has come of it yet.</summary>
    public bool IsResumed { get; set; }

    /// <summary>After a transfer: the messages that the server can send again; null where nothing was transferred, or they were asked for.</summary>
    public IReadOnlyList<uint>? Available { get; set; }

    /// <summary>Since when its tags are blind although others of the source deliver; null while it delivers. Ends with the first message.</summary>
    public PlantTime? BlindFrom { get; set; }

    /// <summary>When the subscription is to be made anew within the session; <see cref="PlantTime.Never"/> where nothing is to be done.</summary>
    public PlantTime RenewAt { get; set; } = PlantTime.Never;

    /// <summary>How often it was made anew since the start.</summary>
    public int Recreations { get; private set; }

    /// <summary>How often it was made anew without living since.</summary>
    public int MadeInVain { get; set; }

    /// <summary>Whether its items are to be counted at the server, because a request had no certain end or the session was another meanwhile.</summary>
    public bool IsToBeCounted { get; set; }

    /// <summary>Whether it was told that demanded pulses may be missed.</summary>
    public bool MissesPulses { get; set; }

    /// <summary>Whether it was told that readings show changes that were not notified.</summary>
    public bool HasUnnotified { get; set; }

    /// <summary>Whether it was told that its messages wait at the server.</summary>
    public bool IsBehind { get; set; }

    /// <summary>When it was last heard of.</summary>
    public PlantTime Heard { get; private set; }

    /// <summary>Since when a message is missing; null if none is.</summary>
    public PlantTime? HoleSince { get; set; }

    /// <summary>When its silence is worth asking about; <see cref="PlantTime.Never"/> without a subscription.</summary>
    public PlantTime SilentAt => Subscription is { } subscription ? Heard + subscription.SilenceMax : PlantTime.Never;

    /// <summary>When the server's clock in it stands still for too long; <see cref="PlantTime.Never"/> where that cannot be told.</summary>
    public PlantTime StillAt => Subscription is { } subscription ? Tags.ServerTime.DueAt(subscription.SilenceMax) : PlantTime.Never;

    /// <summary>Why its subscription is dead; null while it may live.</summary>
    /// <param name="now">Now.</param>
    /// <param name="answered">When the server last answered anything.</param>
    public string? DeadReason(PlantTime now, PlantTime answered) => Subscription switch
    {
        { } when now >= StillAt =>
            "the server's keep-alives come but its clock stands still in the subscription: nothing is sampled any more",
        { } when now > SilentAt && answered > SilentAt => $"the server answers but its subscription has been silent for {(now - Heard).TotalSeconds:F0} s",
        _ => null,
    };

    /// <summary>A subscription was made for it.</summary>
    public void Begin(UaSubscription subscription, MessageFlow flow, PlantTime now)
    {
        (Subscription, Flow, _begun, HoleSince, RenewAt, IsResumed) = (subscription, flow, now, null, PlantTime.Never, false);
        MadeInVain++;
        Recreations += _hasBegun ? 1 : 0;
        _hasBegun = true;
        Watch(now);
    }

    /// <summary>The watchdog starts anew: nothing could come before.</summary>
    public void Watch(PlantTime now)
    {
        Heard = now;
        Tags.ServerTime.Watch(now);
    }

    /// <summary>A message of the subscription came.</summary>
    public void Hear(PlantTime now)
    {
        Heard = now;
        if (Subscription is { } alive && now - _begun > alive.SilenceMax * SilencesOfHealth)
        {
            MadeInVain = 0;
        }
    }

    /// <summary>It has no subscription any more.</summary>
    public UaSubscription? Forget()
    {
        var subscription = Subscription;
        (Subscription, Flow, Available, HoleSince, IsResumed, IsToBeCounted, RenewAt) = (null, null, null, null, false, false, PlantTime.Never);
        Tags.Forget();
        return subscription;
    }
}
