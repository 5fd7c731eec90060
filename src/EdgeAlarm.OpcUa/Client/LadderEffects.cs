namespace EdgeAlarm.OpcUa.Client;

/// <summary>What a step of the ladder has to cause, apart from the attempt that its next state stands for. The shell performs them in the order of their bits.</summary>
[Flags]
public enum LadderEffects
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The source delivers no more: tell the sink, once an outage.</summary>
    TellSourceDown = 1,

    /// <summary>Close the channel if one is open.</summary>
    CloseChannel = 2,

    /// <summary>The session is worthless: forget it. Without <see cref="ForgetSubscription"/> its subscriptions stay at the server, to be moved to the next session.</summary>
    ForgetSession = 4,

    /// <summary>The subscriptions are worthless: forget them, delete them where the server still answers; what comes after their recreation begins with a gap.</summary>
    ForgetSubscription = 8,

    /// <summary>Begin the back-off of a passing failure, 1 to 30 s.</summary>
    BackOff = 16,

    /// <summary>Begin the back-off of a refusal, at least 60 s: hammering a PLC with a wrong password locks the account.</summary>
    BackOffLong = 32,

    /// <summary>The subscriptions are live, which people are told; only what then lasts is health, and begins the back-off at its shortest.</summary>
    TellConnected = 64,
}
