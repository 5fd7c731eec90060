using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Acquisition;
using EdgeAlarm.Gateway.Recorder;
using Microsoft.Extensions.Logging;

namespace EdgeAlarm.Gateway.Alarming;

/// <summary>
/// What makes a turn of inputs: they are recorded, folded and committed, and its effects wait for the flush. Here too is what happens when one of these fails: an input that
/// cannot be folded (rule R8), a disk that cannot be written to (rule R9). The pump's thread.
/// </summary>
/// <param name="start">What the start made.</param>
/// <param name="deliveries">Where effects wait.</param>
/// <param name="maintenance">Takes snapshots.</param>
/// <param name="logger">Takes messages.</param>
internal sealed class TurnWriter(PumpStart start, Deliveries deliveries, Maintenance maintenance, ILogger logger)
{
    private static readonly TimeSpan TickInterval = TimeSpan.FromSeconds(1);

    private readonly Dictionary<int, IPlcConnection> _connections = [];
    private readonly Turn _turn = new();
    private EngineFold _fold = start.Fold;
    private PlantTime _stamp = start.Fold.Engine.Now;
    private PlantTime _lastTick;

    /// <summary>The state behind the last turn.</summary>
    public EngineFold State => _fold;

    /// <summary>The turn in the making.</summary>
    public Turn Turn => _turn;

    /// <summary>Samples that were recorded.</summary>
    public long Samples { get; private set; }

    /// <summary>Events that were committed.</summary>
    public long Events { get; private set; }

    /// <summary>Turns that were committed.</summary>
    public long Turns { get; private set; }

    /// <summary>Inputs that were left out.</summary>
    public long SkippedInputs { get; private set; }

    /// <summary>When a turn is due though nothing comes.</summary>
    public PlantTime Due => PlantTime.Min(_lastTick + TickInterval, _fold.Engine.NextDeadline);

    /// <summary>Says whose messages are acknowledged once they are durable.</summary>
    public void Attach(int source, IPlcConnection connection) => _connections[source] = connection;

    /// <summary>Records an input of this turn, before it is folded, so that a poison input is on record.</summary>
    public void Record(Input input, ReadOnlyMemory<Sample> samples, TaskCompletionSource<CommandOutcome>? answer)
    {
        // producers stamp on their own threads: the journal's order is the order
        _stamp = PlantTime.Max(_stamp, input.At);
        input = input with { At = _stamp };
        var recording = start.Recorder.Present;
        var position = input is NotificationReceived message ? recording.Append(message, samples.Span) : recording.Append(input);
        _fold.Observe(input, samples.Span);
        _turn.Inputs.Add(new(position, input, samples, answer));
        Samples += samples.Length;
    }

    /// <summary>Folds the inputs of this turn, and a tick where one is due, and commits.</summary>
    public void FoldTurn(PlantTime now)
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
        var outcome = _fold.Step(input.Position, input.Input, input.Samples.Span, start.Skipped);
        if (input.Answer is { } answer)
        {
            _turn.Answers.Add((answer, outcome));
        }
    }

    // rule R8: the state is made anew from what is recorded; an input that fails again is left out for good
    private void Rebuild(PoisonFound poison)
    {
        var tail = start.FoldRecorded(poison);
        _fold = tail.Fold;
        _turn.Answers.Clear();
        foreach (var input in _turn.Inputs.Where(each => each.Answer is not null))
        {
            if (start.Skipped.Contains(input.Position) || OutcomeOf(input.Input, tail) is not { } outcome)
            {
                input.Answer!.TrySetException(new InvariantViolation(poison.Message));
            }
            else
            {
                _turn.Answers.Add((input.Answer!, outcome));
            }
        }

        foreach (var found in tail.Poison)
        {
            SkippedInputs++;
            AlarmingLog.PoisonSkipped(logger, found.Position, found.Tag is { } tag ? _fold.Configuration.Alarms.Tags[tag].Name : "(none)", found.Message);
            Record(new InputSkipped(_stamp, found.Position, found.Tag, found.Message), default, null);
            Fold(_turn.Inputs[^1]);
        }
    }

    // what is no command, a new alarm list, took effect if it was not left out
    private static CommandOutcome? OutcomeOf(Input input, TailFold tail) => input switch
    {
        OperatorCommand command => tail.Outcomes.TryGetValue(command.CommandId, out var outcome) ? outcome : null,
        _ => CommandOutcome.Accepted,
    };

    private void CommitTurn(PlantTime now)
    {
        var recording = start.Recorder.Present;
        foreach (var stored in _fold.Derived)
        {
            recording.Append(in stored);
        }

        var commit = CommitAt(now);
        var position = recording.Commit(commit);
        Events += _fold.Derived.Count;
        Turns++;
        var acknowledgements = _turn.Messages
            .Where(message => _connections.ContainsKey(message.Key))
            .Select(message => (_connections[message.Key], message.Value.Subscription, message.Value.Sequence));
        deliveries.Add(new(position, [.. _fold.Derived], [.. acknowledgements], [.. _turn.Answers]));
        _fold.Derived.Clear();
        if (start.Recorder.Memory is { } memory)
        {
            if (memory.IsStateDue)
            {
                memory.GoOnFrom(_fold.Snapshot(position, commit));
            }
        }
        else if (maintenance.IsSnapshotDue(commit.At))
        {
            maintenance.Offer(_fold.Snapshot(position, commit));
        }
    }

    private Commit CommitAt(PlantTime now) => new(PlantTime.Max(now, _stamp), start.Clock.WallClock, _fold.Engine.NextSeq);

    /// <summary>Goes on in memory: what nobody was told yet is told in an epoch of its own (rule R9).</summary>
    public void GoVolatile(JournalFailure failure, PlantTime now)
    {
        var unflushed = deliveries.TakeUnflushed();
        var engine = _fold.Engine;
        var untold = unflushed.SelectMany(delivery => delivery.Events).Where(stored => stored.Epoch == engine.Epoch).ToArray();
        var retelling = new Retelling(engine.Epoch, untold.Length > 0 ? untold[0].Seq - 1 : engine.NextSeq - 1);
        start.Recorder.GoVolatile(_fold.Snapshot(start.Recorder.Journal.EndPosition + 1, CommitAt(now)));
        var started = start.NewEpoch(now, engine.Epoch, retelling.LastTold, failure.Message) with { IsUnrecorded = true };
        AlarmingLog.Unrecorded(logger, failure.Message, started.Epoch, untold.Length);
        Record(started, default, null);
        Fold(_turn.Inputs[^1]);
        _fold.Derived.AddRange(retelling.Of(untold, started.Epoch, engine.NextSeq - untold.Length));
        Record(new SystemConditionChanged(now, GatewayConditions.Unrecorded, true, failure.Message), default, null);
        Fold(_turn.Inputs[^1]);
        _turn.Answers.AddRange(unflushed.SelectMany(delivery => delivery.Answers));
        CommitTurn(now);
        deliveries.Add(new(start.Recorder.FlushedPosition, [], [.. unflushed.SelectMany(delivery => delivery.Acknowledgements)], []));
        _turn.Clear();
    }

    /// <summary>Goes on in the journal, if its disk takes it again; what begins its new epoch is recorded as part of this turn.</summary>
    public bool TryReturn(PlantTime now)
    {
        var (epoch, nextSeq) = (_fold.Engine.Epoch, _fold.Engine.NextSeq);
        var memory = start.Recorder.Memory!;
        if (!start.Recorder.TryReturn(position => _fold.Snapshot(position, CommitAt(now))))
        {
            return false;
        }

        AlarmingLog.RecordedAgain(logger, start.Recorder.Present.EndPosition, memory.Events().Length, memory.EventsDropped);
        Record(start.NewEpoch(now, epoch, nextSeq - 1, "the disk takes the journal again"), default, null);
        Record(new SystemConditionChanged(now, GatewayConditions.Unrecorded, false, "The disk takes the journal again."), default, null);
        return true;
    }
}
