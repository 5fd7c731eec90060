namespace EdgeAlarm.OpcUa.Services;

/// <summary>How the deadband of a DataChangeFilter counts; a UInt32 on the wire (OPC 10000-4 §7.22.2).</summary>
public enum DeadbandType
{
    /// <summary>No deadband.</summary>
    None = 0,

    /// <summary>In the unit of the value.</summary>
    Absolute = 1,

    /// <summary>In percent of the EURange.</summary>
    Percent = 2,
}
