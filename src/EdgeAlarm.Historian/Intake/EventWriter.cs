using EdgeAlarm.Historian.Storage;

namespace EdgeAlarm.Historian.Intake;

/// <summary>Stores batches so that one event which the database refuses never costs its neighbours: the batch is halved until the refused ones stand alone, and those are parked.</summary>
/// <param name="store">The active store.</param>
internal sealed class EventWriter(IEventStore store)
{
    /// <summary>Stores a batch, in several transactions if it has to be.</summary>
    /// <returns>What was done; watermarks of an epoch may appear more than once, the last counts.</returns>
    /// <exception cref="EventStoreException">The store is away; the batch may be in part stored and can be repeated.</exception>
    internal async Task<WriteOutcome> WriteAsync(IReadOnlyList<IncomingEvent> batch, CancellationToken cancellationToken)
    {
        if (batch.Count == 0)
        {
            return WriteOutcome.Nothing;
        }

        try
        {
            return new WriteOutcome([await store.StoreAsync(batch, cancellationToken)], []);
        }
        catch (EventStoreException fault) when (!fault.IsTransient && batch.Count == 1)
        {
            var item = batch[0];
            var rejected = new RejectedPayload(item.Key.Gateway, System.Text.Encoding.UTF8.GetBytes(item.Payload), item.ContentHash, fault.Message, item.Key);
            return await ParkAsync(rejected, cancellationToken);
        }
        catch (EventStoreException fault) when (!fault.IsTransient)
        {
            var half = batch.Count / 2;
            var first = await WriteAsync([.. batch.Take(half)], cancellationToken);
            return first.With(await WriteAsync([.. batch.Skip(half)], cancellationToken));
        }
    }

    /// <summary>Parks what cannot be an event.</summary>
    /// <exception cref="EventStoreException">The store is away.</exception>
    internal async Task<WriteOutcome> ParkAsync(RejectedPayload rejected, CancellationToken cancellationToken)
    {
        var outcome = await store.RejectAsync(rejected, cancellationToken);
        return new WriteOutcome(outcome is null ? [] : [outcome], [rejected]);
    }
}
