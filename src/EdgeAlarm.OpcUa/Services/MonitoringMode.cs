namespace EdgeAlarm.OpcUa.Services;

/// <summary>What a monitored item does (OPC 10000-4 §7.23).</summary>
public enum MonitoringMode
{
    /// <summary>Nothing.</summary>
    Disabled = 0,

    /// <summary>Samples into its queue without reporting.</summary>
    Sampling = 1,

    /// <summary>Samples and reports.</summary>
    Reporting = 2,
}
