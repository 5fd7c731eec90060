namespace EdgeAlarm.OpcUa.Client;

/// <summary>
/// The decisions of the reconnect ladder (OPC 10000-4 §6.7), without IO and without time: same session on a new channel and Republish first, else a new
/// session and a new subscription. It never ends: each failure leads to <see cref="LadderState.Waiting"/> and from there to another attempt.
/// </summary>
/// <remarks>
/// What it remembers is only whether a session and a subscription are kept and whether the sink believes the source to be up. The shell makes
/// the attempt of <see cref="State"/>, gives its outcome to <see cref="Take"/>, performs the effects and goes on. One thread at a time.
/// </remarks>
public sealed class ReconnectLadder
{
    private bool _sessionKept;
    private bool _subscriptionKept;
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
        LadderTrigger.ChannelOpened or LadderTrigger.SessionActivated or LadderTrigger.SessionLost or LadderTrigger.Republished or LadderTrigger.SubscriptionLost
            or LadderTrigger.Subscribed or LadderTrigger.Broken or LadderTrigger.Refused => throw Impossible(LadderState.Waiting, trigger),
    };

    private LadderStep FromConnecting(LadderTrigger trigger) => trigger switch
    {
        LadderTrigger.ChannelOpened => new(_sessionKept ? LadderState.Activating : LadderState.CreatingSession, LadderEffects.None),
        LadderTrigger.Broken => FallBack(LadderEffects.BackOff),
        // the server may have a new certificate or endpoint: discovery again, hence no kept session
        LadderTrigger.Refused => FallBack(LadderEffects.BackOffLong | Forget()),
        LadderTrigger.WaitElapsed or LadderTrigger.SessionActivated or LadderTrigger.SessionLost or LadderTrigger.Republished or LadderTrigger.SubscriptionLost
            or LadderTrigger.Subscribed => throw Impossible(LadderState.Connecting, trigger),
    };

    private LadderStep FromActivating(LadderTrigger trigger) => trigger switch
    {
        LadderTrigger.SessionActivated => new(_subscriptionKept ? LadderState.Republishing : LadderState.Subscribing, LadderEffects.None),
        // a new session begins with discovery, whose endpoints it has to compare
        LadderTrigger.SessionLost => new(LadderState.Connecting, LadderEffects.CloseChannel | Forget()),
        LadderTrigger.Broken => FallBack(LadderEffects.BackOff),
        LadderTrigger.Refused => FallBack(LadderEffects.BackOffLong | Forget()),
        LadderTrigger.WaitElapsed or LadderTrigger.ChannelOpened or LadderTrigger.Republished or LadderTrigger.SubscriptionLost
            or LadderTrigger.Subscribed => throw Impossible(LadderState.Activating, trigger),
    };

    private LadderStep FromCreatingSession(LadderTrigger trigger) => trigger switch
    {
        LadderTrigger.SessionActivated => new(LadderState.Subscribing, LadderEffects.None),
        LadderTrigger.Broken or LadderTrigger.SessionLost => FallBack(LadderEffects.BackOff | Forget()),
        LadderTrigger.Refused => FallBack(LadderEffects.BackOffLong | Forget()),
        LadderTrigger.WaitElapsed or LadderTrigger.ChannelOpened or LadderTrigger.Republished or LadderTrigger.SubscriptionLost
            or LadderTrigger.Subscribed => throw Impossible(LadderState.CreatingSession, trigger),
    };

    private LadderStep FromRepublishing(LadderTrigger trigger) => trigger switch
    {
        LadderTrigger.Republished => new(LadderState.Live, LadderEffects.ResetBackOff),
        LadderTrigger.SubscriptionLost => new(LadderState.Subscribing, LadderEffects.ForgetSubscription),
        LadderTrigger.SessionLost => FallBack(LadderEffects.BackOff | Forget()),
        LadderTrigger.Broken => FallBack(LadderEffects.BackOff),
        LadderTrigger.Refused => FallBack(LadderEffects.BackOffLong),
        LadderTrigger.WaitElapsed or LadderTrigger.ChannelOpened or LadderTrigger.SessionActivated
            or LadderTrigger.Subscribed => throw Impossible(LadderState.Republishing, trigger),
    };

    private LadderStep FromSubscribing(LadderTrigger trigger) => trigger switch
    {
        LadderTrigger.Subscribed => new(LadderState.Live, LadderEffects.ResetBackOff),
        LadderTrigger.SessionLost => FallBack(LadderEffects.BackOff | Forget()),
        // half a subscription is none
        LadderTrigger.SubscriptionLost or LadderTrigger.Broken => FallBack(LadderEffects.BackOff | LadderEffects.ForgetSubscription),
        LadderTrigger.Refused => FallBack(LadderEffects.BackOffLong | LadderEffects.ForgetSubscription),
        LadderTrigger.WaitElapsed or LadderTrigger.ChannelOpened or LadderTrigger.SessionActivated
            or LadderTrigger.Republished => throw Impossible(LadderState.Subscribing, trigger),
    };

    private LadderStep FromLive(LadderTrigger trigger) => trigger switch
    {
        // the first attempt after a break is immediate: most breaks are short, and the server's queues are filling
        LadderTrigger.Broken => new(LadderState.Connecting, Down() | LadderEffects.CloseChannel),
        LadderTrigger.SessionLost => new(LadderState.Connecting, Down() | LadderEffects.CloseChannel | Forget()),
        LadderTrigger.SubscriptionLost => new(LadderState.Subscribing, Down() | LadderEffects.ForgetSubscription),
        LadderTrigger.Refused => FallBack(LadderEffects.BackOffLong),
        LadderTrigger.WaitElapsed or LadderTrigger.ChannelOpened or LadderTrigger.SessionActivated or LadderTrigger.Republished
            or LadderTrigger.Subscribed => throw Impossible(LadderState.Live, trigger),
    };

    private static InvalidOperationException Impossible(LadderState state, LadderTrigger trigger) => new($"{trigger} cannot occur in the state {state}.");

    private static LadderEffects Forget() => LadderEffects.ForgetSession | LadderEffects.ForgetSubscription;

    private LadderEffects Down() => _delivering ? LadderEffects.TellSourceDown : LadderEffects.None;

    private LadderStep FallBack(LadderEffects effects) => new(LadderState.Waiting, Down() | LadderEffects.CloseChannel | effects);

    private void Remember(LadderStep step)
    {
        if (step.Next is LadderState.Live)
        {
            _delivering = true;
        }
        if (step.Next is LadderState.Republishing or LadderState.Subscribing)
        {
            _sessionKept = true;
        }
        if (State is LadderState.Subscribing && step.Next is LadderState.Live)
        {
            _subscriptionKept = true;
        }
        if (step.Effects.HasFlag(LadderEffects.TellSourceDown))
        {
            _delivering = false;
        }
        if (step.Effects.HasFlag(LadderEffects.ForgetSession))
        {
            _sessionKept = false;
        }
        if (step.Effects.HasFlag(LadderEffects.ForgetSubscription))
        {
            _subscriptionKept = false;
        }
        State = step.Next;
    }
}
