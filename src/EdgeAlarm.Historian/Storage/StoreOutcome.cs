namespace EdgeAlarm.Historian.Storage;

/// <summary>What one committed transaction did.</summary>
/// <param name="Progress">The watermark of every epoch that the batch touched, moved or not.</param>
/// <param name="Inserted">Rows that are new.</param>
/// <param name="Duplicates">Events that were stored already, byte for byte.</param>
/// <param name="Conflicts">Conflicts not recorded before.</param>
public sealed record StoreOutcome(IReadOnlyList<EpochProgress> Progress, int Inserted, int Duplicates, IReadOnlyList<EventConflict> Conflicts);
