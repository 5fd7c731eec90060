using System.Globalization;
using EdgeAlarm.Gateway.Recorder;
using Microsoft.Extensions.Logging;

namespace EdgeAlarm.Gateway.Outbox;

/// <summary>
/// The events that the historian has not receipted, in LiteDB: a copy that the journal can always make again. One thread of its own does everything with the
/// database. Nobody who hands events over ever waits: if the inbox is full, the outbox falls behind and reads them from the journal later. All members: any thread.
/// </summary>
public sealed class EventOutbox
{
    private const int RequestsMax = 16;
    private static readonly TimeSpan ProgressEvery = TimeSpan.FromSeconds(1);

    private readonly OutboxOptions _options;
    private readonly TimeProvider _time;
    private readonly OutboxLedger _ledger;
    private readonly Lock _startGate = new();
    private readonly object _gate = new();
    private readonly Dictionary<Guid, long> _announced = [];
    private readonly Dictionary<Guid, long> _passed = [];
    private readonly Dictionary<Guid, long> _receipts = [];
    private readonly Queue<Func<Action>> _requests = [];
    private List<StoredEvent> _offered = [];
    private List<StoredEvent> _taken = [];
    private long _offeredBytes;
    private long _passedBy;
    private bool _stopping;
    private bool _started;
    private bool _timeIsUp;
    private long _savedAt;
    private OutboxState _state;

    /// <summary>Prepares the outbox; nothing is opened before <see cref="RunAsync"/>.</summary>
    /// <param name="options">Settings.</param>
    /// <param name="source">The journal.</param>
    /// <param name="time">Where time comes from.</param>
    /// <param name="log">Takes its messages.</param>
    /// <param name="report">Takes the conditions of <see cref="OutboxConditions"/> (name, active, detail). Called on the outbox's thread; must not wait.</param>
    /// <exception cref="ArgumentException">The source names no epoch.</exception>
    public EventOutbox(OutboxOptions options, OutboxSource source, TimeProvider time, ILogger<EventOutbox> log, Action<string, bool, string> report)
    {
        if (source.Epochs.Count == 0)
        {
            throw new ArgumentException("The journal always has a present epoch.", nameof(source));
        }

        (_options, _time) = (options, time);
        _ledger = new(options, source, time, log, report);
        foreach (var epoch in source.Epochs)
        {
            _announced[epoch.Epoch] = epoch.Last;
        }

        _state = new([.. source.Epochs.Select(epoch => new OutboxEpoch(epoch.Epoch, epoch.First, epoch.Last, 0, 0))], IsRefilling: true, 0, 0, "not opened yet");
    }

    /// <summary>Called on the outbox's thread after its <see cref="State"/> changed. Must not wait. Set before <see cref="RunAsync"/>.</summary>
    public Action? Changed { get; set; }

    /// <summary>What it holds.</summary>
    public OutboxState State => Volatile.Read(ref _state);

    /// <summary>Opens the files and works until cancelled, then closes them in order. May be called once.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        lock (_startGate)
        {
            if (_started)
            {
                throw new InvalidOperationException("The outbox runs once.");
            }

            _started = true;
        }

        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var stop = cancellationToken.Register(Stop);
        new Thread(() => Own(ended)) { Name = "outbox", IsBackground = true }.Start();
        await ended.Task;
    }

    /// <summary>Hands over events that are flushed in the journal, in order of seq. Never waits.</summary>
    /// <param name="events">The events; their payloads must not change any more.</param>
    public void Offer(ReadOnlyMemory<StoredEvent> events)
    {
        lock (_gate)
        {
            foreach (var stored in events.Span)
            {
                _announced[stored.Epoch] = stored.Seq;
                if (_offered.Count >= _options.InboxEventsMax || _offeredBytes >= _options.InboxBytesMax)
                {
                    _passedBy++;
                    _passed[stored.Epoch] = stored.Seq;
                    continue;
                }

                _offered.Add(stored);
                _offeredBytes += stored.Payload.Length;
            }

            Monitor.Pulse(_gate);
        }
    }

    /// <summary>The epochs of which the journal had events when the outbox began, or was handed any since, with the last seq.</summary>
    internal IReadOnlyList<(Guid Epoch, long Last)> Known
    {
        get
        {
            lock (_gate)
            {
                return [.. _announced.Select(epoch => (epoch.Key, epoch.Value))];
            }
        }
    }

    /// <summary>Last seq of an epoch that the journal has; 0 if the epoch is not known. A receipt beyond it proves a fork.</summary>
    public long LastSeq(Guid epoch)
    {
        lock (_gate)
        {
            return _announced.GetValueOrDefault(epoch);
        }
    }

    /// <summary>The historian committed everything of an epoch through this seq: those events leave the outbox. A lower or impossible one changes nothing. Never waits.</summary>
    public void Receipted(Guid epoch, long through)
    {
        lock (_gate)
        {
            _receipts[epoch] = Math.Max(through, _receipts.GetValueOrDefault(epoch));
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>The historian's database was restored: everything of the epoch behind this seq is copied from the journal again.</summary>
    public Task RewindAsync(Guid epoch, long through, CancellationToken cancellationToken) => AskAsync(
        () =>
        {
            _ledger.Rewind(epoch, through, LastSeq(epoch));
            return true;
        },
        cancellationToken);

    /// <summary>
    /// Reads events in order of seq, dense and verified. Empty if there is none yet. The first may lie beyond <paramref name="from"/> only if what is between is
    /// receipted, or lost to the journal as well.
    /// </summary>
    /// <param name="epoch">The epoch.</param>
    /// <param name="from">First seq wanted, at least 1.</param>
    /// <param name="max">Most events, at least 1.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<IReadOnlyList<StoredEvent>> ReadAsync(Guid epoch, long from, int max, CancellationToken cancellationToken) =>
        AskAsync(() => _ledger.Read(epoch, from, max), cancellationToken);

    /// <summary>Keeps an event that the broker will never take, and puts a loss marker in its place. False if the event is not held (any more, or yet).</summary>
    /// <param name="parked">The event and why.</param>
    /// <param name="replacement">What goes under the same key in its place.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<bool> ParkAsync(ParkedEvent parked, StoredEvent replacement, CancellationToken cancellationToken) =>
        AskAsync(() => _ledger.Park(parked, replacement), cancellationToken);

    /// <summary>The parked events, at most <paramref name="max"/>, oldest first.</summary>
    public Task<IReadOnlyList<ParkedEvent>> ReadParkedAsync(int max, CancellationToken cancellationToken) =>
        AskAsync(() => _ledger.ReadParked(max), cancellationToken);

    private async Task<T> AskAsync<T>(Func<T> answer, CancellationToken cancellationToken)
    {
        var asked = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_stopping)
            {
                throw new OperationCanceledException("The outbox stops.");
            }

            if (_requests.Count >= RequestsMax)
            {
                throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"More than {RequestsMax} requests wait for the outbox."));
            }

            _requests.Enqueue(() =>
            {
                try
                {
                    var given = answer();
                    return () => asked.TrySetResult(given);
                }
                catch (Exception failure)
                {
                    return () => asked.TrySetException(failure);
                }
            });
            Monitor.Pulse(_gate);
        }

        using var givenUp = cancellationToken.Register(() => asked.TrySetCanceled(cancellationToken));
        return await asked.Task;
    }

    private void Stop()
    {
        lock (_gate)
        {
            _stopping = true;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>The owner's thread.</summary>
    private void Own(TaskCompletionSource ended)
    {
        try
        {
            using var timer = _time.CreateTimer(_ => TimeIsUp(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            Open();
            bool isLast;
            do
            {
                isLast = WaitForWork(timer);
                TurnOnce();
            }
            while (!isLast);

            Close();
            ended.SetResult();
        }
        catch (Exception failure)
        {
            Stop();
            Abandon();
            ended.SetException(failure);
        }
    }

    /// <summary>Waits until there is something to do; whether it is time to stop when that is done.</summary>
    private bool WaitForWork(ITimer timer)
    {
        lock (_gate)
        {
            if (_ledger.RetryIn is { } retryIn)
            {
                timer.Change(retryIn, Timeout.InfiniteTimeSpan);
            }

            while (!_stopping && !_timeIsUp && !HasWork)
            {
                Monitor.Wait(_gate);
            }

            return _stopping;
        }
    }

    /// <summary>Opens the files. The owner: the thread of <see cref="RunAsync"/>, or a simulator that takes the turns itself.</summary>
    internal void Open()
    {
        _ledger.Open();
        _savedAt = _time.GetTimestamp();
        Publish();
    }

    /// <summary>Whether a turn would do something. The owner.</summary>
    internal bool HasWork
    {
        get
        {
            lock (_gate)
            {
                return _offered.Count > 0 || _receipts.Count > 0 || _requests.Count > 0 || _ledger.HasWork;
            }
        }
    }

    /// <summary>Closes the files in order. The owner.</summary>
    internal void Close() => _ledger.Close();

    /// <summary>Lets go of the files as they are; the next start fills new ones from the journal. The owner.</summary>
    internal void Abandon() => _ledger.Abandon();

    /// <summary>Does what waits, and a bounded step of what is due by itself. The owner.</summary>
    internal void TurnOnce()
    {
        Func<Action>[] requests;
        KeyValuePair<Guid, long>[] receipts;
        KeyValuePair<Guid, long>[] passed;
        lock (_gate)
        {
            (_offered, _taken) = (_taken, _offered);
            (_offeredBytes, _timeIsUp) = (0, false);
            requests = [.. _requests];
            _requests.Clear();
            receipts = [.. _receipts];
            _receipts.Clear();
            passed = [.. _passed];
            _passed.Clear();
        }

        _ledger.Take(_taken);
        _taken.Clear();
        foreach (var (epoch, last) in passed)
        {
            _ledger.Announced(epoch, last);
        }

        foreach (var (epoch, through) in receipts)
        {
            _ledger.Receipted(epoch, through);
        }

        var answers = Array.ConvertAll(requests, request => request());

        _ledger.Step();
        if (receipts.Length > 0 && _time.GetElapsedTime(_savedAt) >= ProgressEvery)
        {
            _ledger.SaveProgress();
            _savedAt = _time.GetTimestamp();
        }

        Publish();

        // Only now: who asked for a change must find it in the state.
        Array.ForEach(answers, answer => answer());
    }

    private void TimeIsUp()
    {
        lock (_gate)
        {
            _timeIsUp = true;
            Monitor.Pulse(_gate);
        }
    }

    private void Publish()
    {
        var state = _ledger.Snapshot(Interlocked.Read(ref _passedBy));
        if (!state.IsLike(_state))
        {
            Volatile.Write(ref _state, state);
            Changed?.Invoke();
        }
    }
}
