using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Recorder;
using Microsoft.Extensions.Logging;

namespace EdgeAlarm.Gateway.Alarming;

/// <summary>Opens a data folder and brings state and journal to where the pump goes on (rules R3-R5).</summary>
internal sealed class PumpStart : IDisposable
{
    private const string FromBegin = "from its begin";

    private readonly DataFolderLock _lock;
    private readonly RecoveredJournal _recovered;
    private readonly ILogger _logger;
    private bool _isFromBegin;

    private PumpStart(EnginePumpOptions options, DataFolder folder, DataFolderLock folderLock, TimeProvider time, ILogger logger)
    {
        Options = options;
        Folder = folder;
        _lock = folderLock;
        Time = time;
        _logger = logger;
        Configurations = new(folder);
        Snapshots = new(folder);
        if (options.Space is { } space)
        {
            SpaceKeeper.BeforeStart(folder, space);
        }

        // before the input that names it is written (rule R4)
        Configurations.Save(options.Configuration);
        var recovery = new JournalRecovery(folder, Snapshots);
        _recovered = recovery.Run();
        Skipped = _recovered.Skipped;
        if (Snapshots.LeftAside is { } aside)
        {
            AlarmingLog.SnapshotUnusable(logger, aside.Position, aside.Reason, FoldedFrom());
        }

        if (_recovered.TornBytes > 0)
        {
            AlarmingLog.TornTailCut(logger, _recovered.TornBytes);
        }

        var offline = new JournalReader(folder);
        var tail = FoldFrom(_recovered.Base, offline, _recovered.FoldFrom, _recovered.FoldUntil);
        var end = _recovered.Position;
        IReadOnlyList<JournalRecord> again = [];
        if (tail.FirstDifference is { } difference && _recovered.NewEpochReason is null)
        {
            // the recorded events are facts. What is behind the last commit had no effect yet: it is recorded once more behind the mismatch, which sets the seq right
            AlarmingLog.ReplayMismatched(logger, difference.Seq);
            FirstInputs.Add(new ReplayMismatched(
                tail.Fold.Engine.Now, difference.Seq, $"recorded: {difference.Recorded ?? "nothing"}; derived: {difference.Derived ?? "nothing"}", _recovered.LastCommit!.Value.NextSeq));
            again = [.. tail.Uncommitted];
            end = CutToLastCommit();
            tail = FoldFrom(_recovered.Base, offline, _recovered.FoldFrom, _recovered.LastCommitEnd);
        }

        Fold = tail.Fold;
        var wallClock = new UtcTime(time.GetUtcNow().UtcTicks);
        var wentBack = _recovered.LastCommit is { } last && wallClock.Ticks < last.WallClock.Ticks;
        var now = PlantNow(wallClock);
        if (_recovered.Segment is null && end > 0)
        {
            // a chain of segments that follows a break is folded from here
            Snapshots.Save(Fold.Snapshot(end, new(now, wallClock, Fold.Engine.NextSeq)));
        }

        recovery.SetAside(_recovered.Damaged);
        Clock = new(time, now);
        var journal = new Journal(folder, options.Journal, new(_recovered.Segment, end, Fold.Engine.Epoch, Fold.Configuration.Hash, now, wallClock), time);
        Recorder = new(folder, options.Journal, time, journal);
        Reader = new(folder, () => Recorder.Journal.FlushedPosition, () => Recorder.Memory?.Events() ?? []);
        FirstInputs.AddRange(again.Select(record => record.Input!));
        FirstSamples.AddRange(Enumerable.Repeat(ReadOnlyMemory<Sample>.Empty, FirstInputs.Count - again.Count).Concat(again.Select(record => record.Samples)));
        AddStart(tail, now, wallClock, wentBack);
        if (_recovered.LastCommit is null)
        {
            AlarmingLog.JournalBegins(logger, folder.Root);
            return;
        }

        AlarmingLog.Recovered(
            logger, end, tail.Inputs, tail.Samples, _recovered.Base?.Position ?? 0, tail.Events, Fold.Engine.Epoch, Fold.Engine.NextSeq);
    }

    public EnginePumpOptions Options { get; }

    public DataFolder Folder { get; }

    public TimeProvider Time { get; }

    public ConfigurationStore Configurations { get; }

    public SnapshotStore Snapshots { get; }

    public EngineFold Fold { get; }

    public TurnRecorder Recorder { get; }

    /// <summary>What the last run left if its disk was dead; to be taken away once the first turn is durable.</summary>
    public UnrecordedMark Mark => new(Folder);

    public JournalReader Reader { get; }

    public PlantClock Clock { get; }

    /// <summary>Positions of inputs that are left out.</summary>
    public HashSet<long> Skipped { get; }

    /// <summary>What the first turn records.</summary>
    public List<Input> FirstInputs { get; } = [];

    /// <summary>The samples of <see cref="FirstInputs"/>, one entry for each; shorter where none follow.</summary>
    public List<ReadOnlyMemory<Sample>> FirstSamples { get; } = [];

    public static PumpStart Open(EnginePumpOptions options, TimeProvider time, ILogger logger)
    {
        var folder = new DataFolder(Path.GetFullPath(options.DataFolder)) { Disk = options.Disk };
        folder.Create();
        var folderLock = DataFolderLock.Take(folder);
        try
        {
            return new(options, folder, folderLock, time, logger);
        }
        catch
        {
            folderLock.Dispose();
            throw;
        }
    }

    /// <summary>Folds what is recorded once more, after a failure.</summary>
    public TailFold FoldRecorded(PoisonFound poison)
    {
        if (Recorder.Memory is { } memory)
        {
            return TailFold.Run(() => EngineFold.From(Configurations, memory.State, KpiHistory.Of(Folder, memory.State, Configurations), memory.State.Epoch == memory.Epoch), memory.Records(), Skipped, poison);
        }

        // where the disk dies in this very turn, the rest is still in memory
        Recorder.Settle();
        var until = Recorder.Journal.FlushedPosition;
        var unflushed = Recorder.Journal.Failure is null ? [] : Recorder.Journal.Unflushed();
        var snapshot = _isFromBegin && new JournalReader(Folder).ChainBegin() == 0 ? null : Snapshots.NewestFirst().FirstOrDefault(candidate => candidate.Position <= until);
        var from = snapshot?.Position ?? 0;
        return TailFold.Run(() => StartFrom(snapshot, from), new JournalReader(Folder).ReadRecords(from, until).Concat(unflushed), Skipped, poison);
    }

    /// <summary>The input that begins a new epoch because the centre knows more than this journal.</summary>
    public EpochStarted NewEpoch(PlantTime now, ReceiptBeyond beyond) =>
        NewEpoch(now, beyond.Epoch, beyond.Through, "the centre has other events of this epoch: this journal is a restored image or a clone") with
        {
            IsUnrecorded = Recorder.Memory is not null,
        };

    public void Dispose()
    {
        Recorder.Dispose();
        _lock.Dispose();
    }

    private string FoldedFrom() => _recovered switch
    {
        { Base: { } older } => $"from the snapshot at position {older.Position}",
        { NewEpochReason: { } reason } => $"only as far as it goes: {reason}",
        _ => FromBegin,
    };

    /// <summary>The input that begins a new epoch.</summary>
    public EpochStarted NewEpoch(PlantTime now, Guid previous, long lastSeq, string reason)
    {
        var epoch = Uuid.Create(Time.GetUtcNow(), Options.Chance);
        if (previous != Guid.Empty)
        {
            AlarmingLog.EpochBegins(_logger, epoch, previous, lastSeq, reason);
        }

        return new(now, epoch, previous == Guid.Empty ? null : previous, lastSeq, reason);
    }

    private void AddStart(TailFold tail, PlantTime now, UtcTime wallClock, bool wentBack)
    {
        foreach (var found in tail.Poison)
        {
            AlarmingLog.PoisonSkipped(_logger, found.Position, found.Tag is { } tag ? Fold.Configuration.Alarms.Tags[tag].Name : "(none)", found.Message);
            FirstInputs.Add(new InputSkipped(now, found.Position, found.Tag, found.Message));
        }

        var isFirst = _recovered.LastCommit is null;
        if ((_recovered.NewEpochReason ?? (Fold.Engine.Epoch == Guid.Empty ? "first start on this data folder" : null)) is { } reason)
        {
            FirstInputs.Add(NewEpoch(now, _recovered.Epoch, _recovered.LastSeq, reason));
        }

        // the values from before the stop are forgotten before a list that was edited meanwhile is evaluated: they say nothing of now
        FirstInputs.Add(new GatewayStarted(now, wallClock, wentBack));
        if (isFirst || Fold.Configuration.Hash != Options.Configuration.Hash)
        {
            FirstInputs.Add(new ConfigurationChanged(now, Options.Configuration.Hash));
        }
    }

    // plant time goes on from its last value plus what the wall clock says of the time down, never back
    private PlantTime PlantNow(UtcTime wallClock)
    {
        if (_recovered.LastCommit is not { } last)
        {
            return new(wallClock.Ticks);
        }

        return PlantTime.Max(last.At + new TimeSpan(Math.Max(0, wallClock.Ticks - last.WallClock.Ticks)), Fold.Engine.Now);
    }

    private TailFold FoldFrom(Snapshot? snapshot, JournalReader reader, long from, long until)
    {
        try
        {
            return TailFold.Run(() => _isFromBegin ? StartFrom(null, 0) : StartFrom(snapshot, from), reader.ReadRecords(_isFromBegin ? 0 : from, until), Skipped);
        }
        catch (Exception failure) when (snapshot is not null && !_isFromBegin && failure is InvariantViolation or InvalidDataException or JournalDamage)
        {
            // a build whose state has another form reads no older snapshot: the whole recording says the same
            AlarmingLog.SnapshotUnusable(_logger, snapshot!.Position, failure.Message, FromBegin);
            if (reader.FirstPosition != 0)
            {
                throw new DataFolderUnusable(
                    $"The snapshot at position {snapshot.Position} in {Folder.Snapshots} cannot be read by this build ({failure.Message}) and the beginning of the journal is gone. "
                    + "Run the build that wrote it, or give this one another data folder.",
                    failure);
            }

            _isFromBegin = true;
            foreach (var record in reader.ReadRecords(0, until))
            {
                if (record.Input is InputSkipped skip)
                {
                    Skipped.Add(skip.Position);
                }
            }

            return FoldFrom(null, reader, 0, until);
        }
    }

    private EngineFold StartFrom(Snapshot? snapshot, long from)
    {
        if (snapshot is not null)
        {
            return EngineFold.From(Configurations, snapshot, KpiHistory.Of(Folder, snapshot, Configurations));
        }

        var segments = new JournalReader(Folder).Segments();
        var isFoldable = segments.Count > 0 && segments[0].FirstPosition == 0;
        var configuration = isFoldable ? Configurations.Load(segments[0].ConfigurationHash) : Options.Configuration;
        return EngineFold.Fresh(Configurations, configuration, KpiHistory.Before(Folder, from, configuration.Alarms));
    }

    private long CutToLastCommit()
    {
        var segment = _recovered.Segment;
        if (segment is null)
        {
            return _recovered.Position;
        }

        var path = SegmentFile.PathOf(Folder.Journal, segment.FirstPosition, SegmentFile.JournalExtension);
        Folder.Disk.Truncate(path, _recovered.LastCommitEnd - segment.FirstPosition + SegmentHeader.Length);
        return _recovered.LastCommitEnd;
    }
}
