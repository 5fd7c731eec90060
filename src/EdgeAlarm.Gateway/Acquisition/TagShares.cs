using System.Collections;

namespace EdgeAlarm.Gateway.Acquisition;

/// <summary>
/// How the tags of a source are shared by its subscriptions: as few as the configuration and the server's make allow. Shared anew only while no subscription exists. Read from
/// any thread, changed by one.
/// </summary>
internal sealed class TagShares(OpcUaPlcOptions options, PlantClock clock) : IReadOnlyList<TagSubscription>
{
    private volatile TagSubscription[] _parts = Share(options, clock, options.ItemsPerSubscription);
    private readonly List<TagSubscription> _removed = [];

    /// <inheritdoc />
    public int Count => _parts.Length;

    /// <inheritdoc />
    public TagSubscription this[int index] => _parts[index];

    /// <summary>The server bears so many items in one subscription, one of which is its clock: shares the tags anew where they are not so already.</summary>
    public void Limit(int itemsMax)
    {
        var most = Math.Max(1, Math.Min(itemsMax - 1, options.ItemsPerSubscription));
        // the first is the largest
        if (_parts[0].Tags.All.Count == Math.Min(most, options.Tags.Count))
        {
            return;
        }
        // what was seen of the whole source was seen of each of its shares
        var before = _parts;
        var lastSeen = before.Min(part => part.LastSeen);
        var known = before.SelectMany(part => part.Tags.All).ToDictionary(tag => tag.Tag.Index);
        var parts = Share(options, clock, most);
        foreach (var part in parts)
        {
            part.LastSeen = lastSeen;
            foreach (var tag in part.Tags.All)
            {
                tag.Inherit(known[tag.Tag.Index]);
            }
        }
        // conditions go by number
        foreach (var (old, part) in before.Zip(parts))
        {
            (part.MissesPulses, part.HasUnnotified) = (old.MissesPulses, old.HasUnnotified);
        }
        _removed.AddRange(before.Skip(parts.Length));
        _parts = parts;
    }

    /// <summary>The parts that there are no more since it was last asked: nobody else ends their conditions.</summary>
    public IReadOnlyList<TagSubscription> TakeRemoved()
    {
        var removed = _removed.ToArray();
        _removed.Clear();
        return removed;
    }

    /// <inheritdoc />
    public IEnumerator<TagSubscription> GetEnumerator() => ((IEnumerable<TagSubscription>)_parts).GetEnumerator();

    /// <inheritdoc />
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static TagSubscription[] Share(OpcUaPlcOptions options, PlantClock clock, int most)
    {
        var shares = options.Tags.Count == 0 ? [[]] : options.Tags.Chunk(Math.Max(1, most));
        return [.. shares.Select((tags, index) => new TagSubscription(index + 1, new MonitoredTags(options, tags, clock)))];
    }
}
