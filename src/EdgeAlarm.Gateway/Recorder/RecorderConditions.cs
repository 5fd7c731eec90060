namespace EdgeAlarm.Gateway.Recorder;

/// <summary>Names of the system conditions of the recorder.</summary>
public static class RecorderConditions
{
    /// <summary>The disk of the journal is dead, full or hangs: alarms go on, recorded in memory alone.</summary>
    public const string Unrecorded = "SYS_RECORDER_UNRECORDED";
}
