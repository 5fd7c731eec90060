namespace EdgeAlarm.Engine;

/// <summary>Moves alarms through their lifecycle: applies the table, keeps the timers that belong to a state, and tells what happened.</summary>
internal sealed class LifecycleFold(EngineState state, EventSequence sequence, ChatterWatch chatter, FirstOut firstOut, FloodWatch flood)
{
    /// <summary>The condition or its level changed, and the cells have it already.</summary>
    /// <param name="alarm">The alarm.</param>
    /// <param name="trigger">How: ConditionTrue, ConditionFalse, Worsened or Eased.</param>
    /// <param name="conditionTime">When.</param>
    /// <param name="flags">Circumstances.</param>
    /// <param name="events">Where its events go.</param>
    public void ConditionChanged(int alarm, LifecycleTrigger trigger, PlantTime conditionTime, EventFlags flags, List<AlarmEvent> events)
    {
        ref var cell = ref state.Handling[alarm];
        var before = cell.Lifecycle;
        var isNew = trigger is LifecycleTrigger.ConditionTrue or LifecycleTrigger.Worsened;
        var step = StepOf(alarm, trigger);
        var suppression = isNew ? SuppressionAt(alarm, conditionTime) : cell.Suppression;
        var mark = isNew ? chatter.Activated(alarm, conditionTime)
            : trigger == LifecycleTrigger.Eased ? chatter.MarkOf(alarm)
            : chatter.Returned(alarm, before, conditionTime);
        var (first, words) = trigger == LifecycleTrigger.ConditionTrue ? firstOut.Activated(alarm, conditionTime) : (EventFlags.None, null);
        if (trigger != LifecycleTrigger.Eased)
        {
            // timers of what stands go on where it only eases
            Enter(alarm, step.Next, isNew);
        }

        sequence.AddAlarm(events, alarm, step.Event!.Value, conditionTime, flags | mark | first, suppression, words);
        if (isNew)
        {
            if (suppression == SuppressionStates.None)
            {
                flood.Annunciated(alarm, events);
            }

            chatter.TellBegin(alarm, events);
            if (suppression == SuppressionStates.None && cell.Suppression != SuppressionStates.None)
            {
                TellHidden(alarm, in cell, events);
            }
        }
    }

    /// <summary>Applies a trigger that is no change of the condition.</summary>
    /// <param name="alarm">The alarm.</param>
    /// <param name="trigger">The trigger.</param>
    /// <param name="cause">Who or what is behind it.</param>
    /// <param name="by">Who, for an operator's.</param>
    /// <param name="reason">Words for people.</param>
    /// <param name="events">Where its event goes.</param>
    public CommandOutcome Apply(int alarm, LifecycleTrigger trigger, EventCause cause, string? by, string? reason, List<AlarmEvent> events)
    {
        var step = StepOf(alarm, trigger);
        if (step.Event is { } kind)
        {
            Enter(alarm, step.Next, isNew: kind == EventKind.Activated);
            sequence.AddAlarm(events, alarm, kind, cause, by, reason);
            if (kind is EventKind.Activated or EventKind.ReAlarmed)
            {
                flood.Annunciated(alarm, events);
            }
        }

        return step.Outcome;
    }

    /// <summary>One of the suppressions of an alarm ended; its event is told. Where it was the last and the condition stands, the alarm is annunciated now.</summary>
    public void SuppressionEnded(int alarm, EventCause cause, string reason, List<AlarmEvent> events)
    {
        if (state.Handling[alarm].Suppression == SuppressionStates.None)
        {
            Apply(alarm, LifecycleTrigger.SuppressionEnded, cause, by: null, reason, events);
        }

        state.ScheduleTimers(alarm);
    }

    /// <summary>A new configuration has the alarm no more; what suppressed it is taken off already. Tells it, even where only a suppression stood.</summary>
    public void Withdraw(int alarm, string reason, List<AlarmEvent> events)
    {
        Enter(alarm, StepOf(alarm, LifecycleTrigger.Withdraw).Next, isNew: false);
        sequence.AddAlarm(events, alarm, EventKind.Withdrawn, EventCause.Configuration, by: null, reason);
    }

    /// <summary>New settings: what a state has timers for now begins now, what it had them for ends, and a shorter time counts from now.</summary>
    public void Settle(int alarm)
    {
        var handling = state.Configuration.Alarms[alarm].Handling;
        ref var cell = ref state.Handling[alarm];
        var stands = cell.Lifecycle is LifecycleState.Unacknowledged or LifecycleState.Acknowledged;
        cell.ReAlarmDue = stands && handling.ReAlarm > TimeSpan.Zero ? PlantTime.Min(cell.ReAlarmDue, state.Now + handling.ReAlarm) : PlantTime.Never;
        var isLatched = cell.Lifecycle is LifecycleState.LatchedUnacknowledged or LifecycleState.LatchedAcknowledged;
        cell.ResetDue = isLatched && handling.Latch == LatchMode.Timed ? PlantTime.Min(cell.ResetDue, state.Now + handling.LatchFor) : PlantTime.Never;
        state.ScheduleTimers(alarm);
    }

    // It came before what hides it began: it was annunciated, and from here on it is hidden, with all that this means for its acknowledgement.
    private void TellHidden(int alarm, in HandlingCell cell, List<AlarmEvent> events)
    {
        var (kind, words) = cell switch
        {
            { IsSuppressedByDesign: true } => (EventKind.Suppressed, state.Configuration.SuppressionGroups[state.Configuration.Alarms[alarm].Handling.SuppressionGroup].Name),
            { Shelf: { } shelf } => (EventKind.Shelved, shelf.Reason),
            _ => (EventKind.RemovedFromService, cell.Service!.Reason), // one of the three hides it
        };
        sequence.AddAlarm(events, alarm, kind, EventCause.System, by: null, words);
    }

    private LifecycleStep StepOf(int alarm, LifecycleTrigger trigger)
    {
        var definition = state.Configuration.Alarms[alarm];
        ref readonly var cell = ref state.Handling[alarm];
        var rule = new LifecycleRule(definition.AckRequired, definition.Handling.Latch != LatchMode.None, cell.Suppression != SuppressionStates.None);
        return Lifecycle.On(cell.Lifecycle, trigger, rule);
    }

    // A state brings its timers with it.
    private void Enter(int alarm, LifecycleState next, bool isNew)
    {
        var handling = state.Configuration.Alarms[alarm].Handling;
        ref var cell = ref state.Handling[alarm];
        var before = cell.Lifecycle;
        cell.Lifecycle = next;
        if (isNew)
        {
            cell.Occurrence = sequence.NextOccurrence;
        }

        var stands = next is LifecycleState.Unacknowledged or LifecycleState.Acknowledged;
        cell.ReAlarmDue = stands && handling.ReAlarm > TimeSpan.Zero ? state.Now + handling.ReAlarm : PlantTime.Never;
        var isLatched = next is LifecycleState.LatchedUnacknowledged or LifecycleState.LatchedAcknowledged;
        var wasLatched = before is LifecycleState.LatchedUnacknowledged or LifecycleState.LatchedAcknowledged;
        if (!isLatched)
        {
            cell.ResetDue = PlantTime.Never;
        }
        else if (!wasLatched && handling.Latch == LatchMode.Timed)
        {
            cell.ResetDue = state.Now + handling.LatchFor;
        }

        if (next == LifecycleState.Normal && before != LifecycleState.Normal)
        {
            firstOut.Normal(alarm);
        }

        state.ScheduleTimers(alarm);
    }

    // What began only after the condition was true hides nothing: a burst may bring the news of an alarm after that of the pump's stop that hides it from then on.
    private SuppressionStates SuppressionAt(int alarm, PlantTime conditionTime)
    {
        ref readonly var cell = ref state.Handling[alarm];
        var suppression = SuppressionStates.None;
        if (cell.Shelf is { } shelf && shelf.Since <= conditionTime)
        {
            suppression |= SuppressionStates.Shelved;
        }

        if (cell.IsSuppressedByDesign && state.Suppressions[state.Configuration.Alarms[alarm].Handling.SuppressionGroup].Since <= conditionTime)
        {
            suppression |= SuppressionStates.SuppressedByDesign;
        }

        if (cell.Service is { } service && service.Since <= conditionTime)
        {
            suppression |= SuppressionStates.OutOfService;
        }

        return suppression;
    }
}
