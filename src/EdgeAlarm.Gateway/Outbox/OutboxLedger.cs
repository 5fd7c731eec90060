using System.Globalization;
using EdgeAlarm.Gateway.Recorder;
using Microsoft.Extensions.Logging;

namespace EdgeAlarm.Gateway.Outbox;

/// <summary>
/// What the outbox holds, epoch by epoch, and the way between database and journal. Only the owner's thread comes here. At any doubt about the database its files are
/// set aside and everything that is not receipted is copied from the journal again, step by step.
/// </summary>
internal sealed class OutboxLedger
{
    private static readonly TimeSpan EndOfJournalPause = TimeSpan.FromMilliseconds(100);
    private readonly OutboxOptions _options;
    private readonly OutboxSource _source;
    private readonly ILogger _log;
    private readonly OutboxFiles _files;
    private readonly JournalRefill _refill;
    private readonly List<EpochTrack> _tracks = [];
    private readonly SystemCondition _backlog;
    private readonly SystemCondition _hole;
    private readonly GuardedStore _store;
    private TimeSpan _refillAt;
    private bool _deletesLeft;

    internal OutboxLedger(OutboxOptions options, OutboxSource source, TimeProvider time, ILogger log, Action<string, bool, string> report)
    {
        (_options, _source, _log) = (options, source, log);
        _files = new(options.Folder, options.SetAsideMax);
        _refill = new(source, log, options.RetryAfter);
        _store = new(options, _files, time, log, report, Entries, Forget);
        _backlog = new(OutboxConditions.Backlog, report);
        _hole = new(OutboxConditions.Hole, report);
    }

    /// <summary>Whether a step of its own is due: filling in, deleting, or another try.</summary>
    internal bool HasWork => (_deletesLeft && _store.IsOpen) || (_tracks.Exists(track => track.IsBehind) && _store.Now >= RetryAt);

    /// <summary>When to try again what failed; null if nothing did.</summary>
    internal TimeSpan? RetryIn => !_store.IsOpen || _tracks.Exists(track => track.IsBehind)
        ? Max(RetryAt - _store.Now, TimeSpan.FromMilliseconds(1))
        : null;

    private int NextOrdinal => _tracks.Count == 0 ? 1 : _tracks.Max(track => track.Ordinal) + 1;

    private TimeSpan RetryAt => _store.RetryAt > _refillAt ? _store.RetryAt : _refillAt;

    /// <summary>Opens the database if it was closed in order; otherwise sets it aside.</summary>
    internal void Open()
    {
        var marker = _files.LoadMarker();
        foreach (var entry in marker?.Epochs ?? [])
        {
            _tracks.Add(new(entry.Ordinal, entry.Epoch) { Tail = entry.Tail, Known = entry.Tail, Holes = [.. entry.Holes] });
            _tracks[^1].Receipted(entry.Through);
        }

        // one that the marker no longer names, though it names a later one, is drained and over: the journal still has it
        var over = _source.Epochs.ToList().FindLastIndex(epoch => _tracks.Exists(track => track.Epoch == epoch.Epoch));
        foreach (var epoch in _source.Epochs.Where((epoch, index) => index > over || _tracks.Exists(track => track.Epoch == epoch.Epoch)))
        {
            Announced(epoch.Epoch, epoch.Last);
        }

        _deletesLeft = true;
        if (marker is { Clean: true } && _files.DataLength == marker.DataLength)
        {
            _store.OpenTrusted();
        }
        else
        {
            _store.Doubt(new OutboxDoubt(marker is null && _files.DataLength == 0 ? "There are no files yet." : "The files were not closed in order."));
        }
    }

    /// <summary>The journal has events of an epoch through this seq.</summary>
    internal EpochTrack Announced(Guid epoch, long last)
    {
        var track = _tracks.Find(candidate => candidate.Epoch == epoch);
        if (track is null)
        {
            track = new(NextOrdinal, epoch);
            _tracks.Add(track);
            _deletesLeft = true;
        }

        track.Known = Math.Max(track.Known, last);
        return track;
    }

    /// <summary>Appends what follows the tail at once; the rest is left to the journal.</summary>
    internal void Take(List<StoredEvent> offered)
    {
        var runs = new List<(EpochTrack Track, StoredEvent[] Events)>();
        for (var i = 0; i < offered.Count;)
        {
            var track = Announced(offered[i].Epoch, offered[i].Seq);
            if (offered[i].Seq != track.Tail + Pending(runs, track) + 1 || !_store.IsOpen)
            {
                i++;
                continue;
            }

            var end = i;
            var bytes = 0;
            do
            {
                bytes += offered[end].Payload.Length;
                end++;
            }
            while (end < offered.Count && end - i < EventChunk.EventsMax && bytes < EventChunk.BytesMax
                && offered[end].Epoch == track.Epoch && offered[end].Seq == offered[end - 1].Seq + 1);
            runs.Add((track, offered.GetRange(i, end - i).ToArray()));
            track.Known = Math.Max(track.Known, offered[end - 1].Seq);
            i = end;
        }

        if (runs.Count > 0)
        {
            _store.Use(store => Append(store, runs));
        }
    }

    internal void Receipted(Guid epoch, long through)
    {
        if (_tracks.Find(candidate => candidate.Epoch == epoch) is not { } track || through <= track.Through)
        {
            return;
        }

        if (through > track.Known)
        {
            // Never believed: it proves a fork, which is for the uplink to tell, not for us to delete by.
            return;
        }

        track.Receipted(through);
        _deletesLeft = true;
        if (_refill.IsOf(track))
        {
            _refill.End();
        }
    }

    /// <summary>The historian lost what it had receipted: everything behind <paramref name="through"/> comes from the journal again.</summary>
    internal void Rewind(Guid epoch, long through, long last)
    {
        var track = _tracks.Find(candidate => candidate.Epoch == epoch) ?? Reopen(epoch, last);
        if (through < track.Through)
        {
            track.Rewind(through);
            _store.Renew(string.Create(CultureInfo.InvariantCulture, $"The historian's receipt of epoch {epoch} went back to {through}."));
        }
    }

    // one that was drained and over comes before those that are not
    private EpochTrack Reopen(Guid epoch, long last)
    {
        var track = new EpochTrack(NextOrdinal, epoch);
        track.Receipted(last);
        _tracks.Insert(0, track);
        return track;
    }

    /// <summary>Reads events that are there; empty if there are none yet. The first may lie beyond <paramref name="from"/>, behind a hole.</summary>
    internal IReadOnlyList<StoredEvent> Read(Guid epoch, long from, int max)
    {
        if (_tracks.Find(candidate => candidate.Epoch == epoch) is not { } track)
        {
            return [];
        }

        from = Math.Max(from, track.First);
        foreach (var hole in track.Holes.Where(hole => hole.First <= from && from <= hole.Last))
        {
            from = hole.Last + 1;
        }

        IReadOnlyList<StoredEvent> events = [];
        if (from <= track.Tail)
        {
            _store.Use(store => events = store.Read(track, from, max));
        }

        return _store.IsOpen ? events : _refill.ReadDirect(track, from, max);
    }

    internal bool Park(ParkedEvent parked, StoredEvent replacement)
    {
        var done = false;
        _store.Use(store =>
        {
            if (_tracks.Find(candidate => candidate.Epoch == parked.Epoch) is { } track && parked.Seq > track.Through && parked.Seq <= track.Tail)
            {
                store.Park(track, parked, replacement);
                done = true;
            }
        });
        return done;
    }

    internal IReadOnlyList<ParkedEvent> ReadParked(int max)
    {
        IReadOnlyList<ParkedEvent> parked = [];
        _store.Use(store => parked = store.ReadParked(max));
        return parked;
    }

    /// <summary>A bounded step of whatever is due; returns at once if nothing is.</summary>
    internal void Step()
    {
        _store.ReopenIfDue();
        if (_deletesLeft)
        {
            _store.Use(Delete);
        }

        _store.Use(static store => store.CheckpointIfLong());
        if (_store.IsOpen && _tracks.Find(track => track.IsBehind) is { } behind && _store.Now >= _refillAt)
        {
            Refill(behind);
        }

        if (_store.IsOpen && !_tracks.Exists(track => track.IsBehind))
        {
            _refill.End();
            _store.Refilled();
        }
    }

    internal OutboxState Snapshot(long passedBy)
    {
        var state = new OutboxState(
            [.. _tracks.Select(track => new OutboxEpoch(
                track.Epoch, Math.Min(track.First, track.Known + 1), track.Known, track.Through, _store.IsOpen ? track.Tail : track.Known))],
            _tracks.Exists(track => track.IsBehind),
            passedBy,
            _store.SetAsideCount,
            _store.Failure);
        var limit = _backlog.IsActive ? _options.BacklogEventsMax / 2 : _options.BacklogEventsMax;
        _backlog.Set(
            state.Count >= limit,
            string.Create(CultureInfo.InvariantCulture, $"{state.Count} events wait for the historian's receipt; the limit is {_options.BacklogEventsMax}."));
        return state;
    }

    /// <summary>Writes down what is receipted, so that an unclean stop refills less; not synced.</summary>
    internal void SaveProgress()
    {
        try
        {
            _files.SaveMarker(Entries(), clean: false, durable: false);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            OutboxLog.ProgressNotSaved(_log, _options.Folder, failure);
        }
    }

    /// <summary>Closes in order, so that the next start can trust the files. After a failure it leaves them marked as in use.</summary>
    internal void Close()
    {
        _refill.End();
        _store.Close();
    }

    /// <summary>Lets go of the files as they are.</summary>
    internal void Abandon()
    {
        _refill.End();
        _store.Abandon();
    }

    private static long Pending(List<(EpochTrack Track, StoredEvent[] Events)> runs, EpochTrack track) =>
        runs.Where(run => ReferenceEquals(run.Track, track)).Sum(run => (long)run.Events.Length);

    private static TimeSpan Max(TimeSpan left, TimeSpan right) => left > right ? left : right;

    private static void Append(OutboxStore store, List<(EpochTrack Track, StoredEvent[] Events)> runs)
    {
        store.Append(runs);
        foreach (var (track, events) in runs)
        {
            track.Tail = events[^1].Seq;
        }
    }

    private void Delete(OutboxStore store)
    {
        _deletesLeft = false;
        foreach (var track in _tracks)
        {
            _deletesLeft |= store.DeleteThrough(track, track.Through);
        }

        if (!_deletesLeft)
        {
            DropDrained();
        }
    }

    /// <summary>The database is gone: what it held comes from the journal again.</summary>
    private void Forget()
    {
        _refill.End();
        _tracks.ForEach(track => track.Forget());
    }

    /// <summary>An epoch that is over and receipted needs no place any more; the present one always has its.</summary>
    private void DropDrained() => _tracks.RemoveAll(track => !ReferenceEquals(track, _tracks[^1]) && track.IsDrained && !_refill.IsOf(track));

    private void Refill(EpochTrack track)
    {
        if (_refill.ReadBatch(track) is not { } events)
        {
            _refillAt = _store.Now + _options.RetryAfter;
            return;
        }

        if (events.Count == 0)
        {
            EndOfJournal(track);
            return;
        }

        FindHole(track, Math.Min(events[0].Seq, track.Known + 1));
        if (events.RemoveAll(stored => stored.Seq > track.Known) > 0)
        {
            // Read before it was handed over: sent now, its receipt would lie beyond the last seq that we know of, which proves a fork.
            _refill.End();
        }

        _store.Use(store => AppendDense(store, track, events));
    }

    /// <summary>The journal ended before what it announced.</summary>
    private void EndOfJournal(EpochTrack track)
    {
        _refill.End();
        if (!ReferenceEquals(track, _tracks[^1]) && !_source.Epochs.Any(epoch => epoch.Epoch == track.Epoch && epoch.Last >= track.Known))
        {
            // an epoch that is over gets no more events: what was handed over and is not there was in the memory of a gateway whose disk was dead
            FindHole(track, track.Known + 1);
            return;
        }

        // Another enumeration sees more; the pause keeps it from being a busy loop.
        _refillAt = _store.Now + EndOfJournalPause;
    }

    private void AppendDense(OutboxStore store, EpochTrack track, List<StoredEvent> events)
    {
        for (var i = 0; i < events.Count; i++)
        {
            if (events[i].Epoch != track.Epoch || events[i].Seq != track.Tail + 1 + i)
            {
                // A second hole within one batch: take what is before it, the next enumeration begins at it.
                _refill.End();
                events = events.GetRange(0, i);
            }
        }

        if (events.Count > 0)
        {
            Append(store, [(track, [.. events])]);
        }
    }

    private void FindHole(EpochTrack track, long first)
    {
        if (first <= track.Tail + 1)
        {
            return;
        }

        var hole = new SeqRange(track.Tail + 1, first - 1);
        track.Holes.Add(hole);
        track.Tail = hole.Last;
        var detail = string.Create(CultureInfo.InvariantCulture, $"The journal no longer has events {hole.First} to {hole.Last} of epoch {track.Epoch}; the historian records them as lost.");
        OutboxLog.HoleFound(_log, track.Epoch, hole.First, hole.Last);

        // A hole right behind the receipt may be what a receipt that this process has not seen yet covers; the historian judges it by the range that the uplink publishes.
        if (hole.First > track.Through + 1)
        {
            _hole.Set(active: true, detail);
        }
    }

    private List<OutboxMarker.Entry> Entries() =>
        _tracks.ConvertAll(track => new OutboxMarker.Entry(track.Ordinal, track.Epoch, track.Through, track.Tail, [.. track.Holes]));
}
