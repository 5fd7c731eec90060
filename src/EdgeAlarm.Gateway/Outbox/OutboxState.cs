namespace EdgeAlarm.Gateway.Outbox;

/// <summary>The outbox at one moment, for screens and for the uplink.</summary>
/// <param name="Epochs">What is held of each epoch, oldest first; the last is the present epoch.</param>
/// <param name="IsRefilling">Whether it copies from the journal what it missed or lost.</param>
/// <param name="PassedBy">Offered events that found the inbox full and were read from the journal later, since the start.</param>
/// <param name="SetAside">How often the files were set aside since the start.</param>
/// <param name="Failure">Why the database cannot be used at present (the journal is read in its place); null if it can.</param>
public sealed record OutboxState(IReadOnlyList<OutboxEpoch> Epochs, bool IsRefilling, long PassedBy, int SetAside, string? Failure)
{
    /// <summary>Number of events that are not receipted.</summary>
    public long Count => Epochs.Sum(epoch => epoch.Count);

    /// <summary>Whether another one says the same.</summary>
    internal bool IsLike(OutboxState other) =>
        (IsRefilling, PassedBy, SetAside, Failure) == (other.IsRefilling, other.PassedBy, other.SetAside, other.Failure) && Epochs.SequenceEqual(other.Epochs);

    /// <summary>The epoch to drain now: the oldest that holds anything, else the present one.</summary>
    public OutboxEpoch Draining => Epochs.FirstOrDefault(epoch => epoch.Count > 0) ?? Epochs[^1];
}
