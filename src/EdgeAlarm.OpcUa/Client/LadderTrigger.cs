namespace EdgeAlarm.OpcUa.Client;

/// <summary>What came of the attempt that a <see cref="LadderState"/> stands for, or what broke it.</summary>
public enum LadderTrigger
{
    /// <summary>The back-off has passed.</summary>
    WaitElapsed,

    /// <summary>The secure channel is open.</summary>
    ChannelOpened,

    /// <summary>The session is active: the kept one, or a new one.</summary>
    SessionActivated,

    /// <summary>The server does not know the session any more, or refuses to activate it on the new channel.</summary>
    SessionLost,

    /// <summary>At least one subscription of the lost session belongs to the new one; those that were refused are to be made anew.</summary>
    Transferred,

    /// <summary>No subscription could be moved: refused, not supported, or worthless because the server restarted.</summary>
    TransferRefused,

    /// <summary>The server has nothing more to republish: every message up to here was delivered.</summary>
    Republished,

    /// <summary>As <see cref="Republished"/>, but some of the subscriptions are gone and are to be made anew.</summary>
    RepublishedInPart,

    /// <summary>The subscriptions are gone at the server, silent although the server answers, or invalid because the server restarted.</summary>
    SubscriptionLost,

    /// <summary>The subscriptions were made anew within the session and are silent again: only a new session can help.</summary>
    SessionUseless,

    /// <summary>The subscriptions and their items exist.</summary>
    Subscribed,

    /// <summary>The socket, the channel or a deadline failed, or the server refused for a reason that passes.</summary>
    Broken,

    /// <summary>Refused for a reason that only people can mend: certificate, user, endpoint, configuration. To be tried again, slowly.</summary>
    Refused,
}
