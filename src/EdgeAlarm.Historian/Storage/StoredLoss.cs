namespace EdgeAlarm.Historian.Storage;

/// <summary>A range of seqs that will never come.</summary>
/// <param name="Gateway"><c>{site}/{gateway}</c>.</param>
/// <param name="Epoch">The epoch.</param>
/// <param name="First">First seq of the range.</param>
/// <param name="Last">Last seq of the range, inclusive.</param>
/// <param name="Reason">How the centre knows.</param>
public sealed record StoredLoss(string Gateway, Guid Epoch, long First, long Last, string Reason);
