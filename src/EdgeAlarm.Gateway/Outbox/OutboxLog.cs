using Microsoft.Extensions.Logging;

namespace EdgeAlarm.Gateway.Outbox;

/// <summary>The outbox's log messages.</summary>
internal static partial class OutboxLog
{
    [LoggerMessage(EventIds.Outbox.SetAside, LogLevel.Warning, "Outbox files set aside in {Place}: {Reason} It is filled again from the journal; nothing is lost.")]
    internal static partial void SetAside(ILogger logger, string reason, string place);

    [LoggerMessage(EventIds.Outbox.Unusable, LogLevel.Error, "The outbox in {Folder} cannot be used: {Reason}. Events are sent from the journal meanwhile; next try in {RetryAfter}. Check free space and permissions of the folder.")]
    internal static partial void Unusable(ILogger logger, string folder, string reason, TimeSpan retryAfter);

    [LoggerMessage(EventIds.Outbox.JournalNotRead, LogLevel.Error, "Events of epoch {Epoch} from {Seq} on cannot be read from the journal; next try in {RetryAfter}.")]
    internal static partial void JournalNotRead(ILogger logger, Guid epoch, long seq, TimeSpan retryAfter, Exception failure);

    [LoggerMessage(EventIds.Outbox.HoleFound, LogLevel.Warning, "The journal no longer has events {First} to {Last} of epoch {Epoch}. If the historian has no receipt for them it records their loss.")]
    internal static partial void HoleFound(ILogger logger, Guid epoch, long first, long last);

    [LoggerMessage(EventIds.Outbox.ProgressNotSaved, LogLevel.Warning, "The receipts could not be noted in {Folder}; an unclean stop now would send events again that the historian has.")]
    internal static partial void ProgressNotSaved(ILogger logger, string folder, Exception failure);

    [LoggerMessage(EventIds.Outbox.NotClosed, LogLevel.Warning, "The outbox in {Folder} could not be closed in order; the next start fills it again from the journal.")]
    internal static partial void NotClosed(ILogger logger, string folder, Exception failure);
}
