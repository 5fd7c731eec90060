namespace EdgeAlarm.OpcUa.Services;

/// <summary>What kind of application an ApplicationDescription describes (OPC 10000-4 §7.4).</summary>
public enum ApplicationType
{
    /// <summary>A server.</summary>
    Server = 0,

    /// <summary>A client.</summary>
    Client = 1,

    /// <summary>Both.</summary>
    ClientAndServer = 2,

    /// <summary>A discovery server.</summary>
    DiscoveryServer = 3,
}
