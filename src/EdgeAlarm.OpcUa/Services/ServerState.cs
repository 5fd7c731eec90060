namespace EdgeAlarm.OpcUa.Services;

/// <summary>The state of a server (OPC 10000-5 §12.6).</summary>
public enum ServerState
{
    /// <summary>In normal operation.</summary>
    Running = 0,

    /// <summary>A vendor-specific failure.</summary>
    Failed = 1,

    /// <summary>Not configured.</summary>
    NoConfiguration = 2,

    /// <summary>Suspended; no new data.</summary>
    Suspended = 3,

    /// <summary>Shutting down.</summary>
    Shutdown = 4,

    /// <summary>In test mode: outputs are disconnected, inputs may be simulated.</summary>
    Test = 5,

    /// <summary>Underlying devices cannot be reached.</summary>
    CommunicationFault = 6,

    /// <summary>Unknown.</summary>
    Unknown = 7,
}
