namespace EdgeAlarm.Engine;

/// <summary>Lifecycle of an alarm (ISA-18.2 §5; OPC 10000-9 §5.8). The other region, suppression, is never mixed in.</summary>
public enum LifecycleState : byte
{
    /// <summary>Condition false, nothing to acknowledge.</summary>
    Normal,

    /// <summary>Condition true, not acknowledged.</summary>
    Unacknowledged,

    /// <summary>Condition true, acknowledged.</summary>
    Acknowledged,

    /// <summary>Condition false again before anybody acknowledged.</summary>
    ReturnedUnacknowledged,

    /// <summary>Condition false again, the indication latched, nobody acknowledged.</summary>
    LatchedUnacknowledged,

    /// <summary>Condition false again, acknowledged, the indication latched until its reset.</summary>
    LatchedAcknowledged,
}
