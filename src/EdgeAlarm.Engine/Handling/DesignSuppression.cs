namespace EdgeAlarm.Engine;

/// <summary>Follows the triggers of suppressions by design, and suppresses their alarms. Its delays count from when the trigger changed in the plant.</summary>
internal sealed class DesignSuppression(EngineState state, EventSequence sequence, LifecycleFold lifecycle)
{
    /// <summary>The earliest running delay; <see cref="PlantTime.Never"/> if none runs.</summary>
    public PlantTime Due { get; private set; } = Earliest(state);

    /// <summary>The state was put in place of another: what runs in it is what is due.</summary>
    public void TakeUp() => Due = Earliest(state);

    /// <summary>Something about a tag changed: its value, its quality, whether it is known, or the condition of one of its alarms.</summary>
    public void TagChanged(int tag, List<AlarmEvent> events)
    {
        foreach (var group in state.SuppressionsOf(tag))
        {
            Look(group, events);
        }
    }

    /// <summary>A source came or went: what triggers by its tags, and what hides something of it, is looked at.</summary>
    public void SourceChanged(int source, List<AlarmEvent> events)
    {
        for (var group = 0; group < state.Suppressions.Length; group++)
        {
            if (Reads(group, source) || state.SourcesOfSuppressed(group).Contains(source))
            {
                Look(group, events);
            }
        }
    }

    /// <summary>The gateway started, or has another configuration.</summary>
    public void LookAtAll(List<AlarmEvent> events)
    {
        for (var group = 0; group < state.Suppressions.Length; group++)
        {
            Look(group, events);
        }
    }

    /// <summary>Ends the delays that are over, in the order of their groups.</summary>
    public void FireDue(List<AlarmEvent> events)
    {
        for (var group = 0; Due <= state.Now && group < state.Suppressions.Length; group++)
        {
            ElapseUntil(group, state.Now, events);
        }
    }

    private void Look(int group, List<AlarmEvent> events)
    {
        var (signal, time) = Read(group);
        if (signal is SuppressionSignal.True or SuppressionSignal.False)
        {
            ElapseUntil(group, time, events);
        }

        Go(group, signal, time, events);
        // a delay of nought is over at once; one that a burst seems to have ended is left to the next sample, or to a tick
        ElapseUntil(group, time, events);
    }

    private void ElapseUntil(int group, PlantTime time, List<AlarmEvent> events)
    {
        while (state.Suppressions[group].Due <= time)
        {
            Go(group, SuppressionSignal.Elapsed, state.Suppressions[group].Due, events);
        }
    }

    private void Go(int group, SuppressionSignal signal, PlantTime time, List<AlarmEvent> events)
    {
        ref var cell = ref state.Suppressions[group];
        var next = SuppressionPhases.On(cell.Phase, signal);
        if (next == cell.Phase)
        {
            return;
        }

        var definition = state.Configuration.SuppressionGroups[group];
        var wasSuppressing = cell.IsSuppressing;
        cell.Phase = next;
        (cell.Since, cell.Due) = next switch
        {
            SuppressionPhase.Off => (PlantTime.Zero, PlantTime.Never),
            SuppressionPhase.Entering => (PlantTime.Zero, time + definition.Entry),
            SuppressionPhase.On when wasSuppressing => (cell.Since, cell.Since + definition.Max),
            SuppressionPhase.On => (time, time + definition.Max),
            SuppressionPhase.Leaving => (cell.Since, PlantTime.Min(time + definition.Exit, cell.Since + definition.Max)),
            SuppressionPhase.Expired => (PlantTime.Zero, PlantTime.Never),
        };
        Due = Earliest(state);
        if (cell.IsSuppressing != wasSuppressing)
        {
            var words = Words(definition, signal, next);
            foreach (var alarm in state.SuppressionMembersOf(group))
            {
                Suppress(alarm, cell.IsSuppressing, signal == SuppressionSignal.Unknown || next == SuppressionPhase.Expired ? EventCause.System : EventCause.Process, words, events);
            }
        }
    }

    /// <summary>An alarm is suppressed by design, or no more; tells it where that is new.</summary>
    public void Suppress(int alarm, bool isSuppressed, EventCause cause, string words, List<AlarmEvent> events)
    {
        ref var cell = ref state.Handling[alarm];
        if (cell.IsSuppressedByDesign == isSuppressed)
        {
            return;
        }

        cell.IsSuppressedByDesign = isSuppressed;
        sequence.AddAlarm(events, alarm, isSuppressed ? EventKind.Suppressed : EventKind.Unsuppressed, cause, by: null, words);
        if (isSuppressed)
        {
            state.ScheduleTimers(alarm);
        }
        else
        {
            lifecycle.SuppressionEnded(alarm, cause, "it stood when its suppression by design ended", events);
        }
    }

    private bool Reads(int group, int source)
    {
        foreach (var tag in state.TagsOf(source))
        {
            if (state.SuppressionsOf(tag).Contains(group))
            {
                return true;
            }
        }

        return false;
    }

    private (SuppressionSignal Signal, PlantTime Time) Read(int group)
    {
        var trigger = state.Configuration.SuppressionGroups[group].Trigger;
        switch (trigger)
        {
            case SuppressionTrigger.Holds { Expression: var expression }:
                return ValueOf(expression) switch
                {
                    double.NaN => (Doubt(group, expression.Tags.Span), state.Now),
                    0 => (SuppressionSignal.False, LatestOf(expression.Tags.Span)),
                    _ => (SuppressionSignal.True, LatestOf(expression.Tags.Span)),
                };
            case SuppressionTrigger.AlarmActive active:
                ref readonly var alarm = ref state.Alarms[active.Alarm];
                return AreKnown(state.ConeOf(active.Alarm)) && !state.IsHeld(active.Alarm)
                    ? (alarm.Condition ? SuppressionSignal.True : SuppressionSignal.False, alarm.Since)
                    : (Doubt(group, state.ConeOf(active.Alarm)), state.Now);
            default:
                throw new InvariantViolation($"The engine does not know the suppression trigger {trigger}.");
        }
    }

    private double ValueOf(Expression expression)
    {
        var tags = expression.Tags.Span;
        Span<double> values = stackalloc double[Expression.TagsMax];
        for (var index = 0; index < tags.Length; index++)
        {
            values[index] = IsKnown(tags[index]) ? state.Tags[tags[index]].Reading : double.NaN;
        }

        return ExpressionMachine.Run(expression, values);
    }

    private PlantTime LatestOf(ReadOnlySpan<int> tags)
    {
        var latest = PlantTime.Zero;
        foreach (var tag in tags)
        {
            latest = PlantTime.Max(latest, state.Tags[tag].ConditionTime);
        }

        return latest;
    }

    private bool AreKnown(ReadOnlySpan<int> tags)
    {
        foreach (var tag in tags)
        {
            if (!IsKnown(tag))
            {
                return false;
            }
        }

        return true;
    }

    // Why a trigger is not known. One whose source is away hides nothing of a source that delivers.
    private SuppressionSignal Doubt(int group, ReadOnlySpan<int> tags)
    {
        var isAwaited = false;
        foreach (var tag in tags)
        {
            if (!IsKnown(tag))
            {
                if (!IsAwaited(tag))
                {
                    return SuppressionSignal.Unknown;
                }

                isAwaited = true;
            }
        }

        foreach (var source in state.SourcesOfSuppressed(group))
        {
            isAwaited &= state.Sources[source].IsAway;
        }

        return isAwaited ? SuppressionSignal.Away : SuppressionSignal.Unknown;
    }

    private bool IsAwaited(int index)
    {
        ref readonly var tag = ref state.Tags[index];
        var isRefused = tag.IsFaulted || (tag.IsAnswered && !tag.Monitored.IsGood);
        var isDoubtful = tag.Freshness == Freshness.Fresh && (!tag.IsUsable || tag.Last.Quality is not { IsGood: true, IsDegraded: false });
        return state.Sources[state.SourceOf(index)].IsAway && !isRefused && !isDoubtful;
    }

    // doubt suppresses nothing: only a plainly Good value of a source that delivers is known
    private bool IsKnown(int index)
    {
        ref readonly var tag = ref state.Tags[index];
        return state.Sources[state.SourceOf(index)].IsUp && tag is { IsAnswered: true, IsFaulted: false, IsUsable: true, Freshness: Freshness.Fresh, Silence: not Silence.Stale }
            && tag.Monitored.IsGood && tag.Last.Quality is { IsGood: true, IsDegraded: false };
    }

    private static string Words(SuppressionGroupDefinition definition, SuppressionSignal signal, SuppressionPhase next) =>
        signal == SuppressionSignal.Unknown ? $"{definition.Name} is not known"
        : next == SuppressionPhase.Expired ? $"{definition.Name} has lasted as long as it may"
        : definition.Name;

    private static PlantTime Earliest(EngineState state)
    {
        var earliest = PlantTime.Never;
        foreach (ref readonly var cell in state.Suppressions.AsSpan())
        {
            earliest = PlantTime.Min(earliest, cell.Due);
        }

        return earliest;
    }
}
