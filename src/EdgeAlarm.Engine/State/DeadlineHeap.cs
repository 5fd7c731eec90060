namespace EdgeAlarm.Engine;

/// <summary>
/// Running deadlines of alarms, earliest first, equal ones by index: a binary heap that knows where each alarm stands, so that a delay is taken back in O(log n). Its
/// inner order has no effect outside: the order of (deadline, alarm) is total.
/// </summary>
/// <typeparam name="TCell">What holds the deadlines: the delays of conditions are apart from the timers of shelves and latches, which run while a source is down too.</typeparam>
/// <param name="alarms">The engine's cells, by alarm.</param>
/// <param name="places">Place of each alarm in its heap, or -1; may be shared by heaps of different alarms.</param>
internal sealed class DeadlineHeap<TCell>(TCell[] alarms, int[] places)
    where TCell : struct, IDue
{
    private int[] _items = new int[16];

    private int[] Places => places;

    /// <summary>How many deadlines run.</summary>
    public int Count { get; private set; }

    /// <summary>The alarm whose deadline is the earliest; -1 if none.</summary>
    public int First => Count == 0 ? -1 : _items[0];

    /// <summary>The earliest deadline; <see cref="PlantTime.Never"/> if none.</summary>
    public PlantTime Earliest => Count == 0 ? PlantTime.Never : alarms[_items[0]].Due;

    /// <summary>Adds an alarm, or moves it after its deadline changed.</summary>
    public void Set(int alarm)
    {
        var place = places[alarm];
        if (place < 0)
        {
            if (Count == _items.Length)
            {
                Array.Resize(ref _items, Count * 2);
            }

            place = Count++;
            Put(place, alarm);
        }

        SiftDown(SiftUp(place));
    }

    /// <summary>Takes an alarm out, if it is in.</summary>
    public void Remove(int alarm)
    {
        var place = places[alarm];
        if (place < 0)
        {
            return;
        }

        places[alarm] = -1;
        var last = _items[--Count];
        if (last != alarm)
        {
            Put(place, last);
            SiftDown(SiftUp(place));
        }
    }

    /// <summary>Puts what runs here into another heap of the same alarms, in place of what ran there. Allocates nothing where that one was ever as full.</summary>
    public void CopyTo(DeadlineHeap<TCell> other)
    {
        if (other._items.Length < Count)
        {
            other._items = new int[_items.Length];
        }

        _items.AsSpan(0, Count).CopyTo(other._items);
        places.AsSpan().CopyTo(other.Places);
        other.Count = Count;
    }

    private int SiftUp(int place)
    {
        while (place > 0 && IsBefore(_items[place], _items[(place - 1) / 2]))
        {
            Swap(place, (place - 1) / 2);
            place = (place - 1) / 2;
        }

        return place;
    }

    private void SiftDown(int place)
    {
        while (true)
        {
            var child = (2 * place) + 1;
            if (child + 1 < Count && IsBefore(_items[child + 1], _items[child]))
            {
                child++;
            }

            if (child >= Count || !IsBefore(_items[child], _items[place]))
            {
                return;
            }

            Swap(place, child);
            place = child;
        }
    }

    private bool IsBefore(int left, int right)
    {
        var order = alarms[left].Due.CompareTo(alarms[right].Due);
        return order != 0 ? order < 0 : left < right;
    }

    private void Swap(int left, int right)
    {
        var item = _items[left];
        Put(left, _items[right]);
        Put(right, item);
    }

    private void Put(int place, int alarm)
    {
        _items[place] = alarm;
        places[alarm] = place;
    }
}
