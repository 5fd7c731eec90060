namespace EdgeAlarm.Engine;

/// <summary>What holds the indication of an alarm after its condition returned.</summary>
public enum LatchMode
{
    /// <summary>Nothing: a return is a return.</summary>
    None,

    /// <summary>A latch that an operator resets.</summary>
    Manual,

    /// <summary>A latch that an operator resets, or its time once the occurrence is acknowledged.</summary>
    Timed,
}
