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
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly OutboxFiles _files;
    private readonly List<EpochTrack> _tracks = [];
    private readonly SystemCondition _rebuilding;
    private readonly SystemCondition _failed;
    private readonly SystemCondition _backlog;
    private readonly SystemCondition _hole;
    private OutboxStore? _store;
    private string? _failure;
    private IEnumerator<StoredEvent>? _refill;
    private EpochTrack? _refilling;
    private DateTimeOffset _retryAt;
    private DateTimeOffset _doubtedAt;
    private bool _deletesLeft;

    internal OutboxLedger(OutboxOptions options, OutboxSource source, TimeProvider time, ILogger log, Action<string, bool, string> report)
    {
        (_options, _source, _time, _log) = (options, source, time, log);
        _files = new(options.Folder, options.SetAsideMax);
        _rebuilding = new(OutboxConditions.Rebuilding, report);
        _failed = new(OutboxConditions.Failed, report);
        _backlog = new(OutboxConditions.Backlog, report);
        _hole = new(OutboxConditions.Hole, report);
    }

    /// <summary>Whether a step of its own is due: filling in, deleting, or another try.</summary>
    internal bool HasWork => _deletesLeft || (_tracks.Exists(track => track.IsBehind) && _time.GetUtcNow() >= _retryAt);

    /// <summary>When to try again what failed; null if nothing did.</summary>
    internal TimeSpan? RetryIn => _store is null || _tracks.Exists(track => track.IsBehind)
        ? Max(_retryAt - _time.GetUtcNow(), TimeSpan.FromMilliseconds(1))
        : null;

    internal int SetAsideCount { get; private set; }

    /// <summary>Opens the database if it was closed in order; otherwise sets it aside.</summary>
    internal void Open()
    {
        var marker = _files.LoadMarker();
        foreach (var entry in marker?.Epochs ?? [])
        {
            _tracks.Add(new(entry.Ordinal, entry.Epoch) { Tail = entry.Tail, Known = entry.Tail, Holes = [.. entry.Holes] });
            _tracks[^1].Receipted(entry.Through);
        }

        foreach (var epoch in _source.Epochs)
        {
            Announced(epoch.Epoch, epoch.Last);
        }

        _deletesLeft = true;
        Guarded(() =>
        {
            if (marker is { Clean: true } && _files.DataLength == marker.DataLength)
            {
                OpenStore();
            }
            else
            {
                throw new OutboxDoubt(marker is null && _files.DataLength == 0 ? "There are no files yet." : "The files were not closed in order.");
            }
        });
    }

    /// <summary>The journal has events of an epoch through this seq.</summary>
    internal EpochTrack Announced(Guid epoch, long last)
    {
        var track = _tracks.Find(candidate => candidate.Epoch == epoch);
        if (track is null)
        {
            track = new(_tracks.Count == 0 ? 1 : _tracks[^1].Ordinal + 1, epoch);
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
            if (offered[i].Seq != track.Tail + Pending(runs, track) + 1 || _store is null)
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
            Guarded(() => Append(runs));
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
        if (ReferenceEquals(track, _refilling))
        {
            EndRefill();
        }
    }

    /// <summary>The historian lost what it had receipted: everything behind <paramref name="through"/> comes from the journal again.</summary>
    internal void Rewind(Guid epoch, long through)
    {
        if (_tracks.Find(candidate => candidate.Epoch == epoch) is { } track && through < track.Through)
        {
            track.Rewind(through);
            Guarded(() => throw new OutboxDoubt(string.Create(CultureInfo.InvariantCulture, $"The historian's receipt of epoch {epoch} went back to {through}.")));
        }
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
        Guarded(() =>
        {
            if (_store is not null && from <= track.Tail)
            {
                events = _store.Read(track, from, max);
            }
        });
        return _store is null ? ReadJournal(track, from, max) : events;
    }

    internal bool Park(ParkedEvent parked, StoredEvent replacement)
    {
        var done = false;
        Guarded(() =>
        {
            if (_store is not null && _tracks.Find(candidate => candidate.Epoch == parked.Epoch) is { } track && parked.Seq > track.Through && parked.Seq <= track.Tail)
            {
                _store.Park(track, parked, replacement);
                done = true;
            }
        });
        return done;
    }

    internal IReadOnlyList<ParkedEvent> ReadParked(int max)
    {
        IReadOnlyList<ParkedEvent> parked = [];
        Guarded(() => parked = _store?.ReadParked(max) ?? []);
        return parked;
    }

    /// <summary>A bounded step of whatever is due; returns at once if nothing is.</summary>
    internal void Step()
    {
        if (_store is null && _time.GetUtcNow() >= _retryAt)
        {
            Guarded(OpenFresh);
        }

        if (_store is null)
        {
            return;
        }

        if (_deletesLeft)
        {
            Guarded(Delete);
        }

        Guarded(() => _store?.CheckpointIfLong());
        if (_tracks.Find(track => track.IsBehind) is { } behind && _time.GetUtcNow() >= _retryAt)
        {
            Refill(behind);
        }

        if (_store is not null && !_tracks.Exists(track => track.IsBehind))
        {
            EndRefill();
            _rebuilding.Set(active: false, "The outbox holds every event again that is not receipted.");
        }
    }

    internal OutboxState Snapshot(long passedBy)
    {
        var state = new OutboxState(
            [.. _tracks.Select(track => new OutboxEpoch(
                track.Epoch, Math.Min(track.First, track.Known + 1), track.Known, track.Through, _store is null ? track.Known : track.Tail))],
            _tracks.Exists(track => track.IsBehind),
            passedBy,
            SetAsideCount,
            _failure);
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
        EndRefill();
        if (_store is not { } store)
        {
            return;
        }

        try
        {
            store.CloseInOrder();
            _files.SaveMarker(Entries(), clean: true, durable: true);
        }
        catch (Exception failure)
        {
            store.Abandon();
            OutboxLog.NotClosed(_log, _options.Folder, failure);
        }

        _store = null;
    }

    private static long Pending(List<(EpochTrack Track, StoredEvent[] Events)> runs, EpochTrack track) =>
        runs.Where(run => ReferenceEquals(run.Track, track)).Sum(run => (long)run.Events.Length);

    private static TimeSpan Max(TimeSpan left, TimeSpan right) => left > right ? left : right;

    private void Append(List<(EpochTrack Track, StoredEvent[] Events)> runs)
    {
        _store!.Append(runs); // callers looked
        foreach (var (track, events) in runs)
        {
            track.Tail = events[^1].Seq;
        }
    }

    private void Delete()
    {
        _deletesLeft = false;
        foreach (var track in _tracks)
        {
            _deletesLeft |= _store!.DeleteThrough(track, track.Through); // Step looked
        }

        if (!_deletesLeft)
        {
            DropDrained();
        }
    }

    /// <summary>An epoch that is over and receipted needs no place any more; the present one always has its.</summary>
    private void DropDrained() => _tracks.RemoveAll(track => !ReferenceEquals(track, _tracks[^1]) && track.IsDrained && !ReferenceEquals(track, _refilling));

    private void Refill(EpochTrack track)
    {
        var events = new List<StoredEvent>(EventChunk.EventsMax);
        try
        {
            if (!ReferenceEquals(track, _refilling))
            {
                EndRefill();
                _refill = _source.ReadEvents(track.Epoch, track.Tail + 1).GetEnumerator();
                _refilling = track;
            }

            for (var bytes = 0; events.Count < EventChunk.EventsMax && bytes < EventChunk.BytesMax && _refill!.MoveNext(); bytes += _refill.Current.Payload.Length)
            {
                events.Add(_refill.Current);
            }
        }
        catch (Exception failure)
        {
            OutboxLog.JournalNotRead(_log, track.Epoch, track.Tail + 1, _options.RetryAfter, failure);
            EndRefill();
            _retryAt = _time.GetUtcNow() + _options.RetryAfter;
        }

        if (events.Count == 0)
        {
            EndOfJournal(track);
            return;
        }

        FindHole(track, events[0].Seq);
        track.Known = Math.Max(track.Known, events[^1].Seq);
        Guarded(() => AppendDense(track, events));
    }

    /// <summary>The journal ended before what it announced.</summary>
    private void EndOfJournal(EpochTrack track)
    {
        EndRefill();
        if (_time.GetUtcNow() < _retryAt)
        {
            return;
        }

        if (!ReferenceEquals(track, _tracks[^1]) && !_source.Epochs.Any(epoch => epoch.Epoch == track.Epoch))
        {
            FindHole(track, track.Known + 1);
            return;
        }

        // Another enumeration sees more; the pause keeps it from being a busy loop.
        _retryAt = _time.GetUtcNow() + EndOfJournalPause;
    }

    private void AppendDense(EpochTrack track, List<StoredEvent> events)
    {
        for (var i = 0; i < events.Count; i++)
        {
            if (events[i].Epoch != track.Epoch || events[i].Seq != track.Tail + 1 + i)
            {
                // A second hole within one batch: take what is before it, the next enumeration begins at it.
                EndRefill();
                events = events.GetRange(0, i);
            }
        }

        if (events.Count > 0)
        {
            Append([(track, [.. events])]);
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

    private void EndRefill()
    {
        _refill?.Dispose();
        _refill = null;
        _refilling = null;
    }

    private List<StoredEvent> ReadJournal(EpochTrack track, long from, int max)
    {
        try
        {
            return [.. _source.ReadEvents(track.Epoch, from).Take(max)];
        }
        catch (Exception failure)
        {
            OutboxLog.JournalNotRead(_log, track.Epoch, from, _options.RetryAfter, failure);
            return [];
        }
    }

    /// <summary>Runs one use of the database. Whatever it throws, the database is in doubt from then on and is set aside.</summary>
    private void Guarded(Action use)
    {
        try
        {
            use();
        }
        catch (Exception doubt)
        {
            SetAside(doubt);
        }
    }

    private void SetAside(Exception doubt)
    {
        EndRefill();
        _store?.Abandon();
        var isFirstUse = _store is null && _files.DataLength == 0;
        _store = null;
        foreach (var track in _tracks)
        {
            track.Forget();
        }

        try
        {
            if (!isFirstUse)
            {
                var aside = _files.SetAside();
                SetAsideCount++;
                OutboxLog.SetAside(_log, doubt.Message, aside);
                _rebuilding.Set(active: true, $"The outbox is filled again from the journal: {doubt.Message}");
            }

            var now = _time.GetUtcNow();
            if (now - _doubtedAt < _options.RetryAfter && !isFirstUse)
            {
                throw new IOException($"twice in doubt within {_options.RetryAfter}: {doubt.Message}", doubt);
            }

            _doubtedAt = isFirstUse ? _doubtedAt : now;
            OpenFresh();
        }
        catch (Exception failure)
        {
            _store?.Abandon();
            _store = null;
            _failure = failure.Message;
            _retryAt = _time.GetUtcNow() + _options.RetryAfter;
            OutboxLog.Unusable(_log, _options.Folder, failure.Message, _options.RetryAfter);
            _failed.Set(active: true, $"The outbox in {_options.Folder} cannot be used ({failure.Message}); events are sent from the journal.");
        }
    }

    private void OpenFresh()
    {
        _files.SetAsideIfAny();
        OpenStore();
    }

    private void OpenStore()
    {
        Directory.CreateDirectory(_options.Folder);
        _files.SaveMarker(Entries(), clean: false, durable: true);
        _store = OutboxStore.Open(_options.Folder);
        _failure = null;
        _failed.Set(active: false, "The outbox can be used again.");
    }

    private List<OutboxMarker.Entry> Entries() =>
        _tracks.ConvertAll(track => new OutboxMarker.Entry(track.Ordinal, track.Epoch, track.Through, track.Tail, [.. track.Holes]));
}
