using EdgeAlarm.Engine;

namespace EdgeAlarm.Gateway.Recorder;

/// <summary>
/// What a gateway with a dead disk knows (rule R9), in memory and bounded: the state at some commit, the records since, for a fold that has to be made anew, and the events,
/// for the outbox. The appending thread, but for what says otherwise.
/// </summary>
/// <param name="state">The state that the records follow.</param>
internal sealed class VolatileRecording(Snapshot state) : IRecording
{
    /// <summary>Bytes of records above which a new <see cref="State"/> is due.</summary>
    public const int RecordBytesMax = 16 * 1024 * 1024;

    /// <summary>Bytes of events that are kept; above it the oldest go, and the outbox finds and tells that they are lost.</summary>
    public const int EventBytesMax = 64 * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly Queue<StoredEvent> _events = new();
    private readonly JournalBuffer _records = new(64 * 1024);
    private long _eventBytes;
    private long _end = state.Position;

    /// <summary>Where it began.</summary>
    public long Begin { get; } = state.Position;

    /// <summary>The state that <see cref="Records"/> follow.</summary>
    public Snapshot State { get; private set; } = state;

    /// <summary>The epoch of what is recorded here.</summary>
    public Guid Epoch { get; private set; }

    /// <summary>Events that went because there were too many. Any thread.</summary>
    public long EventsDropped { get; private set; }

    /// <inheritdoc />
    public long EndPosition => Volatile.Read(ref _end);

    /// <inheritdoc />
    public long FlushedPosition => EndPosition;

    /// <summary>Whether the records have become so many that a newer state should take their place.</summary>
    public bool IsStateDue => _records.Length > RecordBytesMax;

    /// <summary>The records since <see cref="State"/>, decoded one by one.</summary>
    public IEnumerable<JournalRecord> Records() => JournalRecord.DecodeAll(_records, _end - _records.Length);

    /// <summary>The events that are still there, in order. Any thread.</summary>
    public StoredEvent[] Events()
    {
        lock (_gate)
        {
            return [.. _events];
        }
    }

    /// <summary>A newer state takes the place of the records so far.</summary>
    public void GoOnFrom(Snapshot snapshot)
    {
        State = snapshot;
        _records.Clear();
    }

    /// <inheritdoc />
    public long Append(Input input)
    {
        var before = _records.Length;
        Epoch = input is EpochStarted started ? started.Epoch : Epoch;
        RecordWriter.Write(_records, _end, input);
        return Advance(before);
    }

    /// <inheritdoc />
    public long Append(NotificationReceived message, ReadOnlySpan<Sample> samples)
    {
        var before = _records.Length;
        RecordWriter.Write(_records, _end, message, samples);
        return Advance(before);
    }

    /// <inheritdoc />
    public void Append(in StoredEvent stored)
    {
        var before = _records.Length;
        RecordWriter.Write(_records, _end, in stored);
        Advance(before);
        lock (_gate)
        {
            _events.Enqueue(stored);
            _eventBytes += stored.Payload.Length;
            while (_eventBytes > EventBytesMax)
            {
                _eventBytes -= _events.Dequeue().Payload.Length;
                EventsDropped++;
            }
        }
    }

    /// <inheritdoc />
    public long Commit(Commit commit)
    {
        var before = _records.Length;
        RecordWriter.Write(_records, _end, commit);
        Advance(before);
        return _end;
    }

    private long Advance(int before)
    {
        var position = _end;
        Volatile.Write(ref _end, position + _records.Length - before);
        return position;
    }
}
