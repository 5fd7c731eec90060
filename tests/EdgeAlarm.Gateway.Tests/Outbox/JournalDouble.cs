using System.Buffers;
using EdgeAlarm.Gateway.Outbox;
using EdgeAlarm.Gateway.Recorder;
using EdgeAlarm.Wire;

namespace EdgeAlarm.Gateway.Tests.Outbox;

/// <summary>A journal in memory: the truth that the outbox copies. Any thread.</summary>
internal sealed class JournalDouble
{
    private static readonly DateTime Start = new(2026, 11, 23, 11, 0, 0, DateTimeKind.Utc);
    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, List<StoredEvent>> _events = [];
    private readonly List<Guid> _epochs = [];
    private readonly Dictionary<Guid, long> _deleted = [];

    internal JournalDouble() => BeginEpoch();

    internal Guid Epoch { get; private set; }

    /// <summary>How many events were read back; to see whether a refill took place.</summary>
    internal long ReadBack { get; private set; }

    internal OutboxSource Source
    {
        get
        {
            lock (_gate)
            {
                return new([.. _epochs.Select(epoch => new OutboxRange(epoch, _deleted.GetValueOrDefault(epoch) + 1, _events[epoch].Count))], Read);
            }
        }
    }

    internal Guid BeginEpoch()
    {
        lock (_gate)
        {
            Epoch = Guid.CreateVersion7(new DateTimeOffset(Start.AddSeconds(_epochs.Count)));
            _epochs.Add(Epoch);
            _events[Epoch] = [];
            return Epoch;
        }
    }

    /// <summary>Appends events and returns them, to be offered.</summary>
    internal StoredEvent[] Append(int count, int padding = 0, string? priority = null)
    {
        lock (_gate)
        {
            var events = _events[Epoch];
            var first = events.Count;
            for (var i = 0; i < count; i++)
            {
                events.Add(new(Epoch, events.Count + 1, Payload(Epoch, events.Count + 1, padding, priority)));
            }

            return [.. events.Skip(first)];
        }
    }

    internal ReadOnlyMemory<byte> Bytes(Guid epoch, long seq)
    {
        lock (_gate)
        {
            return _events[epoch][(int)seq - 1].Payload;
        }
    }

    /// <summary>Retention took the events up to this one.</summary>
    internal void DeleteThrough(Guid epoch, long seq)
    {
        lock (_gate)
        {
            _deleted[epoch] = seq;
        }
    }

    private IEnumerable<StoredEvent> Read(Guid epoch, long from)
    {
        List<StoredEvent> events;
        lock (_gate)
        {
            if (!_events.TryGetValue(epoch, out var all))
            {
                yield break;
            }

            from = Math.Max(from, _deleted.GetValueOrDefault(epoch) + 1);
            events = from > all.Count ? [] : all.GetRange((int)from - 1, all.Count - (int)from + 1);
        }

        foreach (var stored in events)
        {
            ReadBack++;
            yield return stored;
        }
    }

    private static ReadOnlyMemory<byte> Payload(Guid epoch, long seq, int padding, string? priority)
    {
        var buffer = new ArrayBufferWriter<byte>();
        EventJson.Write(buffer, new EventMessage
        {
            Site = "plant1",
            Gateway = "gw1",
            Epoch = epoch,
            Seq = seq,
            Kind = "Activated",
            Cause = "process",
            Alarm = "LT101_HI",
            Priority = priority,
            Value = seq,
            PlantTime = Start.AddMilliseconds(seq),
            ConditionTime = Start.AddMilliseconds(seq),
            Reason = padding == 0 ? null : new string('x', Math.Min(padding, WireLimits.TextLengthMax)),
            Message = padding <= WireLimits.TextLengthMax ? null : new string('y', padding - WireLimits.TextLengthMax),
        });
        return buffer.WrittenMemory;
    }
}
