using EdgeAlarm.Gateway.Recorder;
using EdgeAlarm.Wire;

namespace EdgeAlarm.Simulation.World;

/// <summary>What the gateway let out once it was on the disk: each is a promise to the centre.</summary>
internal sealed class GatewayWatch(SimulatedWorld world, SimulatedPlc plc)
{
    private readonly Dictionary<(Guid Epoch, long Seq), List<byte[]>> _told = [];
    private int? _inMemorySince;
    private int _before;
    private int _imageAt;

    /// <summary>The events by their key; more than one with other bytes only where an older disk image was restored.</summary>
    public IReadOnlyDictionary<(Guid Epoch, long Seq), List<byte[]>> TheTold => _told;

    /// <summary>Of how many of the versions of a key nobody can ask any more: a restored image or a dead disk may have taken them before they were sent.</summary>
    public Dictionary<(Guid Epoch, long Seq), int> Excused { get; } = [];

    /// <summary>How often an image was restored.</summary>
    public int Images { get; private set; }

    /// <summary>Whether it ever went on without its disk.</summary>
    public bool WasInMemory { get; private set; }

    /// <summary>How often the gateway died while nothing of it went to the disk.</summary>
    public int DeathsInMemory { get; private set; }

    public void Told(ReadOnlySpan<StoredEvent> events)
    {
        foreach (var stored in events)
        {
            var key = (stored.Epoch, stored.Seq);
            var bytes = stored.Payload.ToArray();
            if (!_told.TryGetValue(key, out var all))
            {
                _told[key] = all = [];
            }

            Assert.True(all.Count == 0 || Images > 0, $"{key} was told twice");
            all.Add(bytes);
        }
    }

    /// <summary>Looks whether what it has goes to the disk.</summary>
    public void Look(bool inMemory)
    {
        // what the very turn acknowledged in which it turned to memory is in memory alone
        WasInMemory |= inMemory;
        _inMemorySince = inMemory ? _inMemorySince ?? _before : null;
        _before = plc.Acknowledged.Count;
    }

    /// <summary>An image of the disk is taken.</summary>
    public void ImageTaken() => _imageAt = _inMemorySince ?? plc.Acknowledged.Count;

    public void Died(bool inMemory)
    {
        if (inMemory)
        {
            DeathsInMemory++;
            plc.Excuse(_inMemorySince ?? plc.Acknowledged.Count);
            Excuse(_told.Where(told => EventJson.Parse(told.Value[^1]).Flags.Contains("unrecorded")));
        }

        _inMemorySince = null;
    }

    /// <summary>Events that the journal had though nobody was told yet: a start fills the outbox with them.</summary>
    public HashSet<(Guid Epoch, long Seq, string Hash)> Recorded { get; } = [];

    /// <summary>The disk is an older image now: what only the newer one had is gone with it.</summary>
    /// <param name="journal">The journal that goes.</param>
    public void Restored(JournalReader journal)
    {
        foreach (var stored in journal.Epochs().SelectMany(range => journal.ReadEvents(range.Epoch, 1)))
        {
            Recorded.Add((stored.Epoch, stored.Seq, Convert.ToHexString(ContentHash.Of(stored.Payload.Span))));
        }

        Images++;
        plc.Excuse(_imageAt);
        Excuse(_told);
        world.Tell($"an older image of the gateway's disk is restored");
    }

    private void Excuse(IEnumerable<KeyValuePair<(Guid Epoch, long Seq), List<byte[]>>> told)
    {
        foreach (var (key, versions) in told)
        {
            Excused[key] = versions.Count;
        }
    }
}
