using System.Globalization;

namespace EdgeAlarm.Gateway.Acquisition;

/// <summary>Names of the system conditions of a source, each with the source's name in it.</summary>
public static class AcquisitionConditions
{
    /// <summary>Pulses that alarms must not miss are shorter than what is certain to be seen.</summary>
    /// <param name="source">The source.</param>
    /// <param name="subscription">1 for its first subscription.</param>
    public static string PulseTooShort(string source, int subscription) => string.Create(CultureInfo.InvariantCulture, $"SYS_PULSE_TOO_SHORT.{source}.{subscription}");

    /// <summary>Readings show changes that the server did not notify.</summary>
    /// <param name="source">The source.</param>
    /// <param name="subscription">1 for its first subscription.</param>
    public static string NotNotified(string source, int subscription) => string.Create(CultureInfo.InvariantCulture, $"SYS_CHANGE_NOT_NOTIFIED.{source}.{subscription}");

    /// <summary>The server says for long that more messages wait: values come late.</summary>
    /// <param name="source">The source.</param>
    /// <param name="subscription">1 for its first subscription.</param>
    public static string Behind(string source, int subscription) => string.Create(CultureInfo.InvariantCulture, $"SYS_MESSAGES_BEHIND.{source}.{subscription}");

    /// <summary>The heartbeat cannot be written.</summary>
    public static string HeartbeatNotWritten(string source) => $"SYS_HEARTBEAT_NOT_WRITTEN.{source}";

    /// <summary>Addresses name other variables than they did; those are not monitored.</summary>
    public static string IdentityChanged(string source) => $"SYS_IDENTITY_CHANGED.{source}";

    /// <summary>The record of what the nodes were cannot be read: another variable under a known address would not be noticed.</summary>
    public static string IdentitiesUnusable(string source) => $"SYS_IDENTITIES_UNUSABLE.{source}";
}
