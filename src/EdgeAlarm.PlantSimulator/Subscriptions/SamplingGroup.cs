namespace EdgeAlarm.PlantSimulator.Subscriptions;

/// <summary>All items of one sampling interval. They are sampled together, at the multiples of the interval.</summary>
internal sealed class SamplingGroup(long intervalTicks, long now)
{
    private readonly List<MonitoredItem> _items = [];

    internal long NextTicks { get; private set; } = ((now / intervalTicks) + 1) * intervalTicks;

    internal bool IsEmpty => _items.Count == 0;

    internal void Add(MonitoredItem item) => _items.Add(item);

    internal void RemoveAll(Predicate<MonitoredItem> gone) => _items.RemoveAll(gone);

    internal void Sample(long now)
    {
        NextTicks += intervalTicks;
        foreach (var item in _items)
        {
            item.Sample(now);
        }
    }
}
