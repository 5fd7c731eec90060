namespace EdgeAlarm.OpcUa.Services;

/// <summary>Which references a Browse follows (OPC 10000-4 §7.5).</summary>
public enum BrowseDirection
{
    /// <summary>From source to target.</summary>
    Forward = 0,

    /// <summary>From target to source.</summary>
    Inverse = 1,

    /// <summary>Both.</summary>
    Both = 2,

    /// <summary>No setting.</summary>
    Invalid = 3,
}
