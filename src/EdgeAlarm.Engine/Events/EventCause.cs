namespace EdgeAlarm.Engine;

/// <summary>What stands behind a transition (the timeline's classes).</summary>
public enum EventCause
{
    /// <summary>The plant.</summary>
    Process,

    /// <summary>A person.</summary>
    Operator,

    /// <summary>A changed configuration.</summary>
    Configuration,

    /// <summary>The gateway, the network, a clock.</summary>
    System,
}
