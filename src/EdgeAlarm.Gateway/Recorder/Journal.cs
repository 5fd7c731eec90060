using EdgeAlarm.Engine;

namespace EdgeAlarm.Gateway.Recorder;

/// <summary>
/// The writing end of the flight recorder. Records are appended by one thread, the pump's, into memory; a thread of its own writes and flushes them. While one flush
/// runs the next one's records gather, so the rate of turns does not depend on the disk's (group commit). What is appended is durable once
/// <see cref="FlushedPosition"/> has passed it, and may have no effect outside before.
/// </summary>
public sealed class Journal : IDisposable
{
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
    private long _flushedPosition;
    private JournalFailure? _failure;

    internal Journal(DataFolder folder, JournalOptions options, JournalEnd end, TimeProvider time)
    {
        _folder = folder.Journal;
        _options = options;
        _time = time;
        _epoch = end.Epoch;
        _configurationHash = end.ConfigurationHash;
        _lastCommit = new(end.At, end.WallClock, 0);
        // the last run ended before it began a segment for its new configuration
        _isRollWanted = end.Segment is { } segment && segment.ConfigurationHash != end.ConfigurationHash;
        try
        {
            _segment = new(folder, options, end);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Failure(failure);
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

    /// <summary>Appends an input. The appending thread.</summary>
    /// <returns>Its position.</returns>
    /// <exception cref="JournalFailure">An earlier flush failed.</exception>
    public long Append(Input input)
    {
        lock (_gate)
        {
            var position = Begin(InputCodec.Type(input), out var start);
            InputCodec.Write(_filling, input);
            if (input is NotificationReceived)
            {
                SampleCodec.Write(_filling, input.At, []);
            }

            End(start, isCommit: false);
            _epoch = input is EpochStarted started ? started.Epoch : _epoch;
            if (input is ConfigurationChanged changed && changed.Hash != _configurationHash)
            {
                // a segment has one configuration, so that its index of tags means something
                _configurationHash = changed.Hash;
                _isRollWanted = true;
            }

            return position;
        }
    }

    /// <summary>Appends a message with its samples. The appending thread.</summary>
    /// <returns>Its position.</returns>
    /// <exception cref="JournalFailure">An earlier flush failed.</exception>
    public long Append(NotificationReceived message, ReadOnlySpan<Sample> samples)
    {
        lock (_gate)
        {
            var position = Begin(RecordType.Notification, out var start);
            InputCodec.Write(_filling, message);
            SampleCodec.Write(_filling, message.At, samples);
            End(start, isCommit: false);
            return position;
        }
    }

    /// <summary>Appends an event. The appending thread.</summary>
    /// <exception cref="JournalFailure">An earlier flush failed.</exception>
    public void Append(in StoredEvent stored)
    {
        lock (_gate)
        {
            Begin(RecordType.Event, out var start);
            _filling.Write(stored.Epoch);
            _filling.Write(stored.Seq);
            _filling.Write(stored.Payload.Span);
            End(start, isCommit: false);
        }
    }

    /// <summary>Ends the turn and asks for a flush. The appending thread.</summary>
    /// <returns>The position that has to be flushed before the turn may have an effect.</returns>
    /// <exception cref="JournalFailure">An earlier flush failed.</exception>
    public long Commit(Commit commit)
    {
        lock (_gate)
        {
            Begin(RecordType.Commit, out var start);
            commit.Write(_filling);
            End(start, isCommit: true);
            _lastCommit = commit;
        }

        _wanted.Release();
        return EndPosition;
    }

    /// <summary>Waits until the unflushed records leave room for another turn (back-pressure). The appending thread.</summary>
    /// <exception cref="JournalFailure">A flush failed.</exception>
    public void WaitForRoom(CancellationToken cancellationToken)
    {
        _room.Wait(cancellationToken);
        ThrowIfFailed();
    }

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
        done.Wait();
        ThrowIfFailed();
    }

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
            _waiting.Add((position, failure =>
            {
                if (failure is null)
                {
                    done.SetResult();
                }
                else
                {
                    done.SetException(failure);
                }
            }));
            return done.Task;
        }
    }

    /// <summary>Flushes what was appended, ends the thread and closes the file.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isStopping)
            {
                return;
            }

            _isStopping = true;
        }

        _wanted.Release();
        _thread.Join();
        _segment.Dispose();
        _wanted.Dispose();
        _room.Dispose();
    }

    private long Begin(RecordType type, out int start)
    {
        if (_failure is not null)
        {
            throw _failure;
        }

        start = RecordFrame.Begin(_filling, type);
        return EndPosition;
    }

    private void End(int start, bool isCommit)
    {
        RecordFrame.End(_filling, start, EndPosition);
        EndPosition += _filling.Length - start;
        _endsWithCommit = isCommit;
        if (_filling.Length >= _options.BufferCapacityMax)
        {
            _room.Reset();
        }
    }

    private void FlushLoop()
    {
        while (true)
        {
            _wanted.Wait();
            JournalBuffer records;
            Commit commit;
            Guid epoch;
            string configurationHash;
            bool mayRoll, isRollWanted;
            lock (_gate)
            {
                if (_filling.Length == 0)
                {
                    if (_isStopping)
                    {
                        return;
                    }

                    continue;
                }

                (_filling, _flushing) = (_flushing, _filling);
                records = _flushing;
                commit = _lastCommit;
                epoch = _epoch;
                configurationHash = _configurationHash;
                mayRoll = _endsWithCommit;
                isRollWanted = _isRollWanted;
                _isRollWanted &= !mayRoll;
                _room.Set();
            }

            try
            {
                var start = _time.GetTimestamp();
                if (_roll is { } roll)
                {
                    _segment.Roll(roll.Epoch, roll.ConfigurationHash, roll.Commit.At, roll.Commit.WallClock);
                    _roll = null;
                }

                _segment.Append(records.Written);
                var length = records.Length;
                records.Clear();
                var took = _time.GetElapsedTime(start);
                LongestFlush = took > LongestFlush ? took : LongestFlush;
                FlushCount++;
                Publish(length);
                if (mayRoll && (isRollWanted || _segment.IsDue(commit.At)))
                {
                    _roll = (epoch, configurationHash, commit);
                }
            }
            catch (Exception failure)
            {
                Fail(Failure(failure));
                return;
            }
        }
    }

    private void Publish(int length)
    {
        lock (_gate)
        {
            Volatile.Write(ref _flushedPosition, _flushedPosition + length);
            for (var i = _waiting.Count - 1; i >= 0; i--)
            {
                if (_waiting[i].Position <= _flushedPosition)
                {
                    _waiting[i].Done(null);
                    _waiting.RemoveAt(i);
                }
            }
        }
    }

    private void Fail(JournalFailure failure)
    {
        lock (_gate)
        {
            _failure = failure;
            _room.Set();
            foreach (var (_, done) in _waiting)
            {
                done(failure);
            }

            _waiting.Clear();
        }
    }

    private void ThrowIfFailed()
    {
        lock (_gate)
        {
            if (_failure is not null)
            {
                throw _failure;
            }
        }
    }

    private JournalFailure Failure(Exception cause) => new(
        $"The journal in {_folder} cannot be written: {cause.Message} Nothing after the last flushed record had an effect outside; check the disk (space, errors, mount) and start again.",
        cause);
}
