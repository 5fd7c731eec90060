using EdgeAlarm.Gateway.Recorder;
using EdgeAlarm.Wire;

namespace EdgeAlarm.Gateway.Uplink;

/// <summary>
/// New alarms that the ordered lane may take long to come to: while it is behind they are published once more, beside it, the most urgent first and of those the newest. Nothing rests on
/// it: what it leaves out comes in order. Offered from any thread; taken by the uplink's loop.
/// </summary>
/// <param name="waitingMax">How many it remembers; beyond that the least urgent, oldest one goes.</param>
/// <param name="grace">How long an alarm waits for the ordered lane first.</param>
internal sealed class LiveLane(int waitingMax, TimeSpan grace)
{
    private readonly Lock _gate = new();
    private readonly SortedSet<Waiting> _waiting = new(Comparer<Waiting>.Create(static (left, right) =>
        left.Urgency != right.Urgency ? left.Urgency.CompareTo(right.Urgency) : right.Order.CompareTo(left.Order)));

    private Guid _epoch;
    private long _next;
    private long _order;

    private readonly record struct Waiting(int Urgency, long Order, TimeSpan OfferedAt, StoredEvent Event);

    /// <summary>How many it remembers, those among them that the ordered lane has sent since.</summary>
    internal int Count
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Remembers the alarms among new events. Does not wait.</summary>
    internal void Offer(ReadOnlySpan<StoredEvent> events, TimeSpan now)
    {
        lock (_gate)
        {
            foreach (var stored in events)
            {
                if (EventGlance.Of(stored.Payload.Span).Urgency is not EventGlance.None and var urgency)
                {
                    MakeRoom();
                    _waiting.Add(new(urgency, _order++, now, stored));
                }
            }
        }
    }

    /// <summary>Takes the alarms to publish now: those for which the ordered lane has had its time.</summary>
    /// <param name="now">Now.</param>
    /// <param name="epoch">The epoch that the ordered lane drains.</param>
    /// <param name="next">The seq of it that it sends next.</param>
    /// <param name="countMax">How many at most.</param>
    internal IReadOnlyList<StoredEvent> Take(TimeSpan now, Guid epoch, long next, int countMax)
    {
        var taken = new List<Waiting>();
        lock (_gate)
        {
            (_epoch, _next) = (epoch, next);
            _waiting.RemoveWhere(IsSent);
            foreach (var waiting in _waiting)
            {
                if (taken.Count == countMax)
                {
                    break;
                }

                if (now - waiting.OfferedAt >= grace)
                {
                    taken.Add(waiting);
                }
            }

            _waiting.ExceptWith(taken);
        }

        return [.. taken.Select(waiting => waiting.Event)];
    }

    private void MakeRoom()
    {
        if (_waiting.Count == waitingMax)
        {
            _waiting.RemoveWhere(IsSent);
        }

        if (_waiting.Count == waitingMax)
        {
            _waiting.Remove(_waiting.Max);
        }
    }

    private bool IsSent(Waiting waiting) => waiting.Event.Epoch == _epoch && waiting.Event.Seq < _next;
}
