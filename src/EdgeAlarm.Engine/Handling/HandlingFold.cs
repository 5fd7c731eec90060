namespace EdgeAlarm.Engine;

/// <summary>What follows from a change of condition, and from the passing of time, in both regions of an alarm.</summary>
internal sealed class HandlingFold(EngineState state, LifecycleFold lifecycle, Inhibitions inhibitions, DesignSuppression suppression, ChatterWatch chatter, FloodWatch flood)
{
    /// <summary>The earliest timer; <see cref="PlantTime.Never"/> if none runs. They run whether a source is up or not.</summary>
    public PlantTime NextDeadline => PlantTime.Min(state.Timers.Earliest, PlantTime.Min(suppression.Due, flood.Due));

    /// <summary>A condition changed, an alarm's own or that of one of its levels, and its cell has it already.</summary>
    public void ConditionChanged(int condition, PlantTime conditionTime, EventFlags flags, List<AlarmEvent> events)
    {
        var alarm = state.OwnerOf(condition);
        if (alarm != condition)
        {
            LevelsChanged(alarm, conditionTime, flags, events);
            return;
        }

        Follow(alarm, state.Alarms[alarm].Condition ? LifecycleTrigger.ConditionTrue : LifecycleTrigger.ConditionFalse, conditionTime, flags, events);
    }

    /// <summary>Levels of an alarm came or went, by their conditions or by another configuration: the alarm follows where it shows another one for that.</summary>
    public void LevelsChanged(int alarm, PlantTime conditionTime, EventFlags flags, List<AlarmEvent> events)
    {
        if (Levels.Take(state, alarm, ref conditionTime) is { } trigger)
        {
            Follow(alarm, trigger, conditionTime, flags, events);
        }
    }

    /// <summary>Fires the timers of alarms that are due now: shelves that are over come before anything that is told next.</summary>
    public void FireAlarms(List<AlarmEvent> events)
    {
        while (state.Timers.Earliest <= state.Now)
        {
            Fire(state.Timers.First, events);
        }
    }

    /// <summary>Fires what else is due now.</summary>
    public void FireOthers(List<AlarmEvent> events)
    {
        suppression.FireDue(events);
        flood.FireDue(events);
    }

    /// <summary>The wall clock was set: ends that go by it come nearer or go away, never beyond their plant time.</summary>
    /// <param name="wallClockMinusPlantTime">What it shows now, less plant time.</param>
    /// <param name="events">Where the events of what is over by it go.</param>
    public void WallClockIs(TimeSpan wallClockMinusPlantTime, List<AlarmEvent> events)
    {
        for (var alarm = 0; alarm < state.Handling.Length; alarm++)
        {
            // an end that a clock set forward brought nearer stays there when it is set back
            ref var cell = ref state.Handling[alarm];
            (cell.Shelf, cell.Service) = (EndingAt(cell.Shelf, state.EndOf(cell.Shelf)), EndingAt(cell.Service, state.EndOf(cell.Service)));
        }

        state.WallClockMinusPlantTime = wallClockMinusPlantTime;
        for (var alarm = 0; alarm < state.Handling.Length; alarm++)
        {
            state.ScheduleTimers(alarm);
        }

        FireAlarms(events);
    }

    /// <summary>Nobody knows how long the gateway was down: what was to end meanwhile may be over, and ends.</summary>
    public void EndTimed(List<AlarmEvent> events)
    {
        const string Unknown = "how long the gateway was down is not known";
        for (var alarm = 0; alarm < state.Handling.Length; alarm++)
        {
            inhibitions.EndShelf(alarm, EventCause.System, by: null, Unknown, events);
            inhibitions.EndService(alarm, EventCause.System, by: null, Unknown, events);
        }
    }

    private static Inhibition? EndingAt(Inhibition? inhibition, PlantTime end) => inhibition is null || inhibition.Until == end ? inhibition : inhibition with { Until = end };

    private void Follow(int alarm, LifecycleTrigger trigger, PlantTime conditionTime, EventFlags flags, List<AlarmEvent> events)
    {
        lifecycle.ConditionChanged(alarm, trigger, conditionTime, flags, events);
        if (trigger == LifecycleTrigger.ConditionFalse && state.Handling[alarm].Shelf is { IsOneShot: true })
        {
            inhibitions.EndShelf(alarm, EventCause.Process, by: null, "the condition returned", events);
        }
    }

    private void Fire(int alarm, List<AlarmEvent> events)
    {
        ref readonly var cell = ref state.Handling[alarm];
        if (state.EndOf(cell.Shelf) <= state.Now)
        {
            inhibitions.EndShelf(alarm, EventCause.System, by: null, "its time is over", events);
        }
        else if (state.EndOf(cell.Service) <= state.Now)
        {
            inhibitions.EndService(alarm, EventCause.System, by: null, "its time is over; nobody said that the alarm was proved", events);
        }
        else if (cell.ResetDue <= state.Now && cell.Lifecycle == LifecycleState.LatchedAcknowledged)
        {
            lifecycle.Apply(alarm, LifecycleTrigger.ResetDue, EventCause.System, by: null, "the time of its latch is over", events);
        }
        else if (cell.QuietDue <= state.Now)
        {
            chatter.End(alarm, events);
            state.ScheduleTimers(alarm);
        }
        else
        {
            lifecycle.Apply(alarm, LifecycleTrigger.ReAlarmDue, EventCause.System, by: null, "it stands still", events);
        }
    }
}
