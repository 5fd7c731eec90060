using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.PlantSimulator.Plant;

/// <summary>The last values of a tag in the order of their times, as a historian in the PLC's server would keep them; the oldest go.</summary>
/// <param name="capacity">Values kept at most; 0 for none.</param>
internal sealed class TagHistory(int capacity)
{
    private readonly Queue<DataValue> _values = new();

    internal void Add(in DataValue value)
    {
        if (capacity == 0)
        {
            return;
        }

        if (_values.Count == capacity)
        {
            _values.Dequeue();
        }

        _values.Enqueue(value);
    }

    /// <summary>The values from a time on to before another; backwards where the end comes first.</summary>
    internal DataValue[] Between(long startTicks, long endTicks)
    {
        var (from, to) = (Math.Min(startTicks, endTicks), Math.Max(startTicks, endTicks));
        var found = _values.Where(value => value.SourceTicks >= from && value.SourceTicks < to).ToArray();
        if (startTicks > endTicks)
        {
            Array.Reverse(found);
        }

        return found;
    }
}
