namespace EdgeAlarm.OpcUa.Client;

/// <summary>
/// The decisions of the reconnect ladder (OPC 10000-4 §6.7), without IO and without time: same session on a new channel and Republish first, then a new session to which
/// the subscriptions are transferred, else new subscriptions. It never ends: each failure leads to <see cref="LadderState.Waiting"/> and from there to another attempt.
/// </summary>
/// <remarks>
/// What it remembers is only whether a session and subscriptions are kept, whether the subscriptions still belong to a session that is lost, and whether the sink believes
/// the source to be up. The shell makes the attempt of <see cref="State"/>, gives its outcome to <see cref="Take"/>, performs the effects and goes on. One thread at a time.
/// </remarks>
public sealed class ReconnectLadder
{
    private bool _sessionKept;
    private bool _subscriptionKept;
    private bool _isTransferDue;
    private bool _delivering;

    /// <summary>Where the connection stands; <see cref="LadderState.Connecting"/> at first.</summary>
    public LadderState State { get; private set; } = LadderState.Connecting;

    /// <summary>Whether the session of before the break may still live at the server.</summary>
    public bool SessionKept => _sessionKept;

    /// <summary>Takes the outcome of the present state's attempt.</summary>
    /// <exception cref="InvalidOperationException">The trigger cannot occur in this state: a fault of the shell.</exception>
    public LadderStep Take(LadderTrigger trigger)
    {
        var step = State switch
        {
            LadderState.Waiting => FromWaiting(trigger),
            LadderState.Connecting => FromConnecting(trigger),
            LadderState.Activating => FromActivating(trigger),
            LadderState.CreatingSession => FromCreatingSession(trigger),
            LadderState.Transferring => FromTransferring(trigger),
            LadderState.Republishing => FromRepublishing(trigger),
            LadderState.Subscribing => FromSubscribing(trigger),
            LadderState.Live => FromLive(trigger),
        };
        Remember(step);
        return step;
    }

    private static LadderStep FromWaiting(LadderTrigger trigger) => trigger switch
    {
        LadderTrigger.WaitElapsed => new(LadderState.Connecting, LadderEffects.None),
        LadderTrigger.ChannelOpened or LadderTrigger.SessionActivated or LadderTrigger.SessionLost or LadderTrigger.Transferred or LadderTrigger.TransferRefused
            or LadderTrigger.Republished or LadderTrigger.RepublishedInPart or LadderTrigger.SubscriptionLost or LadderTrigger.SessionUseless or LadderTrigger.Subscribed
            or LadderTrigger.Broken or LadderTrigger.Refused => throw Impossible(LadderState.Waiting, trigger),
    };

    private LadderStep FromConnecting(LadderTrigger trigger) => trigger switch
    {
        LadderTrigger.ChannelOpened => new(_sessionKept ? LadderState.Activating : LadderState.CreatingSession, LadderEffects.None),
        LadderTrigger.Broken => FallBack(LadderEffects.BackOff),
        // the server may have a new certificate or endpoint: discovery again, hence no kept session
        LadderTrigger.Refused => FallBack(LadderEffects.BackOffLong | LadderEffects.ForgetSession),
        // it has, and that is trusted
        LadderTrigger.SessionLost => FallBack(LadderEffects.BackOff | LadderEffects.ForgetSession),
        LadderTrigger.WaitElapsed or LadderTrigger.SessionActivated or LadderTrigger.Transferred or LadderTrigger.TransferRefused
            or LadderTrigger.Republished or LadderTrigger.RepublishedInPart or LadderTrigger.SubscriptionLost or LadderTrigger.SessionUseless
            or LadderTrigger.Subscribed => throw Impossible(LadderState.Connecting, trigger),
    };

    private LadderStep FromActivating(LadderTrigger trigger) => trigger switch
    {
        LadderTrigger.SessionActivated => new(WithSession(), LadderEffects.None),
        // a new session begins with discovery, whose endpoints it has to compare; the subscriptions outlive the old one and may be moved
        LadderTrigger.SessionLost => new(LadderState.Connecting, LadderEffects.CloseChannel | LadderEffects.ForgetSession),
        LadderTrigger.Broken => FallBack(LadderEffects.BackOff),
        LadderTrigger.Refused => FallBack(LadderEffects.BackOffLong | LadderEffects.ForgetSession),
        LadderTrigger.WaitElapsed or LadderTrigger.ChannelOpened or LadderTrigger.Transferred or LadderTrigger.TransferRefused or LadderTrigger.Republished
            or LadderTrigger.RepublishedInPart or LadderTrigger.SubscriptionLost or LadderTrigger.SessionUseless
            or LadderTrigger.Subscribed => throw Impossible(LadderState.Activating, trigger),
    };

    private LadderStep FromCreatingSession(LadderTrigger trigger) => trigger switch
    {
        LadderTrigger.SessionActivated => new(WithSession(), LadderEffects.None),
        LadderTrigger.Broken or LadderTrigger.SessionLost => FallBack(LadderEffects.BackOff | LadderEffects.ForgetSession),
        LadderTrigger.Refused => FallBack(LadderEffects.BackOffLong | LadderEffects.ForgetSession),
        LadderTrigger.WaitElapsed or LadderTrigger.ChannelOpened or LadderTrigger.Transferred or LadderTrigger.TransferRefused or LadderTrigger.Republished
            or LadderTrigger.RepublishedInPart or LadderTrigger.SubscriptionLost or LadderTrigger.SessionUseless
            or LadderTrigger.Subscribed => throw Impossible(LadderState.CreatingSession, trigger),
    };

    private LadderStep FromTransferring(LadderTrigger trigger) => trigger switch
    {
        LadderTrigger.Transferred => new(LadderState.Republishing, LadderEffects.None),
        LadderTrigger.TransferRefused => new(LadderState.Subscribing, LadderEffects.ForgetSubscription),
        LadderTrigger.SessionLost => FallBack(LadderEffects.BackOff | LadderEffects.ForgetSession),
        LadderTrigger.Broken => FallBack(LadderEffects.BackOff),
        LadderTrigger.Refused => FallBack(LadderEffects.BackOffLong),
        LadderTrigger.WaitElapsed or LadderTrigger.ChannelOpened or LadderTrigger.SessionActivated or LadderTrigger.Republished or LadderTrigger.RepublishedInPart
            or LadderTrigger.SubscriptionLost or LadderTrigger.SessionUseless or LadderTrigger.Subscribed => throw Impossible(LadderState.Transferring, trigger),
    };

    private LadderStep FromRepublishing(LadderTrigger trigger) => trigger switch
    {
        LadderTrigger.Republished => new(LadderState.Live, LadderEffects.TellConnected),
        LadderTrigger.RepublishedInPart => new(LadderState.Subscribing, LadderEffects.None),
        LadderTrigger.SubscriptionLost => new(LadderState.Subscribing, LadderEffects.ForgetSubscription),
        LadderTrigger.SessionLost => FallBack(LadderEffects.BackOff | LadderEffects.ForgetSession),
        LadderTrigger.Broken => FallBack(LadderEffects.BackOff),
        LadderTrigger.Refused => FallBack(LadderEffects.BackOffLong),
        LadderTrigger.WaitElapsed or LadderTrigger.ChannelOpened or LadderTrigger.SessionActivated or LadderTrigger.Transferred or LadderTrigger.TransferRefused
            or LadderTrigger.SessionUseless or LadderTrigger.Subscribed => throw Impossible(LadderState.Republishing, trigger),
    };

    private LadderStep FromSubscribing(LadderTrigger trigger) => trigger switch
    {
        LadderTrigger.Subscribed => new(LadderState.Live, LadderEffects.TellConnected),
        LadderTrigger.SessionLost => FallBack(LadderEffects.BackOff | Forget()),
        // half a subscription is none
        LadderTrigger.SubscriptionLost or LadderTrigger.Broken => FallBack(LadderEffects.BackOff | LadderEffects.ForgetSubscription),
        LadderTrigger.Refused => FallBack(LadderEffects.BackOffLong | LadderEffects.ForgetSubscription),
        LadderTrigger.WaitElapsed or LadderTrigger.ChannelOpened or LadderTrigger.SessionActivated or LadderTrigger.Transferred or LadderTrigger.TransferRefused
            or LadderTrigger.Republished or LadderTrigger.RepublishedInPart or LadderTrigger.SessionUseless => throw Impossible(LadderState.Subscribing, trigger),
    };

    private LadderStep FromLive(LadderTrigger trigger) => trigger switch
    {
        // the first attempt after a break is immediate: most breaks are short, and the server's queues are filling
        LadderTrigger.Broken => new(LadderState.Connecting, Down() | LadderEffects.CloseChannel),
        LadderTrigger.SessionLost => new(LadderState.Connecting, Down() | LadderEffects.CloseChannel | LadderEffects.ForgetSession),
        LadderTrigger.SubscriptionLost => new(LadderState.Subscribing, Down() | LadderEffects.ForgetSubscription),
        LadderTrigger.SessionUseless => new(LadderState.Connecting, Down() | LadderEffects.CloseChannel | Forget()),
        LadderTrigger.Refused => FallBack(LadderEffects.BackOffLong),
        LadderTrigger.WaitElapsed or LadderTrigger.ChannelOpened or LadderTrigger.SessionActivated or LadderTrigger.Transferred or LadderTrigger.TransferRefused
            or LadderTrigger.Republished or LadderTrigger.RepublishedInPart or LadderTrigger.Subscribed => throw Impossible(LadderState.Live, trigger),
    };

    private static InvalidOperationException Impossible(LadderState state, LadderTrigger trigger) => new($"{trigger} cannot occur in the state {state}.");

    private static LadderEffects Forget() => LadderEffects.ForgetSession | LadderEffects.ForgetSubscription;

    private LadderState WithSession() => !_subscriptionKept ? LadderState.Subscribing : _isTransferDue ? LadderState.Transferring : LadderState.Republishing;

    private LadderEffects Down() => _delivering ? LadderEffects.TellSourceDown : LadderEffects.None;

    private LadderStep FallBack(LadderEffects effects) => new(LadderState.Waiting, Down() | LadderEffects.CloseChannel | effects);

    private void Remember(LadderStep step)
    {
        if (step.Next is LadderState.Live)
        {
            (_delivering, _subscriptionKept) = (true, true);
        }
        if (step.Next is LadderState.Transferring or LadderState.Republishing or LadderState.Subscribing)
        {
            _sessionKept = true;
        }
        if (State is LadderState.Transferring && step.Next is LadderState.Republishing)
        {
            _isTransferDue = false;
        }
        if (step.Effects.HasFlag(LadderEffects.TellSourceDown))
        {
            _delivering = false;
        }
        if (step.Effects.HasFlag(LadderEffects.ForgetSession))
        {
            (_sessionKept, _isTransferDue) = (false, _subscriptionKept);
        }
        if (step.Effects.HasFlag(LadderEffects.ForgetSubscription))
        {
            (_subscriptionKept, _isTransferDue) = (false, false);
        }
        State = step.Next;
    }
}
