namespace EdgeAlarm.OpcUa.Services;

/// <summary>What makes a new notification of a data item (OPC 10000-4 §7.22.2).</summary>
public enum DataChangeTrigger
{
    /// <summary>A change of the status only: value changes stay unseen.</summary>
    Status = 0,

    /// <summary>A change of status or value; the default without a filter.</summary>
    StatusValue = 1,

    /// <summary>A change of status, value or source time.</summary>
    StatusValueTimestamp = 2,
}
