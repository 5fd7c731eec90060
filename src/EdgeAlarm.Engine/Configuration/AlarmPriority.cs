namespace EdgeAlarm.Engine;

/// <summary>Importance to the operator (ISA-18.2 §9).</summary>
public enum AlarmPriority
{
    /// <summary>Highest.</summary>
    Critical,

    /// <summary>High.</summary>
    High,

    /// <summary>Medium.</summary>
    Medium,

    /// <summary>Low.</summary>
    Low,

    /// <summary>Recorded, never annunciated.</summary>
    Journal,
}
