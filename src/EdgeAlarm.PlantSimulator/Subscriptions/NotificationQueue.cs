using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.PlantSimulator.Subscriptions;

/// <summary>
/// The queue of one monitored item between sampling and publishing (OPC 10000-4 §5.13.1.5). A queue of one replaces its value and
/// never tells; a longer one marks what it lost with the Overflow bit: on the value that is now the oldest where the oldest was
/// discarded, on the newest where the newest was overwritten.
/// </summary>
internal sealed class NotificationQueue(int capacity, bool discardOldest)
{
    private DataValue[] _values = new DataValue[Math.Min(capacity, 4)];
    private int _head;

    internal int Count { get; private set; }

    /// <summary>Values lost so far, also in a queue of one.</summary>
    internal long Lost { get; private set; }

    internal void Enqueue(in DataValue value)
    {
        if (Count < capacity)
        {
            Grow();
            Count++;
            this[Count - 1] = value;
            return;
        }

        Lost++;
        if (capacity == 1)
        {
            this[0] = value;
        }
        else if (discardOldest)
        {
            _head = (_head + 1) % _values.Length;
            this[0] = WithOverflow(this[0]);
            this[Count - 1] = value;
        }
        else
        {
            this[Count - 1] = WithOverflow(value);
        }
    }

    internal DataValue Dequeue()
    {
        var value = this[0];
        this[0] = default;
        _head = (_head + 1) % _values.Length;
        Count--;
        return value;
    }

    private ref DataValue this[int index] => ref _values[(_head + index) % _values.Length];

    private static DataValue WithOverflow(in DataValue value) => value with { Status = value.Status.WithOverflow() };

    /// <summary>Thousands of items with queues of hundreds are normal and nearly always empty, so the memory comes with the need.</summary>
    private void Grow()
    {
        if (Count < _values.Length)
        {
            return;
        }

        var larger = new DataValue[Math.Min(capacity, _values.Length * 4)];
        for (var i = 0; i < Count; i++)
        {
            larger[i] = this[i];
        }

        (_values, _head) = (larger, 0);
    }
}
