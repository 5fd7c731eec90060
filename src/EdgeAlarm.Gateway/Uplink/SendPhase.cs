namespace EdgeAlarm.Gateway.Uplink;

/// <summary>What the send cursor may do now.</summary>
internal enum SendPhase
{
    /// <summary>No connection: nothing is sent.</summary>
    Disconnected,

    /// <summary>Connected; the retained receipt may still come and save sending again what the historian has.</summary>
    AwaitingReceipt,

    /// <summary>Events are sent.</summary>
    Sending,
}
