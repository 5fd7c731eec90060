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

    private static readonly TimeSpan StateInterval = TimeSpan.FromMilliseconds(250);

    // figures go through a month and all alarms, and nobody looks at them more often
    private static readonly TimeSpan KpiInterval = TimeSpan.FromSeconds(10);

    private readonly PumpStart _start;
    private readonly TurnRecorder _recorder;
    private readonly Deliveries _deliveries;
    private readonly Maintenance _maintenance;
    private readonly WallClockWatch _wallClock;
    private readonly TurnWriter _turns;
    private readonly ILogger _logger;
    private PlantTime _last;
    private PlantTime _lastState;
    private KpiReport? _kpis;
    private GatewayState _state;

    private EnginePump(PumpStart start, ILogger logger)
    {
        _start = start;
        _logger = logger;
        _recorder = start.Recorder;
        Clock = start.Clock;
        Inbox = new(Clock, start.Options.Chance);
        _last = Clock.Now;
        _wallClock = new(_last, Clock.WallClock);
        _deliveries = new(() => _recorder.FlushedPosition);
        _maintenance = new(start, Inbox.RaiseSystemCondition, logger);
        _turns = new(start, _deliveries, _maintenance, logger);
        _recorder.Progressed = () =>
        {
            _deliveries.Signal();
            if (_recorder.Journal.Failure is not null)
            {
                Inbox.Wake();
            }
        };
        for (var i = 0; i < start.FirstInputs.Count; i++)
        {
            _turns.Record(start.FirstInputs[i], i < start.FirstSamples.Count ? start.FirstSamples[i] : default, null);
        }

        _turns.FoldTurn(_last);
        // nothing is derived for others from what is not durable (rule R3)
        _recorder.Journal.Flush();
        start.Mark.Delete();
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

    /// <summary>Where turns are recorded.</summary>
    internal TurnRecorder Recorder => _recorder;

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
    public void Attach(int source, IPlcConnection connection) => _turns.Attach(source, connection);

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
            throw new ArgumentException("The sources or tags are others than those that are acquired; a pump that is opened anew takes them.", nameof(configuration));
        }

        await Task.Run(() => _start.Configurations.Save(configuration), cancellationToken).ConfigureAwait(false);
        await Inbox.ReconfigureAsync(configuration.Hash, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The receipt covers everything up to here; events may leave the event segments when they are old enough. Any thread.</summary>
    public void Retain(Guid receiptedEpoch, long receiptedThrough) => _maintenance.Receipted(receiptedEpoch, receiptedThrough);

    /// <summary>Runs until cancelled. A disk that dies meanwhile ends nothing: the pump goes on in memory (rule R9).</summary>
    /// <exception cref="JournalFailure">At the end something is not on the disk, and can't be brought there.</exception>
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
            End();
        }
        catch (Exception failure)
        {
            _deliveries.Fail(failure);
            throw;
        }
    }

    /// <summary>One turn: takes what waits, records, folds, commits. Nothing happens if nothing waits and no tick is due.</summary>
    /// <param name="now">Plant time; a value before the last turn's counts as that.</param>
    public void TurnOnce(PlantTime now)
    {
        now = _last = PlantTime.Max(now, _last);
        _turns.Turn.Clear();
        if (_recorder.Failure is { } failure)
        {
            _turns.GoVolatile(failure, now);
        }

        if (_recorder.IsDiskBack(now))
        {
            _turns.TryReturn(now);
        }

        if (_wallClock.Look(now, Clock.WallClock) is { } step)
        {
            AlarmingLog.ClockStepped(_logger, step);
            _turns.Record(new ClockStepped(now, step), default, null);
        }

        if (Inbox.TakeFork() is { } fork && fork.Epoch == _turns.State.Engine.Epoch)
        {
            _turns.Record(_start.NewEpoch(now, fork), default, null);
        }

        while (Inbox.TryTakeCondition(out var condition) && condition is not null)
        {
            _turns.Record(condition, default, null);
        }

        for (var taken = 0; taken < TurnEntriesMax && Inbox.TryTake(out var entry); taken++)
        {
            Take(entry);
        }

        _turns.FoldTurn(now);
        _turns.Turn.GiveBack();
        if (now - _lastState >= StateInterval)
        {
            Volatile.Write(ref _state, MakeState(now));
        }
    }

    /// <summary>Flushes and hands on the effects of all turns so far, on this thread. For those who call <see cref="TurnOnce"/> themselves.</summary>
    public void FlushAndDeliver()
    {
        _recorder.Settle();
        _deliveries.TurnOnce(Committed);
        _maintenance.TurnOnce();
    }

    /// <summary>Flushes, closes the journal and lets go of the folder.</summary>
    public ValueTask DisposeAsync()
    {
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
            _recorder.WaitForRoom(cancellationToken);
            TurnOnce(Clock.Now);
            var due = _turns.Due - Clock.Now;
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
            _turns.Record(input, default, entry.Answer);
        }
        else if (entry.Message is { } message)
        {
            _turns.Turn.Lent.Add(message);
            if (message.Sequence != 0)
            {
                // whatever the source handed on before it is stored with it, of all its subscriptions
                _turns.Turn.Messages[entry.Source] = (message.Subscription, message.Sequence);
            }

            if (_turns.State.Sources.Admit(entry.Source, message) is { } samples)
            {
                if (_turns.State.Sources.UntoldSince(entry.Source) is { } seen)
                {
                    _turns.Record(new GapFound(message.PlantTime, entry.Source, null, seen, PlantTime.Max(seen, message.PlantTime), GapCause.GatewayDown), default, null);
                }

                _turns.Record(new NotificationReceived(message.PlantTime, entry.Source, message.Subscription, message.Sequence), samples, null);
            }
        }
    }

    // what is in memory alone is lost with it
    private void End()
    {
        FlushAndDeliver();
        if (_recorder.Failure is { } failure)
        {
            _turns.GoVolatile(failure, _last);
            FlushAndDeliver();
        }

        if (_recorder.Memory is not null)
        {
            _turns.Turn.Clear();
            if (!_turns.TryReturn(_last))
            {
                throw _recorder.Journal.Failure!;
            }

            _turns.FoldTurn(_last);
            FlushAndDeliver();
        }
    }

    private GatewayState MakeState(PlantTime now)
    {
        _lastState = now;
        if (_kpis is null || now - _kpis.At >= KpiInterval)
        {
            _kpis = _turns.State.Kpis.Report();
        }

        var engine = _turns.State.Engine;
        return new(
            now,
            engine.Epoch,
            engine.NextSeq - 1,
            _recorder.Journal.FlushedPosition,
            [.. engine.Configuration.Tags.Select((tag, index) => new TagState(tag, engine.LastSample(index)))],
            [.. engine.Configuration.Alarms.Select((alarm, index) => new AlarmStatus(alarm, engine.AlarmState(index), engine.Armed(index)))],
            _turns.State.Conditions.All,
            new(
                _turns.Samples, _turns.Events, _turns.Turns, _turns.State.Sources.DuplicateMessages, _turns.State.Sources.DuplicateSamples, _turns.SkippedInputs, Inbox.Waits, Inbox.Count, _deliveries.Overrun,
                _recorder.Journal.FlushCount, _recorder.Journal.LongestFlush))
        {
            Kpis = _kpis,
            Space = _maintenance.Space,
        };
    }
}
