namespace EdgeAlarm.OpcUa.Client;

/// <summary>Where a connection stands on the reconnect ladder (OPC 10000-4 §6.7). Each state but <see cref="Live"/> is one attempt at one thing.</summary>
public enum LadderState
{
    /// <summary>Waiting for the back-off to pass; no socket. Left by <see cref="LadderTrigger.WaitElapsed"/> only.</summary>
    Waiting,

    /// <summary>Opening socket and secure channel for the session that is kept; nothing to do where none is.</summary>
    Connecting,

    /// <summary>Activating the session of before on the new channel; the cheapest way back and the only one that every server offers.</summary>
    Activating,

    /// <summary>Discovery, channel, and a new session on it, because there was none or the server has forgotten it.</summary>
    CreatingSession,

    /// <summary>Moving the subscriptions of a session that is lost to the new one (TransferSubscriptions), so that their queues are not lost with it.</summary>
    Transferring,

    /// <summary>Fetching what the server sent into the broken socket, message by message, until it has no more.</summary>
    Republishing,

    /// <summary>Creating the subscriptions that are missing, and their monitored items.</summary>
    Subscribing,

    /// <summary>Publish requests are outstanding and the watchdog runs.</summary>
    Live,
}
