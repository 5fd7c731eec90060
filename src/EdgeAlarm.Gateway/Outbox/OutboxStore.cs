using System.Globalization;
using EdgeAlarm.Gateway.Recorder;
using LiteDB;
using LiteDB.Engine;

namespace EdgeAlarm.Gateway.Outbox;

/// <summary>
/// The LiteDB database: chunks of events by key, and parked events. Every call comes from the owner's thread, since LiteDB 5.0.20 corrupts its pages under two
/// writing threads; every call is one whole transaction, since one that is left open holds its locks for ever; no secondary index, since rebuilding fails with one.
/// </summary>
internal sealed class OutboxStore
{
    private const string Chunks = "chunks";
    private const string Parked = "parked";
    private const string Count = "n";
    private const string Bytes = "b";
    private const string Reason = "reason";

    /// <summary>Pages in the log after which LiteDB checkpoints by itself; 8 MB.</summary>
    private const int CheckpointPages = 1000;

    /// <summary>Length of the log after which we checkpoint, should LiteDB not have.</summary>
    private const long LogLengthMax = 32L << 20;

    private const int ChunksReadAtOnce = 16;

    /// <summary>Bits of the key below the epoch's ordinal: 17 * 10^12 events an epoch.</summary>
    private const int SeqBits = 44;

    private readonly UnsyncedStream _data;
    private readonly UnsyncedStream _log;
    private readonly LiteEngine _engine;

    private OutboxStore(UnsyncedStream data, UnsyncedStream log, LiteEngine engine) => (_data, _log, _engine) = (data, log, engine);

    internal static string DataPath(string folder) => Path.Combine(folder, "outbox.db");

    internal static string LogPath(string folder) => Path.Combine(folder, "outbox-log.db");

    /// <summary>Opens or creates the database.</summary>
    /// <exception cref="IOException">The files cannot be opened.</exception>
    /// <exception cref="LiteException">The files are no database.</exception>
    internal static OutboxStore Open(string folder)
    {
        UnsyncedStream? data = null;
        UnsyncedStream? log = null;
        try
        {
            data = new(DataPath(folder));
            log = new(LogPath(folder));
            var engine = new LiteEngine(new EngineSettings { DataStream = data, LogStream = log, TempStream = new MemoryStream() });
            engine.Pragma("CHECKPOINT", CheckpointPages);
            return new(data, log, engine);
        }
        catch
        {
            data?.CloseFile();
            log?.CloseFile();
            throw;
        }
    }

    /// <summary>Length of the database file in bytes.</summary>
    internal long DataLength => _data.Length;

    /// <summary>Appends dense runs, each of one epoch, in one transaction.</summary>
    internal void Append(IEnumerable<(EpochTrack Track, StoredEvent[] Events)> runs)
    {
        _engine.Insert(Chunks, runs.Select(run => Document(run.Track, run.Events)), BsonAutoId.Int64);
        ThrowIfFaulted();
    }

    /// <summary>Reads events from <paramref name="from"/> on, verifies each and the density of the run, and stops at a hole.</summary>
    /// <param name="track">The epoch.</param>
    /// <param name="from">A seq outside of every hole.</param>
    /// <param name="max">Most events to read.</param>
    /// <exception cref="OutboxDoubt">What is stored is not what was written.</exception>
    internal List<StoredEvent> Read(EpochTrack track, long from, int max)
    {
        var events = new List<StoredEvent>(Math.Min(max, EventChunk.EventsMax));
        var expected = from;
        var key = FirstChunkKey(track, from) ?? from;
        while (events.Count < max && expected <= track.Tail)
        {
            var progress = false;
            foreach (var chunk in Find(Key(track, key), Key(track, track.Tail), ChunksReadAtOnce))
            {
                var first = Seq(chunk["_id"].AsInt64);
                if (first > expected)
                {
                    return track.Holes.Contains(new(expected, first - 1)) ? events : throw Missing(track, expected, first);
                }

                foreach (var stored in EventChunk.Decode(track.Epoch, first, chunk[Bytes].AsBinary))
                {
                    if (stored.Seq == expected && events.Count < max)
                    {
                        events.Add(stored);
                        expected++;
                        progress = true;
                    }
                }

                if (events.Count >= max)
                {
                    return events;
                }
            }

            if (!progress)
            {
                break;
            }

            key = expected;
        }

        return expected > track.Tail || events.Count >= max ? events : throw Missing(track, expected, track.Tail + 1);
    }

    /// <summary>
    /// Deletes whole chunks up to and including <paramref name="through"/>, a bounded number of them; returns whether more may be left. Only keys are read: a chunk
    /// ends before the next one begins.
    /// </summary>
    internal bool DeleteThrough(EpochTrack track, long through)
    {
        const int batch = 500;
        var keys = Find(Key(track, 0), Key(track, through + 1), batch + 1, "{ _id: $._id }").ConvertAll(document => document["_id"]);
        if (keys.Count == 0)
        {
            return false;
        }

        if (through < track.Tail)
        {
            keys.RemoveAt(keys.Count - 1);
        }

        if (keys.Count > 0)
        {
            _engine.Delete(Chunks, keys);
            ThrowIfFaulted();
        }

        return keys.Count >= batch;
    }

    /// <summary>Keeps an event among the parked ones and puts another in its place, under the same key.</summary>
    internal void Park(EpochTrack track, ParkedEvent parked, StoredEvent replacement)
    {
        var key = FirstChunkKey(track, parked.Seq) ?? throw Missing(track, parked.Seq, track.Tail + 1);
        var chunk = Find(Key(track, key), Key(track, key), 1).Single();
        var events = EventChunk.Decode(track.Epoch, key, chunk[Bytes].AsBinary);
        events[checked((int)(parked.Seq - key))] = replacement;
        _engine.Upsert(
            Parked,
            [new BsonDocument { ["_id"] = Key(track, parked.Seq), ["epoch"] = parked.Epoch, [Reason] = parked.Reason, [Bytes] = parked.Payload.ToArray() }],
            BsonAutoId.Int64);
        _engine.Update(Chunks, [Document(track, [.. events])]);
        ThrowIfFaulted();
    }

    /// <summary>The parked events, at most <paramref name="max"/>, by key.</summary>
    internal List<ParkedEvent> ReadParked(int max)
    {
        var query = new Query { Limit = max };
        using var reader = _engine.Query(Parked, query);
        var parked = new List<ParkedEvent>();
        while (reader.Read())
        {
            var document = reader.Current.AsDocument;
            parked.Add(new(document["epoch"].AsGuid, Seq(document["_id"].AsInt64), document[Reason].AsString, document[Bytes].AsBinary));
        }

        return parked;
    }

    /// <summary>Moves the log into the data file once it is long; LiteDB skips its own checkpoint while a reader is open.</summary>
    internal void CheckpointIfLong()
    {
        if (_log.Length > LogLengthMax)
        {
            _engine.Checkpoint();
            ThrowIfFaulted();
        }
    }

    /// <summary>Closes in order: everything in the data file, synced.</summary>
    internal void CloseInOrder()
    {
        _engine.Checkpoint();
        _engine.Dispose();
        ThrowIfFaulted();
        _data.SyncAndClose();
        _log.SyncAndClose();
    }

    /// <summary>Closes as is; never throws.</summary>
    internal void Abandon()
    {
        try
        {
            _engine.Dispose();
        }
        catch (Exception)
        {
            // The files are about to be set aside; what LiteDB has to say about them changes nothing.
        }

        _data.CloseFile();
        _log.CloseFile();
    }

    private static long Key(EpochTrack track, long seq) => ((long)track.Ordinal << SeqBits) + seq;

    private static long Seq(long key) => key & ((1L << SeqBits) - 1);

    private static OutboxDoubt Missing(EpochTrack track, long from, long next) =>
        new(string.Create(CultureInfo.InvariantCulture, $"Events {from} to {next - 1} of epoch {track.Epoch} are missing."));

    private static BsonDocument Document(EpochTrack track, StoredEvent[] events) => new()
    {
        ["_id"] = Key(track, events[0].Seq),
        [Count] = events.Length,
        [Bytes] = EventChunk.Encode(events),
    };

    /// <summary>First seq of the chunk that holds <paramref name="seq"/>, or of the last one before it; null if there is none.</summary>
    private long? FirstChunkKey(EpochTrack track, long seq)
    {
        var query = new Query { Limit = 1, OrderBy = "_id", Order = Query.Descending, Select = "{ _id }" };
        query.Where.Add(Query.Between("_id", Key(track, 0), Key(track, seq)));
        using var reader = _engine.Query(Chunks, query);
        return reader.Read() ? Seq(reader.Current["_id"].AsInt64) : null;
    }

    private List<BsonDocument> Find(long from, long to, int limit, string select = "$")
    {
        var query = new Query { Limit = limit, OrderBy = "_id", Select = select };
        query.Where.Add(Query.Between("_id", from, to));
        using var reader = _engine.Query(Chunks, query);
        var documents = new List<BsonDocument>();
        while (reader.Read())
        {
            documents.Add(reader.Current.AsDocument);
        }

        return documents;
    }

    private void ThrowIfFaulted()
    {
        if ((_data.Fault ?? _log.Fault) is { } fault)
        {
            throw new IOException($"A write to the outbox failed: {fault.Message}", fault);
        }
    }
}
