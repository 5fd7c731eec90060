using Microsoft.Extensions.Logging;

namespace EdgeAlarm.Gateway.Alarming;

/// <summary>Log messages of recorder and pump.</summary>
internal static partial class AlarmingLog
{
    [LoggerMessage(EventIds.Recorder.Recovered, LogLevel.Information,
        "Journal opened at position {Position}: {Inputs} inputs and {Samples} samples folded onto the snapshot at {SnapshotPosition}, {Events} recorded events compared, epoch {Epoch}, next seq {NextSeq}")]
    public static partial void Recovered(ILogger logger, long position, long inputs, long samples, long snapshotPosition, long events, Guid epoch, long nextSeq);

    [LoggerMessage(EventIds.Recorder.JournalBegins, LogLevel.Information, "A new journal begins in {Folder}")]
    public static partial void JournalBegins(ILogger logger, string folder);

    [LoggerMessage(EventIds.Recorder.TornTailCut, LogLevel.Warning, "{Bytes} bytes of a torn tail were cut off the journal: the last run ended in the middle of a write; nothing in them had an effect")]
    public static partial void TornTailCut(ILogger logger, long bytes);

    [LoggerMessage(EventIds.Recorder.EpochBegins, LogLevel.Warning, "Epoch {Epoch} begins, following {Previous} known up to seq {LastSeq}: {Reason}")]
    public static partial void EpochBegins(ILogger logger, Guid epoch, Guid previous, long lastSeq, string reason);

    [LoggerMessage(EventIds.Recorder.SnapshotUnusable, LogLevel.Warning, "The snapshot at position {Position} cannot be used ({Reason}); the journal is folded {From}")]
    public static partial void SnapshotUnusable(ILogger logger, long position, string reason, string from);

    [LoggerMessage(EventIds.Recorder.MaintenanceFailed, LogLevel.Error, "Snapshots and retention stand still ({Reason}); recording goes on, tried again every {Interval}")]
    public static partial void MaintenanceFailed(ILogger logger, string reason, TimeSpan interval);

    [LoggerMessage(EventIds.Recorder.MaintenanceRecovered, LogLevel.Information, "Snapshots and retention go on after {Failures} failures")]
    public static partial void MaintenanceRecovered(ILogger logger, int failures);

    [LoggerMessage(EventIds.Recorder.Unrecorded, LogLevel.Error, "{Reason} Alarms go on, recorded in memory alone under epoch {Epoch}; {Events} events that were not durable yet are told again in it")]
    public static partial void Unrecorded(ILogger logger, string reason, Guid epoch, int events);

    [LoggerMessage(EventIds.Recorder.RecordedAgain, LogLevel.Warning, "The disk takes the journal again: it goes on at position {Position}; {Events} events of the time without are stored, {Dropped} had no room in memory")]
    public static partial void RecordedAgain(ILogger logger, long position, int events, long dropped);

    [LoggerMessage(EventIds.Recorder.SegmentSetAside, LogLevel.Error, "{Reason} The segment was due to go: it is kept in the folder quarantine, and what is readable of its events with the others")]
    public static partial void SegmentSetAside(ILogger logger, string reason);

    [LoggerMessage(EventIds.Alarming.PoisonSkipped, LogLevel.Error, "The input at position {Position} is left out, tag {Tag}: its fold failed twice ({Reason}); everything else goes on")]
    public static partial void PoisonSkipped(ILogger logger, long position, string tag, string reason);

    [LoggerMessage(EventIds.Alarming.ClockStepped, LogLevel.Warning, "The wall clock stepped by {Step}; plant time goes on as before")]
    public static partial void ClockStepped(ILogger logger, TimeSpan step);

    [LoggerMessage(EventIds.Alarming.ReplayMismatched, LogLevel.Error, "The recorded inputs now give other events than were recorded, first at seq {Seq}; the recorded ones stand")]
    public static partial void ReplayMismatched(ILogger logger, long seq);
}
