namespace EdgeAlarm.Gateway.Recorder;

/// <summary>Names of the system conditions that the recorder raises and clears for want of space. That nothing is recorded at all is one of the gateway.</summary>
public static class RecorderConditions
{
    /// <summary>The disk gets full: at this rate within days, or little is left.</summary>
    public const string DiskFilling = "SYS_RECORDER_DISK_FILLING";

    /// <summary>For want of space the oldest of the recording went before its time.</summary>
    public const string Shedding = "SYS_RECORDER_SHEDDING";

    /// <summary>For want of space events went that the centre has not receipted: the loss record.</summary>
    public const string EventsLost = "SYS_RECORDER_EVENTS_LOST";
}
