namespace EdgeAlarm.Historian.Intake;

/// <summary>What screens show of a historian; counters are since its start.</summary>
/// <param name="Phase">Where it stands.</param>
/// <param name="Stored">Events stored.</param>
/// <param name="Duplicates">Events that were stored already.</param>
/// <param name="Rejected">Payloads parked.</param>
/// <param name="Conflicts">Conflicts found.</param>
/// <param name="ReceiptsSent">Receipts that the broker took.</param>
/// <param name="LastCommitAt">The centre's clock at the last transaction with events; null before the first.</param>
/// <param name="Trouble">What is wrong now, for people; null if nothing is.</param>
public sealed record HistorianState(HistorianPhase Phase, long Stored, long Duplicates, long Rejected, long Conflicts, long ReceiptsSent, DateTimeOffset? LastCommitAt, string? Trouble);
