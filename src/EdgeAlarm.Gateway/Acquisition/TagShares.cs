using System.Collections;

namespace EdgeAlarm.Gateway.Acquisition;

/// <summary>
/// How the tags of a source are shared by its subscriptions: as few as the configuration and the server's make allow. Shared anew only while no subscription exists. Read from
/// any thread.
/// </summary>
internal sealed class TagShares(OpcUaPlcOptions options, PlantClock clock) : IReadOnlyList<TagSubscription>
{
    private volatile TagSubscription[] _parts = Share(options, clock, options.ItemsPerSubscription);

    /// <inheritdoc />
    public int Count => _parts.Length;

    /// <inheritdoc />
    public TagSubscription this[int index] => _parts[index];

    /// <summary>The server bears so many items in one subscription: shares the tags anew where it is not so already.</summary>
    public void Limit(int itemsMax)
    {
        var most = Math.Min(itemsMax, options.ItemsPerSubscription);
        if (_parts.Length == Math.Max(1, (options.Tags.Count + most - 1) / most))
        {
            return;
        }
        // what was seen of the whole source was seen of each of its shares
        var lastSeen = _parts.Min(part => part.LastSeen);
        var parts = Share(options, clock, most);
        foreach (var part in parts)
        {
            part.LastSeen = lastSeen;
        }
        _parts = parts;
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
