namespace EdgeAlarm.OpcUa.Services;

/// <summary>Which times a server sends with values (OPC 10000-4 §7.40).</summary>
public enum TimestampsToReturn
{
    /// <summary>The source's.</summary>
    Source = 0,

    /// <summary>The server's.</summary>
    Server = 1,

    /// <summary>Both.</summary>
    Both = 2,

    /// <summary>None; refused where values need a time.</summary>
    Neither = 3,

    /// <summary>No setting; servers answer BadTimestampsToReturnInvalid.</summary>
    Invalid = 4,
}
