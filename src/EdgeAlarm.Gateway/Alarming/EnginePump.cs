using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Acquisition;
using EdgeAlarm.Gateway.Configuration;
using EdgeAlarm.Gateway.Recorder;
using Microsoft.Extensions.Logging;

namespace EdgeAlarm.Gateway.Alarming;

/// <summary>
/// The one writer of the gateway. A turn records what waits in the inbox, folds it, records what came of it with a commit and asks for a flush; only when that is durable
/// do events, answers and acknowledgements go out. A slow consumer never holds a turn up: it can always refill from <see cref="Reader"/>.
/// </summary>
/// <remarks><see cref="TurnOnce"/> is synchronous and for one thread; <see cref="RunAsync"/> loops round it. A simulator calls TurnOnce and <see cref="FlushAndDeliver"/> itself.</remarks>
public sealed class EnginePump : IAsyncDisposable
{
    /// <summary>Entries of the inbox that one turn takes: enough for one flush to carry many messages, few enough that an operator's answer does not wait long.</summary>
    public const int TurnEntriesMax = 512;

    private static readonly TimeSpan TickInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan StateInterval = TimeSpan.FromMilliseconds(250);

    // figures go through a month and all alarms, and nobody looks at them more often
    private static readonly TimeSpan KpiInterval = TimeSpan.FromSeconds(10);

    private readonly Dictionary<int, IPlcConnection> _connections = [];
    private readonly Turn _turn = new();
    private readonly PumpStart _start;
    private readonly Journal _journal;
    private readonly Deliveries _deliveries;
    private readonly Maintenance _maintenance;
    private readonly WallClockWatch _wallClock;
    private readonly ILogger _logger;
    private EngineFold _fold;
    private PlantTime _last;
    private PlantTime _stamp;
    private PlantTime _lastTick;
    private PlantTime _lastState;
    private long _samples;
    private long _events;
    private long _turns;
    private long _skippedInputs;
    private KpiReport? _kpis;
    private GatewayState _state;

    private EnginePump(PumpStart start, ILogger logger)
    {
        _start = start;
        _logger = logger;
        _fold = start.Fold;
        _journal = start.Journal;
        Clock = start.Clock;
        Inbox = new(Clock);
        _last = Clock.Now;
        _stamp = _fold.Engine.Now;
        _wallClock = new(_last, Clock.WallClock);
        _deliveries = new(_journal);
        _maintenance = new(start, _journal, logger);
        for (var i = 0; i < start.FirstInputs.Count; i++)
        {
            Record(start.FirstInputs[i], i < start.FirstSamples.Count ? start.FirstSamples[i] : default, null);
        }

        FoldTurn(_last);
        // nothing is derived for others from what is not durable (rule R3)
        _journal.Flush();
        _state = MakeState(_last);
    }

    /// <summary>Who takes committed and flushed events, in order of seq; set before the first turn; called from one thread at a time. Must neither block nor throw; what it misses it refills from <see cref="Reader"/>.</summary>
    public Action<ReadOnlyMemory<StoredEvent>>? Committed { get; set; }

    /// <summary>The way in.</summary>
    public Inbox Inbox { get; }

    /// <summary>The gateway's monotonic clock.</summary>
    public PlantClock Clock { get; }

    /// <summary>Reads what is flushed.</summary>
    public JournalReader Reader => _start.Reader;

    /// <summary>The gateway at the last look, at most a quarter of a second old while it runs. Any thread.</summary>
    public GatewayState State => Volatile.Read(ref _state);

    /// <summary>Opens the data folder, recovers what the last run left, and records the start. The lock is held until disposal.</summary>
    /// <exception cref="DataFolderUnusable">The folder is in use, not writable, or of a newer build.</exception>
    /// <exception cref="JournalFailure">The journal cannot be written.</exception>
    public static EnginePump Open(EnginePumpOptions options, TimeProvider time, ILogger<EnginePump> logger)
    {
        var start = PumpStart.Open(options, time, logger);
        try
        {
            return new(start, logger);
        }
        catch
        {
            start.Dispose();
            throw;
        }
    }

    /// <summary>Says whose messages are acknowledged once they are durable. Before the first turn.</summary>
    public void Attach(int source, IPlcConnection connection) => _connections[source] = connection;

    /// <summary>
    /// Another alarm list takes effect without a restart: whole, as one input, once its normal form is durable (rule R4). Ends when that is on the disk. Any thread.
    /// </summary>
    /// <param name="configuration">The new list, on the same sources and tags: samples that are under way name tags by their index.</param>
    /// <param name="cancellationToken">Gives up waiting; what is in the inbox takes effect all the same.</param>
    /// <exception cref="ArgumentException">The sources or tags are others.</exception>
    /// <exception cref="IOException">The normal form cannot be stored; nothing changed.</exception>
    public async Task ReloadAsync(NormalisedConfiguration configuration, CancellationToken cancellationToken)
    {
        var present = _start.Options.Configuration;
        if (!present.HasSameTags(configuration))
        {
            throw new ArgumentException("The sources or tags are others than those that are acquired; a restart takes them.", nameof(configuration));
        }

        await Task.Run(() => _start.Configurations.Save(configuration), cancellationToken).ConfigureAwait(false);
        await Inbox.ReconfigureAsync(configuration.Hash, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The receipt covers everything up to here; events may leave the event segments when they are old enough. Any thread.</summary>
    public void Retain(Guid receiptedEpoch, long receiptedThrough) => _maintenance.Receipted(receiptedEpoch, receiptedThrough);

    /// <summary>Runs until cancelled.</summary>
    /// <exception cref="JournalFailure">The journal cannot be written: the process has to stop.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            var loops = new List<Task> { Task.Run(() => TurnsAsync(stop.Token), CancellationToken.None), DeliverAsync(stop.Token), _maintenance.RunAsync(stop.Token) };
            var ended = await Task.WhenAny(loops).ConfigureAwait(false);
            await stop.CancelAsync().ConfigureAwait(false);
            try
            {
                await Task.WhenAll(loops).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!ended.IsFaulted)
            {
                // the loops end by cancellation; a failure is thrown by the one that ended first
            }

            await ended.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            FlushAndDeliver();
        }
        catch (Exception failure)
        {
            _deliveries.Fail(failure);
            throw;
        }
    }

    /// <summary>One turn: takes what waits, records, folds, commits. Nothing happens if nothing waits and no tick is due.</summary>
    /// <param name="now">Plant time; a value before the last turn's counts as that.</param>
    /// <exception cref="JournalFailure">The journal cannot be written.</exception>
    public void TurnOnce(PlantTime now)
    {
        now = _last = PlantTime.Max(now, _last);
        _turn.Clear();
        if (_wallClock.Look(now, Clock.WallClock) is { } step)
        {
            AlarmingLog.ClockStepped(_logger, step);
            Record(new ClockStepped(now, step), default, null);
        }

        if (Inbox.TakeFork() is { } fork && fork.Epoch == _fold.Engine.Epoch && fork.Through >= _fold.Engine.NextSeq)
        {
            Record(_start.NewEpoch(now, fork), default, null);
        }

        while (Inbox.TryTakeCondition(out var condition) && condition is not null)
        {
            Record(condition, default, null);
        }

        for (var taken = 0; taken < TurnEntriesMax && Inbox.TryTake(out var entry); taken++)
        {
            Take(entry);
        }

        FoldTurn(now);
        _turn.GiveBack();
        if (now - _lastState >= StateInterval)
        {
            Volatile.Write(ref _state, MakeState(now));
        }
    }

    /// <summary>Flushes and hands on the effects of all turns so far, on this thread. For those who call <see cref="TurnOnce"/> themselves.</summary>
    public void FlushAndDeliver()
    {
        _journal.Flush();
        _deliveries.TurnOnce(Committed);
        _maintenance.TurnOnce();
    }

    /// <summary>Flushes, closes the journal and lets go of the folder.</summary>
    public ValueTask DisposeAsync()
    {
        _journal.Dispose();
        _deliveries.Dispose();
        _maintenance.Dispose();
        _start.Dispose();
        return default;
    }

    private async Task TurnsAsync(CancellationToken cancellationToken)
    {
        using var timer = _start.Time.CreateTimer(static inbox => ((Inbox)inbox!).Wake(), Inbox, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        while (true)
        {
            await Inbox.WaitAsync(cancellationToken).ConfigureAwait(false);
            _journal.WaitForRoom(cancellationToken);
            TurnOnce(Clock.Now);
            var due = PlantTime.Min(_lastTick + TickInterval, _fold.Engine.NextDeadline) - Clock.Now;
            timer.Change(due > TimeSpan.Zero ? due : TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
        }
    }

    private async Task DeliverAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await _deliveries.WaitAsync(cancellationToken).ConfigureAwait(false);
            _deliveries.TurnOnce(Committed);
        }
    }

    private void Take(in InboxEntry entry)
    {
        if (entry.Input is { } input)
        {
            Record(input, default, entry.Answer);
        }
        else if (entry.Message is { } message)
        {
            _turn.Lent.Add(message);
            if (message.Sequence != 0)
            {
                // whatever the source handed on before it is stored with it, of all its subscriptions
                _turn.Messages[entry.Source] = (message.Subscription, message.Sequence);
            }

            if (_fold.Sources.Admit(entry.Source, message) is { } samples)
            {
                if (_fold.Sources.UntoldSince(entry.Source) is { } seen)
                {
                    Record(new GapFound(message.PlantTime, entry.Source, null, seen, PlantTime.Max(seen, message.PlantTime), GapCause.GatewayDown), default, null);
                }

                Record(new NotificationReceived(message.PlantTime, entry.Source, message.Subscription, message.Sequence), samples, null);
            }
        }
    }

    // inputs are recorded before they are folded, so that a poison input is on record
    private void Record(Input input, ReadOnlyMemory<Sample> samples, TaskCompletionSource<CommandOutcome>? answer)
    {
        // producers stamp on their own threads: the journal's order is the order
        _stamp = PlantTime.Max(_stamp, input.At);
        input = input with { At = _stamp };
        var position = input is NotificationReceived message ? _journal.Append(message, samples.Span) : _journal.Append(input);
        _fold.Observe(input, samples.Span);
        _turn.Inputs.Add(new(position, input, samples, answer));
        _samples += samples.Length;
    }

    private void FoldTurn(PlantTime now)
    {
        try
        {
            foreach (var input in _turn.Inputs)
            {
                Fold(input);
            }

            if (now - _lastTick >= TickInterval || _fold.Engine.NextDeadline <= now)
            {
                _lastTick = now;
                Record(new Tick(now), default, null);
                Fold(_turn.Inputs[^1]);
            }
        }
        catch (PoisonFound poison)
        {
            Rebuild(poison);
        }

        if (!_turn.IsEmpty || _fold.Derived.Count > 0)
        {
            CommitTurn(now);
        }
    }

    private void Fold(in TurnInput input)
    {
        var outcome = _fold.Step(input.Position, input.Input, input.Samples.Span, _start.Skipped);
        if (input.Answer is { } answer)
        {
            _turn.Answers.Add((answer, outcome));
        }
    }

    // rule R8: the state is made anew from what is recorded; an input that fails again is left out for good
    private void Rebuild(PoisonFound poison)
    {
        _journal.Flush();
        var tail = _start.FoldRecorded(_journal.EndPosition, poison);
        _fold = tail.Fold;
        _turn.Answers.Clear();
        foreach (var input in _turn.Inputs.Where(each => each.Answer is not null))
        {
            if (input.Input is OperatorCommand command && tail.Outcomes.TryGetValue(command.CommandId, out var outcome) && !_start.Skipped.Contains(input.Position))
            {
                _turn.Answers.Add((input.Answer!, outcome));
            }
            else
            {
                input.Answer!.TrySetException(new InvariantViolation(poison.Message));
            }
        }

        foreach (var found in tail.Poison)
        {
            _skippedInputs++;
            AlarmingLog.PoisonSkipped(_logger, found.Position, found.Tag is { } tag ? _fold.Configuration.Alarms.Tags[tag].Name : "(none)", found.Message);
            Record(new InputSkipped(_stamp, found.Position, found.Tag, found.Message), default, null);
            Fold(_turn.Inputs[^1]);
        }
    }

    private void CommitTurn(PlantTime now)
    {
        foreach (var stored in _fold.Derived)
        {
            _journal.Append(in stored);
        }

        var commit = new Commit(PlantTime.Max(now, _stamp), Clock.WallClock, _fold.Engine.NextSeq);
        var position = _journal.Commit(commit);
        _events += _fold.Derived.Count;
        _turns++;
        var acknowledgements = _turn.Messages
            .Where(message => _connections.ContainsKey(message.Key))
            .Select(message => (_connections[message.Key], message.Value.Subscription, message.Value.Sequence));
        _deliveries.Add(new(position, [.. _fold.Derived], [.. acknowledgements], [.. _turn.Answers]));
        _fold.Derived.Clear();
        if (_maintenance.IsSnapshotDue(commit.At))
        {
            _maintenance.Offer(_fold.Snapshot(position, commit));
        }
    }

    private GatewayState MakeState(PlantTime now)
    {
        _lastState = now;
        if (_kpis is null || now - _kpis.At >= KpiInterval)
        {
            _kpis = _fold.Kpis.Report();
        }

        var engine = _fold.Engine;
        return new(
            now,
            engine.Epoch,
            engine.NextSeq - 1,
            _journal.FlushedPosition,
            [.. engine.Configuration.Tags.Select((tag, index) => new TagState(tag, engine.LastSample(index)))],
            [.. engine.Configuration.Alarms.Select((alarm, index) => new AlarmStatus(alarm, engine.AlarmState(index), engine.Armed(index)))],
            _fold.Conditions.All,
            new(
                _samples, _events, _turns, _fold.Sources.DuplicateMessages, _fold.Sources.DuplicateSamples, _skippedInputs, Inbox.Waits, Inbox.Count, _deliveries.Overrun,
                _journal.FlushCount, _journal.LongestFlush))
        {
            Kpis = _kpis,
        };
    }
}
