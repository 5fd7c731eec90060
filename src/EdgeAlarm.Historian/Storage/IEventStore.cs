namespace EdgeAlarm.Historian.Storage;

/// <summary>
/// Where alarm events rest at the centre. One writer at a time: everything but <see cref="TryActivateAsync"/> may be called only after that returned true, by one caller at
/// a time. Each method is one transaction and every one but <see cref="ProgressAsync"/> may be repeated with the same effect. All throw <see cref="EventStoreException"/>;
/// after a transient one the store is inactive and <see cref="TryActivateAsync"/> comes first again.
/// </summary>
public interface IEventStore : IAsyncDisposable
{
    /// <summary>What to call it in messages: host and database, or the file. Never a secret.</summary>
    string Name { get; }

    /// <summary>Opens the store, brings its schema up to date and becomes the one active writer of the group.</summary>
    /// <returns>False if another historian of the group is active: try again later.</returns>
    Task<bool> TryActivateAsync(CancellationToken cancellationToken);

    /// <summary>The watermark of every epoch, by gateway and age (oldest first).</summary>
    Task<IReadOnlyList<EpochProgress>> ProgressAsync(CancellationToken cancellationToken);

    /// <summary>Stores a batch in any order with any repetitions: rows, conflicts, loss markers, present alarm states and watermarks.</summary>
    Task<StoreOutcome> StoreAsync(IReadOnlyList<IncomingEvent> batch, CancellationToken cancellationToken);

    /// <summary>Makes an epoch the present one of its gateway, because the gateway says so; alarms standing from older epochs become unknown until stated anew.</summary>
    Task DeclareEpochAsync(string gateway, Guid epoch, CancellationToken cancellationToken);

    /// <summary>Records that the seqs below <paramref name="first"/> which are not stored will never come, and moves the watermark to at least <c>first - 1</c>, unless a conflict stops it.</summary>
    Task<EpochProgress> RecordLossAsync(string gateway, Guid epoch, long first, CancellationToken cancellationToken);

    /// <summary>Parks what cannot be an event.</summary>
    /// <returns>The watermark where the key was readable, otherwise null.</returns>
    Task<StoreOutcome?> RejectAsync(RejectedPayload rejected, CancellationToken cancellationToken);
}
