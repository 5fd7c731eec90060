namespace EdgeAlarm.Engine;

/// <summary>How a source came up.</summary>
public enum SourceRecovery
{
    /// <summary>First connection since the gateway started.</summary>
    Connected,

    /// <summary>The session was re-activated and every missed message republished: nothing was lost.</summary>
    Republished,

    /// <summary>The subscription was made anew: what happened meanwhile is a gap.</summary>
    Recreated,
}
