using EdgeAlarm.OpcUa.Services;

namespace EdgeAlarm.OpcUa.Client;

/// <summary>
/// Which notification messages of a connection's subscriptions may be acknowledged to the server: those that are stored durably, never before (OPC 10000-4 §5.14.5: the
/// server forgets an acknowledged message, so an early one would lose it in a crash). Messages are stored in the order in which they were handed on, whatever their
/// subscription. Any thread.
/// </summary>
public sealed class AcknowledgementQueue
{
    /// <summary>Delivered messages that wait for their flush; more are never kept, the oldest go unacknowledged.</summary>
    public const int WaitingMax = 10_000;

    private readonly Lock _gate = new();
    private readonly Queue<SubscriptionAcknowledgement> _delivered = new();
    private readonly Queue<SubscriptionAcknowledgement> _flushed = new();

    /// <summary>A message was handed on.</summary>
    public void Delivered(uint subscription, uint sequence)
    {
        lock (_gate)
        {
            if (_delivered.Count == WaitingMax)
            {
                _delivered.Dequeue();
            }
            _delivered.Enqueue(new(subscription, sequence));
        }
    }

    /// <summary>The message, and every one handed on before it, is stored.</summary>
    public void Flushed(uint subscription, uint sequence)
    {
        var stored = new SubscriptionAcknowledgement(subscription, sequence);
        lock (_gate)
        {
            if (!_delivered.Contains(stored))
            {
                return;
            }
            SubscriptionAcknowledgement moved;
            do
            {
                moved = _delivered.Dequeue();
                _flushed.Enqueue(moved);
            }
            while (moved != stored);
        }
    }

    /// <summary>A subscription is gone: nothing of it is to be acknowledged, for its number may come again.</summary>
    public void Forget(uint subscription)
    {
        lock (_gate)
        {
            Drop(_delivered, subscription);
            Drop(_flushed, subscription);
        }
    }

    /// <summary>Takes what the next Publish request acknowledges.</summary>
    /// <param name="max">At most so many, at least 1.</param>
    public SubscriptionAcknowledgement[] Take(int max)
    {
        lock (_gate)
        {
            var taken = new SubscriptionAcknowledgement[Math.Min(max, _flushed.Count)];
            for (var i = 0; i < taken.Length; i++)
            {
                taken[i] = _flushed.Dequeue();
            }
            return taken;
        }
    }

    private static void Drop(Queue<SubscriptionAcknowledgement> queue, uint subscription)
    {
        for (var left = queue.Count; left > 0; left--)
        {
            var entry = queue.Dequeue();
            if (entry.SubscriptionId != subscription)
            {
                queue.Enqueue(entry);
            }
        }
    }
}
