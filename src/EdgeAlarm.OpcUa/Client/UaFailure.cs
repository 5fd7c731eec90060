namespace EdgeAlarm.OpcUa.Client;

/// <summary>What kind of thing failed, and so what has to be done about it.</summary>
public enum UaFailure
{
    /// <summary>Socket, name resolution, an Error message of the transport, a closed channel: try again.</summary>
    Transport,

    /// <summary>No answer in time: try again.</summary>
    Timeout,

    /// <summary>The server sent bytes that break the protocol: close the channel, try again.</summary>
    Protocol,

    /// <summary>The server answered with a bad service result: depends on the code.</summary>
    Service,

    /// <summary>The server does not know the session any more: create a new one.</summary>
    Session,

    /// <summary>A certificate, a signature or a policy was refused, by us or by the server: people have to act.</summary>
    Security,

    /// <summary>User name or password were refused: people have to act, and quick repetition locks accounts.</summary>
    Identity,

    /// <summary>The server offers no endpoint with the demanded security and user token: people have to act.</summary>
    Endpoint,
}
