namespace EdgeAlarm.Engine;

/// <summary>What each kind of input does.</summary>
internal sealed class InputFold(
    EngineState state,
    EventSequence sequence,
    ArmedLedger armed,
    AlarmEvaluation evaluation,
    Continuity continuity,
    HandlingFold handling,
    DesignSuppression suppression,
    CommandFold commands,
    Reload reload)
{
    /// <summary>The earliest moment at which a tick would change something.</summary>
    public PlantTime NextDeadline
    {
        get
        {
            var earliest = PlantTime.Min(handling.NextDeadline, state.TagDeadlines.Earliest);
            for (var heap = 0; heap < state.Deadlines.Length; heap++)
            {
                if (state.CanAdvance(heap))
                {
                    earliest = PlantTime.Min(earliest, state.Deadlines[heap].Earliest);
                }
            }

            foreach (ref readonly var source in state.Sources.AsSpan())
            {
                if (source.IsUp)
                {
                    earliest = PlantTime.Min(earliest, source.FirstSamplesDue);
                }
            }

            return earliest;
        }
    }

    /// <summary>Demands that the indexes of an input exist.</summary>
    /// <exception cref="InvariantViolation">One does not.</exception>
    public void Demand(Input input)
    {
        int? source = input switch
        {
            SourceUp up => up.Source,
            SourceDown down => down.Source,
            SourceClockMeasured measured => measured.Source,
            NotificationReceived received => received.Source,
            GapFound gap => gap.Source,
            _ => null,
        };
        var tag = input switch
        {
            TagMonitored monitored => monitored.Tag,
            GapFound gap => gap.Tag,
            InputSkipped skipped => skipped.Tag,
            _ => null,
        };
        if (source is { } s && (uint)s >= (uint)state.Sources.Length)
        {
            throw new InvariantViolation($"{input.GetType().Name} names source {s}; the configuration has {state.Sources.Length}.");
        }

        if (tag is { } t && (uint)t >= (uint)state.Tags.Length)
        {
            throw new InvariantViolation($"{input.GetType().Name} names tag {t}; the configuration has {state.Tags.Length}.");
        }
    }

    /// <summary>Folds an input whose indexes exist.</summary>
    public CommandOutcome Fold(Input input, List<AlarmEvent> events)
    {
        switch (input)
        {
            case Tick tick:
                Fold(tick, events);
                break;
            case NotificationReceived:
                // its samples follow
                break;
            case SourceClockMeasured measured:
                Fold(measured);
                break;
            case SourceUp up:
                continuity.SourceUp(up.Source, up.How, events);
                EvaluateNow(up.Source, events);
                suppression.SourceChanged(up.Source, events);
                break;
            case SourceDown down:
                continuity.SourceDown(down.Source, down.Reason, events);
                suppression.SourceChanged(down.Source, events);
                break;
            case TagMonitored monitored:
                Fold(monitored, events);
                break;
            case GapFound gap:
                sequence.AddGap(events, gap, ArmedWords.Of(gap.Cause));
                continuity.GapFound(gap);
                break;
            case OperatorCommand command:
                handling.FireAlarms(events);
                return commands.Fold(command, events);
            case InputSkipped skipped:
                Fold(skipped, events);
                break;
            case EpochStarted started:
                Fold(started, events);
                break;
            case GatewayStarted started:
                sequence.AddGateway(events, EventKind.GatewayStarted, EventCause.System, name: null, WordsFor(started));
                continuity.GatewayStarted(events);
                Fold(started, events);
                break;
            case ConfigurationChanged changed:
                sequence.AddGateway(events, EventKind.ConfigurationChanged, EventCause.Configuration, name: null, changed.Hash);
                reload.TakeEffect(events);
                EvaluateNow(source: null, events);
                break;
            case ClockStepped stepped:
                sequence.AddGateway(events, EventKind.ClockStepped, EventCause.System, name: null, WordsFor(stepped));
                handling.WallClockIs(state.WallClockMinusPlantTime + stepped.Step, events);
                break;
            case SystemConditionChanged { Active: true } raised:
                armed.GatewayChanged(raised);
                sequence.AddGateway(events, EventKind.SystemConditionRaised, EventCause.System, raised.Name, raised.Detail);
                break;
            case SystemConditionChanged cleared:
                armed.GatewayChanged(cleared);
                sequence.AddGateway(events, EventKind.SystemConditionCleared, EventCause.System, cleared.Name, cleared.Detail);
                break;
            case ReplayMismatched mismatched:
                if (mismatched.NextSeq > 0)
                {
                    sequence.GoOnAt(mismatched.NextSeq);
                }

                sequence.AddGateway(events, EventKind.ReplayMismatch, EventCause.System, name: null, WordsFor(mismatched));
                break;
            default:
                throw new InvariantViolation($"The engine does not know the input {input.GetType().Name}.");
        }

        return CommandOutcome.Accepted;
    }

    private void Fold(Tick tick, List<AlarmEvent> events)
    {
        handling.FireAlarms(events);
        while (NextDue(tick.At) is var heap and >= 0)
        {
            var alarm = state.Deadlines[heap].First;
            evaluation.FireByTick(alarm, events);
            suppression.TagChanged(state.Rules[alarm].Tag, events);
        }

        handling.FireOthers(events);

        for (var source = 0; source < state.Sources.Length; source++)
        {
            if (state.Sources[source].IsUp && state.Sources[source].FirstSamplesDue <= tick.At)
            {
                armed.FirstSamplesDue(source, events);
                suppression.SourceChanged(source, events);
            }
        }

        while (armed.FireDue(events) is var tag and >= 0)
        {
            suppression.TagChanged(tag, events);
        }
    }

    // Across the sources in the order of time, equal times by source, alarms of several sources last; -1 if nothing is due.
    private int NextDue(PlantTime at)
    {
        var first = -1;
        var earliest = at + TimeSpan.FromTicks(1);
        for (var heap = 0; heap < state.Deadlines.Length; heap++)
        {
            if (state.CanAdvance(heap) && state.Deadlines[heap].Earliest < earliest)
            {
                earliest = state.Deadlines[heap].Earliest;
                first = heap;
            }
        }

        return first;
    }

    private void Fold(SourceClockMeasured measured)
    {
        ref var source = ref state.Sources[measured.Source];
        source.IsMeasured = true;
        source.IsSynchronised = measured.Synchronised;
        source.Offset = measured.Offset;
    }

    private void Fold(TagMonitored monitored, List<AlarmEvent> events)
    {
        ref var tag = ref state.Tags[monitored.Tag];
        tag.IsAnswered = true;
        tag.Monitored = monitored.Result;
        if (!monitored.Result.IsGood)
        {
            // what the value was before says nothing of what it is when the item works again
            continuity.Unmonitored(monitored.Tag);
        }

        armed.TagChanged(monitored.Tag, events);
        suppression.TagChanged(monitored.Tag, events);
    }

    private void Fold(InputSkipped skipped, List<AlarmEvent> events)
    {
        if (skipped.Tag is not { } tag)
        {
            sequence.AddGateway(events, EventKind.Skipped, EventCause.System, name: null, skipped.Reason);
            return;
        }

        sequence.AddTag(events, tag, EventKind.Skipped, skipped.Reason);
        state.Tags[tag].IsFaulted = true;
        armed.TagChanged(tag, events);
        suppression.TagChanged(tag, events);
    }

    private void Fold(EpochStarted started, List<AlarmEvent> events)
    {
        var toldAgain = started.IsUnrecorded && started.Previous == state.Epoch ? Math.Max(0, state.NextSeq - 1 - started.LastKnownSeq) : 0;
        if (toldAgain > 0)
        {
            Rename(started);
        }

        sequence.Start(started.Epoch);
        var words = started.Previous is { } previous
            ? FormattableString.Invariant($"{started.Reason}; follows epoch {previous}, known up to seq {started.LastKnownSeq}")
            : started.Reason;
        sequence.AddGateway(events, EventKind.EpochStarted, EventCause.System, name: null, words);
        for (var alarm = 0; alarm < state.Handling.Length; alarm++)
        {
            sequence.AddAlarm(events, alarm, EventKind.Statement, EventCause.System, by: null, reason: null);
        }

        sequence.GoOnAt(state.NextSeq + toldAgain);
    }

    // an occurrence is known by its first event: where nobody saw that one under its old key, the old key will be another event's
    private void Rename(EpochStarted started)
    {
        foreach (ref var cell in state.Handling.AsSpan())
        {
            if (cell.Occurrence.Epoch == started.Previous && cell.Occurrence.Seq > started.LastKnownSeq)
            {
                cell.Occurrence = new(started.Epoch, 1 + state.Alarms.Length + cell.Occurrence.Seq - started.LastKnownSeq);
            }
        }
    }

    private void Fold(GatewayStarted started, List<AlarmEvent> events)
    {
        state.Unrecorded = null;
        suppression.LookAtAll(events);
        if (started.WallClockWentBack)
        {
            handling.EndTimed(events);
        }

        handling.WallClockIs(new(started.WallClock.Ticks - state.Now.Ticks), events);
    }

    // the alarms of one source, or all
    private void EvaluateNow(int? source, List<AlarmEvent> events)
    {
        for (var tag = 0; tag < state.Tags.Length; tag++)
        {
            if (source is { } one && state.SourceOf(tag) != one)
            {
                continue;
            }

            foreach (var alarm in state.AlarmsOf(tag))
            {
                evaluation.EvaluateNow(alarm, events);
            }

            suppression.TagChanged(tag, events);
        }
    }

    private static string? WordsFor(GatewayStarted started) =>
        started.WallClockWentBack ? "the wall clock stands before the last recorded time; how long the gateway was down is not known" : null;

    private static string WordsFor(ClockStepped stepped) =>
        FormattableString.Invariant($"the wall clock stepped by {stepped.Step.Ticks / (decimal)TimeSpan.TicksPerSecond:0.000} s");

    private static string WordsFor(ReplayMismatched mismatched) =>
        FormattableString.Invariant($"from seq {mismatched.FirstSeq}: {mismatched.Detail}");
}
