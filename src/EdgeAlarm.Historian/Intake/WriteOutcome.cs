using EdgeAlarm.Historian.Storage;

namespace EdgeAlarm.Historian.Intake;

/// <summary>What became of a batch.</summary>
/// <param name="Stored">One for each transaction, in order.</param>
/// <param name="Rejected">What was parked.</param>
internal sealed record WriteOutcome(IReadOnlyList<StoreOutcome> Stored, IReadOnlyList<RejectedPayload> Rejected)
{
    internal static readonly WriteOutcome Nothing = new([], []);

    /// <summary>The last watermark of each epoch that was touched.</summary>
    internal IEnumerable<EpochProgress> Progress =>
        Stored.SelectMany(outcome => outcome.Progress).GroupBy(row => (row.Gateway, row.Epoch), (_, of) => of.Last());

    internal IEnumerable<EventConflict> Conflicts => Stored.SelectMany(outcome => outcome.Conflicts);

    internal int Inserted => Stored.Sum(outcome => outcome.Inserted);

    internal int Duplicates => Stored.Sum(outcome => outcome.Duplicates);

    internal WriteOutcome With(WriteOutcome later) => new([.. Stored, .. later.Stored], [.. Rejected, .. later.Rejected]);
}
