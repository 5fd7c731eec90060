using Microsoft.Extensions.Logging;

namespace EdgeAlarm.Gateway.Certificates;

/// <summary>The messages about certificates.</summary>
internal static partial class CertificateLog
{
    [LoggerMessage(EventIds.Certificates.Raised, LogLevel.Warning, "{Condition}: {Detail}")]
    public static partial void Raised(this ILogger logger, string condition, string detail);

    [LoggerMessage(EventIds.Certificates.Settled, LogLevel.Information, "{Condition} is settled")]
    public static partial void Settled(this ILogger logger, string condition);

    [LoggerMessage(EventIds.Certificates.Renewed, LogLevel.Warning, "The gateway's certificate was renewed, with the same key: SHA-1 {Old} ends {OldEnd}, SHA-1 {New} ends {NewEnd}. Trust {File} at each PLC; until then the old one is shown where the new one is refused")]
    public static partial void Renewed(this ILogger logger, string old, DateTimeOffset oldEnd, string @new, DateTimeOffset newEnd, string file);

    [LoggerMessage(EventIds.Certificates.RenewalFailed, LogLevel.Error, "The gateway's certificate is due for renewal and could not be renewed: {Reason}. It is tried again every hour")]
    public static partial void RenewalFailed(this ILogger logger, string reason);

    [LoggerMessage(EventIds.Certificates.Changed, LogLevel.Warning, "{Condition}: {Detail}")]
    public static partial void Changed(this ILogger logger, string condition, string detail);

    [LoggerMessage(EventIds.Certificates.LedgerNotWritten, LogLevel.Warning, "{Folder}/certificates.json cannot be written: after a restart what was told about certificates is told again")]
    public static partial void LedgerNotWritten(this ILogger logger, string folder);

    [LoggerMessage(EventIds.Certificates.Unreadable, LogLevel.Warning, "{Path} cannot be read: {Reason}. Its end is not watched until it can; the next look tries it again")]
    public static partial void Unreadable(this ILogger logger, string path, string reason);

    [LoggerMessage(EventIds.Certificates.OwnDamaged, LogLevel.Warning, "The gateway's certificate is damaged: {Reason}")]
    public static partial void OwnDamaged(this ILogger logger, string reason);
}
