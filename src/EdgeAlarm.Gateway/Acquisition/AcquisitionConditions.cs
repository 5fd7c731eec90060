using System.Globalization;

namespace EdgeAlarm.Gateway.Acquisition;

/// <summary>Names of the system conditions of a source, each with the source's name in it.</summary>
public static class AcquisitionConditions
{
    /// <summary>Readings show changes that the server did not notify.</summary>
    /// <param name="source">The source.</param>
    /// <param name="subscription">1 for its first subscription.</param>
    public static string NotNotified(string source, int subscription) => string.Create(CultureInfo.InvariantCulture, $"SYS_CHANGE_NOT_NOTIFIED.{source}.{subscription}");
}
