namespace EdgeAlarm.Gateway.Alarming;

/// <summary>What the pump counted since the gateway started.</summary>
/// <param name="Samples">Samples that were recorded and folded.</param>
/// <param name="Events">Events that came of them and of everything else.</param>
/// <param name="Turns">Turns with a commit.</param>
/// <param name="DuplicateMessages">Messages dropped because they were recorded already (rule R10).</param>
/// <param name="DuplicateSamples">Samples dropped for the same reason.</param>
/// <param name="Skipped">Poison inputs that were left out (rule R8).</param>
/// <param name="InboxWaits">How often a connection had to wait for the inbox.</param>
/// <param name="InboxCount">Entries in the inbox now.</param>
/// <param name="Overrun">Batches of events not handed on, left to the outbox's refill.</param>
/// <param name="Flushes">Flushes of the journal.</param>
/// <param name="LongestFlush">The longest of them.</param>
public sealed record PumpFigures(
    long Samples,
    long Events,
    long Turns,
    long DuplicateMessages,
    long DuplicateSamples,
    long Skipped,
    long InboxWaits,
    int InboxCount,
    long Overrun,
    long Flushes,
    TimeSpan LongestFlush);
