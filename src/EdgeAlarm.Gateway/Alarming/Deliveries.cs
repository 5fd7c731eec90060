using EdgeAlarm.Gateway.Recorder;

namespace EdgeAlarm.Gateway.Alarming;

/// <summary>Hands the effects of flushed turns on, in the order of the turns. The pump adds, one other thread delivers.</summary>
/// <param name="journal">Says what is flushed.</param>
internal sealed class Deliveries(Journal journal) : IDisposable
{
    /// <summary>Turns that may wait. Their number is bounded by the journal's buffer too; above this one events are left to the consumer's refill from the journal.</summary>
    public const int WaitingMax = 4096;

    private readonly Queue<Delivery> _waiting = new();
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _added = new(0);

    /// <summary>Batches of events that were not handed on because the consumer was too slow.</summary>
    public long Overrun { get; private set; }

    public void Add(Delivery delivery)
    {
        lock (_gate)
        {
            if (_waiting.Count >= WaitingMax && delivery.Events.Length > 1)
            {
                // the last one stays: it tells the consumer that there is more to read
                Overrun++;
                delivery = delivery with { Events = [delivery.Events[^1]] };
            }

            _waiting.Enqueue(delivery);
        }

        _added.Release();
    }

    /// <summary>Delivers every turn that is flushed.</summary>
    public void TurnOnce(Action<ReadOnlyMemory<StoredEvent>>? committed)
    {
        while (TryTake() is { } delivery)
        {
            if (delivery.Events.Length > 0)
            {
                committed?.Invoke(delivery.Events);
            }

            foreach (var (answer, outcome) in delivery.Answers)
            {
                answer.TrySetResult(outcome);
            }

            foreach (var (connection, subscription, sequence) in delivery.Acknowledgements)
            {
                connection.Flushed(subscription, sequence);
            }
        }
    }

    /// <summary>Waits until the next turn is flushed.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        await _added.WaitAsync(cancellationToken).ConfigureAwait(false);
        long position;
        lock (_gate)
        {
            if (!_waiting.TryPeek(out var next))
            {
                return;
            }

            position = next.Position;
        }

        await journal.FlushedAsync(position).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whoever still waits for an answer learns that none will come.</summary>
    public void Fail(Exception failure)
    {
        lock (_gate)
        {
            foreach (var (answer, _) in _waiting.SelectMany(delivery => delivery.Answers))
            {
                answer.TrySetException(failure);
            }

            _waiting.Clear();
        }
    }

    public void Dispose() => _added.Dispose();

    private Delivery? TryTake()
    {
        lock (_gate)
        {
            return _waiting.TryPeek(out var next) && next.Position <= journal.FlushedPosition ? _waiting.Dequeue() : null;
        }
    }
}
