using EdgeAlarm.Gateway.Acquisition;
using EdgeAlarm.TestServers;

namespace EdgeAlarm.Gateway.Tests.Acquisition.Chaos;

/// <summary>
/// Holds what a sink was given against the plant's value log: every value that the plant took since the tag's first sample came exactly once, in order, unchanged, or it is
/// missing between two samples that have a gap of the tag or of its source between them. Knows nothing of sequence numbers beyond the duplicate rule and shares no code
/// with the client. The log must hold changes only: each line another value than the one before.
/// </summary>
internal sealed class DeliveryAudit
{
    private readonly Dictionary<int, Account> _accounts = [];
    private readonly HashSet<(uint Subscription, uint Sequence)> _messages = [];
    private readonly List<string> _faults = [];

    private DeliveryAudit(IEnumerable<PlantValue> log, IReadOnlyList<PlcTag> tags)
    {
        var values = log.ToLookup(value => value.Tag, StringComparer.Ordinal);
        foreach (var tag in tags)
        {
            _accounts[tag.Index] = new(tag.Name, [.. values[tag.Name]]);
        }
    }

    /// <summary>Values that came, each counted once.</summary>
    public int Delivered { get; private set; }

    /// <summary>Values that did not come and lie in a recorded gap.</summary>
    public int InGaps { get; private set; }

    /// <summary>Samples that the duplicate rule drops.</summary>
    public int Repeats { get; private set; }

    /// <summary>What must not be; empty where all is well.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <param name="log">All the plant did, tag by tag in order.</param>
    /// <param name="tags">The tags that were monitored.</param>
    /// <param name="entries">What a <see cref="RecordingSink"/> recorded.</param>
    public static DeliveryAudit Of(IEnumerable<PlantValue> log, IReadOnlyList<PlcTag> tags, IEnumerable<object> entries)
    {
        var audit = new DeliveryAudit(log, tags);
        foreach (var entry in entries)
        {
            if (entry is RecordingSink.Gap gap)
            {
                audit.Take(gap);
            }
            else if (entry is PlcNotification message)
            {
                audit.Take(message);
            }
        }

        audit.Close();
        return audit;
    }

    private void Take(RecordingSink.Gap gap)
    {
        if (gap.Start > gap.End)
        {
            _faults.Add($"a gap ends before it begins: {gap}");
        }

        foreach (var (tag, account) in _accounts)
        {
            account.HasGap |= gap.Tag is null || gap.Tag == tag;
        }
    }

    // rule R10: a message that the journal has is dropped; after a recovery, a sample equal to the tag's last one
    private void Take(PlcNotification message)
    {
        if (message.Sequence != 0 && !_messages.Add((message.Subscription, message.Sequence)))
        {
            Repeats += message.Samples.Length;
            return;
        }

        foreach (var sample in message.Samples.Span)
        {
            var account = _accounts[sample.Tag];
            var position = account.Find(sample.SourceTime.Ticks);
            var value = position < 0 ? default : account.Log[position];
            if (position < 0 || value.Value != sample.Value.AsNumber() || value.Status != (sample.Quality.Code & 0xFFFF_0000))
            {
                _faults.Add($"{account.Name}: {sample} was delivered but the plant never did it");
            }
            else if (message.AfterRecovery && position == account.Last)
            {
                Repeats++;
            }
            else
            {
                Follow(account, position);
            }
        }
    }

    private void Follow(Account account, int position)
    {
        if (account.Last is { } last && position <= last)
        {
            _faults.Add($"{account.Name}: {account.Log[position]} came again, after {account.Log[last]}");
            return;
        }

        var missing = account.Last is { } before ? position - before - 1 : 0;
        if (missing > 0 && !account.HasGap)
        {
            _faults.Add($"{account.Name}: {missing} values are missing and no gap says so, the first is {account.Log[position - missing]}, then came {account.Log[position]}");
        }

        InGaps += missing;
        Delivered++;
        (account.Last, account.HasGap) = (position, false);
    }

    private void Close()
    {
        foreach (var account in _accounts.Values)
        {
            if (account.Last != account.Log.Length - 1)
            {
                _faults.Add($"{account.Name}: its last value {account.Log.LastOrDefault()} never came; the last that came is {(account.Last is { } last ? account.Log[last] : "none")}");
            }
        }
    }

    private sealed class Account(string name, PlantValue[] log)
    {
        private readonly Dictionary<long, int> _positions = log.Index().ToDictionary(value => value.Item.Ticks, value => value.Index);

        public string Name { get; } = name;

        public PlantValue[] Log { get; } = log;

        public int? Last { get; set; }

        public bool HasGap { get; set; }

        public int Find(long ticks) => _positions.GetValueOrDefault(ticks, -1);
    }
}
