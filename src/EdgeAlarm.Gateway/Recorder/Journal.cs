using EdgeAlarm.Engine;

namespace EdgeAlarm.Gateway.Recorder;

/// <summary>
/// The writing end of the flight recorder. Records are appended by one thread, the pump's, into memory; a thread of its own writes and flushes them. While one flush
/// runs the next one's records gather, so the rate of turns does not depend on the disk's (group commit). What is appended is durable once
/// <see cref="FlushedPosition"/> has passed it, and may have no effect outside before.
/// </summary>
public sealed class Journal : IRecording, IDisposable
{
    /// <summary>A flush that takes longer counts as failed.</summary>
    public static readonly TimeSpan FlushMax = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan RoomWaitMax = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _wanted = new(0);
    private readonly ManualResetEventSlim _room = new(initialState: true);
    private readonly List<(long Position, Action<JournalFailure?> Done)> _waiting = [];
    private readonly JournalOptions _options;
    private readonly SegmentWriter _segment;
    private readonly TimeProvider _time;
    private readonly Thread _thread;
    private readonly string _folder;
    private JournalBuffer _filling = new(64 * 1024);
    private JournalBuffer _flushing = new(64 * 1024);
    private Guid _epoch;
    private string _configurationHash;
    private Commit _lastCommit;
    private bool _endsWithCommit = true;
    private bool _isRollWanted;
    private (Guid Epoch, string ConfigurationHash, Commit Commit)? _roll;
    private bool _isStopping;
    private bool _isEndMarked;
    private long _flushedPosition;
    private long? _flushStart;
    private JournalFailure? _failure;

    internal Journal(DataFolder folder, JournalOptions options, JournalEnd end, TimeProvider time)
    {
        _folder = folder.Journal;
        _options = options;
        _time = time;
        _epoch = end.Epoch;
        _configurationHash = end.ConfigurationHash;
        _lastCommit = new(end.At, end.WallClock, 0);
        // the last run ended before it began a segment for its new configuration, or was of an older build
        _isRollWanted = end.Segment is { } segment && (segment.ConfigurationHash != end.ConfigurationHash || segment.Version != SegmentHeader.FormatVersion);
        try
        {
            _segment = new(folder, options, end);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Failed(failure.Message, failure);
        }

        EndPosition = end.Position;
        _flushedPosition = end.Position;
        _thread = new(FlushLoop) { IsBackground = true, Name = "journal flush" };
        _thread.Start();
    }

    /// <summary>Behind the last record, flushed or not. The appending thread.</summary>
    public long EndPosition { get; private set; }

    /// <summary>Everything before is durable. Any thread.</summary>
    public long FlushedPosition => Volatile.Read(ref _flushedPosition);

    /// <summary>How many flushes there were. Any thread.</summary>
    public long FlushCount { get; private set; }

    /// <summary>The longest flush so far. Any thread.</summary>
    public TimeSpan LongestFlush { get; private set; }

    /// <summary>Why nothing becomes durable any more; null while all is well. What is appended after it goes nowhere. Any thread.</summary>
    public JournalFailure? Failure => Volatile.Read(ref _failure);

    /// <summary>Called after each flush and after a failure, on the flush thread. Must not wait. Set before the first append.</summary>
    internal Action? Progressed { get; set; }

    /// <summary>Appends an input. The appending thread.</summary>
    /// <returns>Its position.</returns>
    public long Append(Input input)
    {
        lock (_gate)
        {
            var before = Begin_NeedsLock();
            RecordWriter.Write(_filling, EndPosition, input);
            _epoch = input is EpochStarted started ? started.Epoch : _epoch;
            if (input is ConfigurationChanged changed && changed.Hash != _configurationHash)
            {
                // a segment has one configuration, so that its index of tags means something
                _configurationHash = changed.Hash;
                _isRollWanted = true;
            }

            return Advance_NeedsLock(before, isCommit: false);
        }
    }

    /// <summary>Appends a message with its samples. The appending thread.</summary>
    /// <returns>Its position.</returns>
    public long Append(NotificationReceived message, ReadOnlySpan<Sample> samples)
    {
        lock (_gate)
        {
            var before = Begin_NeedsLock();
            RecordWriter.Write(_filling, EndPosition, message, samples);
            return Advance_NeedsLock(before, isCommit: false);
        }
    }

    /// <summary>Appends an event. The appending thread.</summary>
    public void Append(in StoredEvent stored)
    {
        lock (_gate)
        {
            var before = Begin_NeedsLock();
            RecordWriter.Write(_filling, EndPosition, in stored);
            Advance_NeedsLock(before, isCommit: false);
        }
    }

    /// <summary>Ends the turn and asks for a flush. The appending thread.</summary>
    /// <returns>The position that has to be flushed before the turn may have an effect.</returns>
    public long Commit(Commit commit)
    {
        lock (_gate)
        {
            var before = Begin_NeedsLock();
            RecordWriter.Write(_filling, EndPosition, commit);
            Advance_NeedsLock(before, isCommit: true);
            _lastCommit = commit;
        }

        _wanted.Release();
        return EndPosition;
    }

    /// <summary>Gives up on a flush that has taken too long: what it writes is as good as not written. Any thread.</summary>
    /// <returns>Whether it failed, now or before.</returns>
    public bool IsDead()
    {
        lock (_gate)
        {
            if (_failure is null && _flushStart is { } start && _time.GetElapsedTime(start) > FlushMax)
            {
                Fail_NeedsLock(Failed($"a flush has taken more than {FlushMax.TotalSeconds} s.", null));
            }

            return _failure is not null;
        }
    }

    /// <summary>Whether its thread has ended after a failure, or does so in a while: only then does nobody write to its file any more. Any thread.</summary>
    internal bool HasEnded(TimeSpan limit) => _thread.Join(limit);

    /// <summary>Waits until the unflushed records leave room for another turn (back-pressure), or a while. The appending thread.</summary>
    /// <returns>Whether there is room; a journal that failed has always room.</returns>
    public bool WaitForRoom(CancellationToken cancellationToken) => _room.Wait(RoomWaitMax, cancellationToken);

    /// <summary>Asks for a flush of all that was appended and waits for it, on this thread.</summary>
    /// <exception cref="JournalFailure">A flush failed.</exception>
    public void Flush()
    {
        using var done = new ManualResetEventSlim();
        lock (_gate)
        {
            if (_failure is not null)
            {
                throw _failure;
            }

            if (_flushedPosition >= EndPosition)
            {
                return;
            }

            _waiting.Add((EndPosition, _ => done.Set()));
        }

        _wanted.Release();
        while (!done.Wait(RoomWaitMax) && !IsDead())
        {
            // a disk that hangs says nothing by itself
        }

        if (Failure is { } failure)
        {
            throw failure;
        }
    }

    /// <summary>The records that a failure kept from the disk: all behind <see cref="FlushedPosition"/>. The appending thread, after a failure.</summary>
    internal IEnumerable<JournalRecord> Unflushed() =>
        JournalRecord.DecodeAll(_flushing, _flushedPosition).Concat(JournalRecord.DecodeAll(_filling, _flushedPosition + _flushing.Length));

    /// <summary>Completes when everything before the position is durable. Any thread.</summary>
    /// <returns>A task that fails with <see cref="JournalFailure"/> where a flush failed.</returns>
    public Task FlushedAsync(long position)
    {
        lock (_gate)
        {
            if (_flushedPosition >= position)
            {
                return Task.CompletedTask;
            }

            if (_failure is not null)
            {
                return Task.FromException(_failure);
            }

            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((position, failure => _ = failure is null ? done.TrySetResult() : done.TrySetException(failure)));
            return done.Task;
        }
    }

    /// <summary>Flushes what was appended, ends the thread and closes the file. A thread that hangs in a dead disk ends and closes by itself when the disk lets it.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isStopping)
            {
                return;
            }

            Volatile.Write(ref _isStopping, true);
        }

        _wanted.Release();
        if (Failure is null)
        {
            _thread.Join();
            _wanted.Dispose();
            _room.Dispose();
        }
    }

    // what one flush writes begins with a mark: the flush before it had ended, so that bad bytes before a mark are damage, and behind the last one a torn write
    private int Begin_NeedsLock()
    {
        if (_filling.Length == 0)
        {
            RecordWriter.WriteFlushMark(_filling, EndPosition);
            EndPosition += _filling.Length;
        }

        return _filling.Length;
    }

    private long Advance_NeedsLock(int before, bool isCommit)
    {
        var position = EndPosition;
        EndPosition += _filling.Length - before;
        _endsWithCommit = isCommit;
        if (_filling.Length >= _options.BufferCapacityMax && _failure is null)
        {
            _room.Reset();
        }

        return position;
    }

    private void FlushLoop()
    {
        using (_segment)
        {
            while (Next() is { } work)
            {
                try
                {
                    if (_roll is { } roll)
                    {
                        _segment.Roll(roll.Epoch, roll.ConfigurationHash, roll.Commit.At, roll.Commit.WallClock);
                        _roll = null;
                    }

                    _segment.Append(_flushing.Written);
                }
                catch (Exception failure)
                {
                    lock (_gate)
                    {
                        Fail_NeedsLock(Failed(failure.Message, failure));
                    }

                    return;
                }

                if (!Publish())
                {
                    return;
                }

                // the new segment is begun with the next flush: what is flushed now waits for nothing more
                _roll = work.MayRoll && (work.IsRollWanted || _segment.IsDue(work.Commit.At)) ? (work.Epoch, work.ConfigurationHash, work.Commit) : null;
            }
        }
    }

    // waits for records and takes them; null at the end
    private (Commit Commit, Guid Epoch, string ConfigurationHash, bool MayRoll, bool IsRollWanted)? Next()
    {
        while (true)
        {
            if (!Volatile.Read(ref _isStopping))
            {
                _wanted.Wait();
            }

            lock (_gate)
            {
                if (_failure is not null || (_filling.Length == 0 && _isEndMarked))
                {
                    return null;
                }

                if (_filling.Length == 0 && _isStopping)
                {
                    // an end in order leaves nothing behind the last mark
                    _isEndMarked = true;
                    _roll = null;
                    Begin_NeedsLock();
                }

                if (_filling.Length > 0)
                {
                    (_filling, _flushing) = (_flushing, _filling);
                    var work = (_lastCommit, _epoch, _configurationHash, _endsWithCommit, _isRollWanted);
                    _isRollWanted &= !_endsWithCommit;
                    _flushStart = _time.GetTimestamp();
                    _room.Set();
                    return work;
                }
            }
        }
    }

    private bool Publish()
    {
        lock (_gate)
        {
            if (_failure is not null)
            {
                // somebody has given up on it and went on without: too late
                return false;
            }

            var took = _time.GetElapsedTime(_flushStart!.Value);
            _flushStart = null;
            LongestFlush = took > LongestFlush ? took : LongestFlush;
            FlushCount++;
            Volatile.Write(ref _flushedPosition, _flushedPosition + _flushing.Length);
            _flushing.Clear();
            for (var i = _waiting.Count - 1; i >= 0; i--)
            {
                if (_waiting[i].Position <= _flushedPosition)
                {
                    _waiting[i].Done(null);
                    _waiting.RemoveAt(i);
                }
            }
        }

        Progressed?.Invoke();
        return true;
    }

    private void Fail_NeedsLock(JournalFailure failure)
    {
        if (_failure is not null)
        {
            return;
        }

        Volatile.Write(ref _failure, failure);
        _room.Set();
        foreach (var (_, done) in _waiting)
        {
            done(failure);
        }

        _waiting.Clear();
        // a thread that waits for records is to end
        _wanted.Release();
        Progressed?.Invoke();
    }

    private JournalFailure Failed(string reason, Exception? cause) => new(
        $"The journal in {_folder} cannot be written: {reason} Nothing after the last flushed record had an effect outside; check the disk (space, errors, mount).",
        cause);
}
