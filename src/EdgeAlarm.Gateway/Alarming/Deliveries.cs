using System.Threading.Channels;
using EdgeAlarm.Gateway.Recorder;

namespace EdgeAlarm.Gateway.Alarming;

/// <summary>Hands the effects of flushed turns on, in the order of the turns. The pump adds, one other thread delivers.</summary>
/// <param name="flushedPosition">Says what is flushed.</param>
internal sealed class Deliveries(Func<long> flushedPosition)
{
    /// <summary>
    /// Turns that may wait for a slow consumer; above this events are left to its refill from the journal. Turns that wait for a slow disk are bounded by the journal's buffer, and
    /// keep their events: if the disk dies nobody else has them.
    /// </summary>
    public const int WaitingMax = 4096;

    private readonly Queue<Delivery> _waiting = new();
    private readonly Lock _gate = new();
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Batches of events that were not handed on because the consumer was too slow.</summary>
    public long Overrun { get; private set; }

    public void Add(Delivery delivery)
    {
        lock (_gate)
        {
            if (_waiting.Count >= WaitingMax && delivery.Events.Length > 1 && _waiting.Peek().Position <= flushedPosition())
            {
                // the last one stays: it tells the consumer that there is more to read
                Overrun++;
                delivery = delivery with { Events = [delivery.Events[^1]] };
            }

            _waiting.Enqueue(delivery);
        }

        Signal();
    }

    /// <summary>Something was flushed, or never will be.</summary>
    public void Signal() => _signal.Writer.TryWrite(true);

    /// <summary>Takes back what is not flushed: its disk is dead.</summary>
    public List<Delivery> TakeUnflushed()
    {
        lock (_gate)
        {
            var flushed = flushedPosition();
            var unflushed = _waiting.Where(delivery => delivery.Position > flushed).ToList();
            var rest = _waiting.Where(delivery => delivery.Position <= flushed).ToList();
            _waiting.Clear();
            rest.ForEach(_waiting.Enqueue);
            return unflushed;
        }
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

    /// <summary>Waits until there may be something to deliver.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken) => await _signal.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);

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

    private Delivery? TryTake()
    {
        lock (_gate)
        {
            return _waiting.TryPeek(out var next) && next.Position <= flushedPosition() ? _waiting.Dequeue() : null;
        }
    }
}
