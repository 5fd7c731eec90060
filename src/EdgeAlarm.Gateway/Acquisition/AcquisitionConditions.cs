namespace EdgeAlarm.Gateway.Acquisition;

/// <summary>Names of the system conditions of a source, each followed by the source's name.</summary>
public static class AcquisitionConditions
{
    /// <summary>Readings show changes that the server did not notify.</summary>
    public static string NotNotified(string source) => $"SYS_CHANGE_NOT_NOTIFIED.{source}";
}
