using EdgeAlarm.Historian.Storage;

namespace EdgeAlarm.Simulation.World;

/// <summary>The real store behind a network to the database: each transaction takes its time, and a fault may come before it or, with its answer, after it.</summary>
internal sealed class FaultyStore(SimulatedWorld world, Life life, SimulatedDatabase database) : IEventStore
{
    private readonly SqliteEventStore _store = new(database.File, life.Time);

    public string Name => "the simulated database";

    public Task<bool> TryActivateAsync(CancellationToken cancellationToken) => DoAsync(() => _store.TryActivateAsync(cancellationToken), cancellationToken);

    public Task<IReadOnlyList<EpochProgress>> ProgressAsync(CancellationToken cancellationToken) => DoAsync(() => _store.ProgressAsync(cancellationToken), cancellationToken);

    public Task<StoreOutcome> StoreAsync(IReadOnlyList<IncomingEvent> batch, CancellationToken cancellationToken) => DoAsync(() => _store.StoreAsync(batch, cancellationToken), cancellationToken);

    public Task DeclareEpochAsync(string gateway, Guid epoch, CancellationToken cancellationToken) => DoAsync(
        async () =>
        {
            await _store.DeclareEpochAsync(gateway, epoch, cancellationToken);
            return true;
        },
        cancellationToken);

    public Task<EpochProgress> RecordLossAsync(string gateway, Guid epoch, long first, CancellationToken cancellationToken) =>
        DoAsync(() => _store.RecordLossAsync(gateway, epoch, first, cancellationToken), cancellationToken);

    public Task<StoreOutcome?> RejectAsync(RejectedPayload rejected, CancellationToken cancellationToken) => DoAsync(() => _store.RejectAsync(rejected, cancellationToken), cancellationToken);

    /// <summary>The process dies: the database rolls back what was open and lets go of the lock.</summary>
    public ValueTask DisposeAsync() => _store.DisposeAsync();

    private async Task<T> DoAsync<T>(Func<Task<T>> act, CancellationToken cancellationToken)
    {
        await WayAsync(cancellationToken);
        await FailAsync("away");
        var result = await act();

        // who is killed here has committed, and acknowledged nothing
        await WayAsync(cancellationToken);
        await FailAsync("gone after the commit");
        return result;
    }

    private Task WayAsync(CancellationToken cancellationToken) => Task.Delay(world.Between(0.1, database.SlownessMax), life.Time, cancellationToken);

    private async Task FailAsync(string how)
    {
        if (database.IsAway || world.Happens(database.Fails))
        {
            await _store.DisposeAsync();
            throw new EventStoreException($"{Name}: {how}", isTransient: true);
        }
    }
}
