using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Acquisition;
using EdgeAlarm.Gateway.Recorder;

namespace EdgeAlarm.Gateway.Alarming;

/// <summary>
/// What the journal says of each source: its last message, when it was last seen, and whether the time of our own absence is still to be told. Changed by recorded
/// inputs alone, so that a restart knows it again.
/// </summary>
/// <remarks>
/// De-duplication (rule R10): a message is known if its sequence number is not after the last one of the same subscription; a source may have several. A sample that comes after a recovery is known
/// if item, SourceTime, value and status equal the last one, but the first of each tag in a new subscription is always taken: it proves that the item is alive.
/// A source that comes up with new subscriptions starts afresh even under the same ids, because servers give ids again after a restart.
/// </remarks>
internal sealed class SourceLedger
{
    /// <summary>Subscriptions remembered of one source; where there are more, the one that began longest ago goes.</summary>
    public const int SubscriptionsMax = 64;

    private readonly AlarmConfiguration _configuration;
    private readonly SourceEntry[] _sources;
    private readonly TagEntry[] _tags;

    public SourceLedger(AlarmConfiguration configuration)
    {
        _configuration = configuration;
        _sources = new SourceEntry[configuration.Sources.Length];
        _tags = new TagEntry[configuration.Tags.Length];
    }

    /// <summary>Messages that were dropped because they were known.</summary>
    public long DuplicateMessages { get; private set; }

    /// <summary>Samples that were dropped because they were known.</summary>
    public long DuplicateSamples { get; private set; }

    /// <summary>What is new in a message.</summary>
    /// <returns>Its new samples; null if the whole message is known.</returns>
    public ReadOnlyMemory<Sample>? Admit(int source, PlcNotification notification)
    {
        if (notification.Sequence != 0 && _sources[source].LastOf(notification.Subscription) is { } last && unchecked((int)(notification.Sequence - last)) <= 0)
        {
            DuplicateMessages++;
            return null;
        }

        if (!notification.AfterRecovery)
        {
            return notification.Samples;
        }

        var admitted = new List<Sample>(notification.Samples.Length);
        foreach (ref readonly var sample in notification.Samples.Span)
        {
            if ((uint)sample.Tag < (uint)_tags.Length && _tags[sample.Tag].IsKnown(in sample))
            {
                DuplicateSamples++;
            }
            else
            {
                admitted.Add(sample);
            }
        }

        return admitted.ToArray();
    }

    /// <summary>The last moment that the journal proves the source was seen, where the gateway's own absence since then is still to be told.</summary>
    public PlantTime? UntoldSince(int source) => _sources[source].IsAbsenceUntold ? _sources[source].LastSeen : null;

    /// <summary>Takes in a recorded input.</summary>
    public void Observe(Input input, ReadOnlySpan<Sample> samples)
    {
        switch (input)
        {
            case NotificationReceived message when (uint)message.Source < (uint)_sources.Length:
                Observe(message, samples);
                break;
            case SourceUp { How: SourceRecovery.Connected or SourceRecovery.Recreated } up when (uint)up.Source < (uint)_sources.Length:
                _sources[up.Source].Messages = [];
                for (var tag = 0; tag < _tags.Length; tag++)
                {
                    if (_configuration.Tags[tag].Source == up.Source)
                    {
                        _tags[tag].HasSample = false;
                    }
                }

                break;
            case GatewayStarted:
                for (var source = 0; source < _sources.Length; source++)
                {
                    _sources[source].IsAbsenceUntold |= _sources[source].LastSeen != PlantTime.Zero;
                }

                break;
            case GapFound { Cause: GapCause.GatewayDown } gap when (uint)gap.Source < (uint)_sources.Length:
                _sources[gap.Source].IsAbsenceUntold = false;
                break;
            default:
                break;
        }
    }

    /// <summary>The ledger for another configuration: sources and tags are found again by name.</summary>
    public SourceLedger Reconfigure(AlarmConfiguration configuration)
    {
        var ledger = new SourceLedger(configuration) { DuplicateMessages = DuplicateMessages, DuplicateSamples = DuplicateSamples };
        for (var source = 0; source < configuration.Sources.Length; source++)
        {
            for (var before = 0; before < _sources.Length; before++)
            {
                if (_configuration.Sources[before].Name == configuration.Sources[source].Name)
                {
                    ledger._sources[source] = _sources[before];
                }
            }
        }

        var tags = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var before = 0; before < _tags.Length; before++)
        {
            tags[_configuration.Tags[before].Name] = before;
        }

        for (var tag = 0; tag < configuration.Tags.Length; tag++)
        {
            ledger._tags[tag] = tags.TryGetValue(configuration.Tags[tag].Name, out var known) ? _tags[known] : default;
        }

        return ledger;
    }

    public ReadOnlyMemory<byte> Snapshot()
    {
        var buffer = new JournalBuffer(64);
        buffer.WriteVarint((ulong)_sources.Length);
        foreach (ref readonly var source in _sources.AsSpan())
        {
            var messages = source.Messages ?? [];
            buffer.WriteVarint((ulong)messages.Count);
            foreach (var (subscription, sequence) in messages)
            {
                buffer.Write(subscription);
                buffer.Write(sequence);
            }

            buffer.Write(source.LastSeen.Ticks);
            buffer.Write(source.IsAbsenceUntold ? (byte)1 : (byte)0);
        }

        buffer.WriteVarint((ulong)_tags.Length);
        foreach (ref readonly var tag in _tags.AsSpan())
        {
            buffer.Write(tag.HasSample ? (byte)1 : (byte)0);
            if (tag.HasSample)
            {
                buffer.Write((byte)tag.Value.Kind);
                buffer.Write(tag.Value.Bits);
                buffer.Write(tag.Quality.Code);
                buffer.Write(tag.SourceTime.Ticks);
            }
        }

        return buffer.Written.ToArray();
    }

    /// <exception cref="InvalidDataException">The bytes belong to another configuration.</exception>
    public static SourceLedger Restore(AlarmConfiguration configuration, ReadOnlySpan<byte> snapshot)
    {
        var ledger = new SourceLedger(configuration);
        var payload = new RecordPayload(snapshot);
        Demand(payload.Count(), ledger._sources.Length);
        for (var i = 0; i < ledger._sources.Length; i++)
        {
            var messages = new List<(uint Subscription, uint Sequence)>();
            for (var left = payload.Count(); left > 0; left--)
            {
                messages.Add((payload.UInt32(), payload.UInt32()));
            }

            ledger._sources[i] = new() { Messages = messages, LastSeen = new(payload.Int64()), IsAbsenceUntold = payload.Byte() != 0 };
        }

        Demand(payload.Count(), ledger._tags.Length);
        for (var i = 0; i < ledger._tags.Length; i++)
        {
            if (payload.Byte() != 0)
            {
                ledger._tags[i] = new()
                {
                    HasSample = true,
                    Value = new((TagValueKind)payload.Byte(), payload.Int64()),
                    Quality = new(payload.UInt32()),
                    SourceTime = new(payload.Int64()),
                };
            }
        }

        return ledger;
    }

    private static void Demand(int recorded, int configured)
    {
        if (recorded != configured)
        {
            throw new InvalidDataException($"A snapshot has {recorded} entries where the configuration has {configured}.");
        }
    }

    private void Observe(NotificationReceived message, ReadOnlySpan<Sample> samples)
    {
        ref var entry = ref _sources[message.Source];
        // a message that waited in the inbox is recorded later than it came; what came behind it and died with the process is not seen
        entry.LastSeen = samples.IsEmpty ? message.At : PlantTime.Min(message.At, samples[^1].PlantTime);
        if (message.Sequence != 0)
        {
            entry.Take(message.Subscription, message.Sequence);
        }

        foreach (ref readonly var sample in samples)
        {
            if ((uint)sample.Tag < (uint)_tags.Length)
            {
                _tags[sample.Tag] = new() { HasSample = true, Value = sample.Value, Quality = sample.Quality, SourceTime = sample.SourceTime };
            }
        }
    }

    private struct SourceEntry
    {
        /// <summary>The last message of each subscription; null for none.</summary>
        public List<(uint Subscription, uint Sequence)>? Messages;
        public PlantTime LastSeen;
        public bool IsAbsenceUntold;

        public readonly uint? LastOf(uint subscription)
        {
            foreach (var (known, sequence) in Messages ?? [])
            {
                if (known == subscription)
                {
                    return sequence;
                }
            }

            return null;
        }

        public void Take(uint subscription, uint sequence)
        {
            Messages ??= [];
            for (var i = 0; i < Messages.Count; i++)
            {
                if (Messages[i].Subscription == subscription)
                {
                    Messages[i] = (subscription, sequence);
                    return;
                }
            }

            if (Messages.Count == SubscriptionsMax)
            {
                Messages.RemoveAt(0);
            }

            Messages.Add((subscription, sequence));
        }
    }

    private struct TagEntry
    {
        public bool HasSample;
        public TagValue Value;
        public Quality Quality;
        public UtcTime SourceTime;

        public readonly bool IsKnown(in Sample sample) =>
            HasSample && Value == sample.Value && Quality == sample.Quality && SourceTime == sample.SourceTime;
    }
}
