namespace EdgeAlarm.Engine;

/// <summary>Names of the system conditions that decide whether the gateway as a whole is armed. Whether what it finds reaches the centre is another fact, and none of these.</summary>
public static class GatewayConditions
{
    /// <summary>The recorder keeps nothing on the disk: alarms go on, but what comes of them would not survive the gateway.</summary>
    public const string Unrecorded = "SYS_RECORDER_UNRECORDED";
}
