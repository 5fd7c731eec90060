namespace EdgeAlarm.Engine;

/// <summary>
/// Turns samples and the passing of time into conditions and transitions. Between two samples a tag's value is the last one (report by exception), except across a
/// <see cref="Discontinuity"/>, where it is only known again at the next sample.
/// </summary>
internal sealed class AlarmEvaluation(EngineState state, EventSequence sequence, ArmedLedger armed)
{
    /// <summary>Folds a sample of a tag that exists.</summary>
    public void Fold(in Sample sample, List<AlarmEvent> events)
    {
        ref var tag = ref state.Tags[sample.Tag];
        var time = ConditionClock.Map(in sample, in state.Sources[state.SourceOf(sample.Tag)], tag.ConditionTime, out var isReceptionTime);
        var value = sample.Value.AsNumber();
        var isUsable = !sample.Quality.IsBad && !double.IsNaN(value);
        if (tag.Discontinuity == Discontinuity.None && !tag.IsHeld)
        {
            FireDue(sample.Tag, time, events);
        }

        if (isUsable)
        {
            var flags = (isReceptionTime ? EventFlags.ReceptionTime : EventFlags.None)
                | (sample.Quality.IsUncertain ? EventFlags.Uncertain : EventFlags.None);
            var before = tag.Discontinuity;
            Release(sample.Tag, time);
            Keep(ref tag, in sample, time);
            tag.Discontinuity = Discontinuity.None;
            armed.TagChanged(sample.Tag, events);
            foreach (var alarm in state.AlarmsOf(sample.Tag))
            {
                Evaluate(alarm, in sample, value, time, flags, before, events);
            }
        }
        else
        {
            Hold(sample.Tag, time);
            Keep(ref tag, in sample, time);
            armed.TagChanged(sample.Tag, events);
        }
    }

    /// <summary>Fires the deadline of an alarm by the passing of time.</summary>
    public void FireByTick(int alarm, List<AlarmEvent> events) => Fire(alarm, in state.Tags[state.Rules[alarm].Tag].Last, events);

    private static void Keep(ref TagCell tag, in Sample sample, PlantTime time)
    {
        tag.Last = sample;
        tag.HasSample = true;
        tag.ConditionTime = time;
        tag.Freshness = Freshness.Fresh;
    }

    // The value held until this sample: delays that ended meanwhile have ended, in the order of their ends.
    private void FireDue(int tag, PlantTime time, List<AlarmEvent> events)
    {
        while (true)
        {
            var first = -1;
            foreach (var alarm in state.AlarmsOf(tag))
            {
                ref readonly var cell = ref state.Alarms[alarm];
                if (cell.IsPending && cell.Deadline <= time && (first < 0 || cell.Deadline < state.Alarms[first].Deadline))
                {
                    first = alarm;
                }
            }

            if (first < 0)
            {
                return;
            }

            Fire(first, in state.Tags[tag].Last, events);
        }
    }

    // Bad quality, policy hold: conditions and delays stay as they are until the value can be evaluated again.
    private void Hold(int index, PlantTime time)
    {
        ref var tag = ref state.Tags[index];
        if (tag.IsHeld)
        {
            return;
        }

        tag.IsHeld = true;
        tag.HeldSince = time;
        foreach (var alarm in state.AlarmsOf(index))
        {
            state.Schedule(alarm);
        }
    }

    // The held time does not count: what was left of a delay is left still.
    private void Release(int index, PlantTime time)
    {
        ref var tag = ref state.Tags[index];
        if (!tag.IsHeld)
        {
            return;
        }

        tag.IsHeld = false;
        foreach (var alarm in state.AlarmsOf(index))
        {
            ref var cell = ref state.Alarms[alarm];
            cell.Deadline += time - tag.HeldSince;
        }
    }

    private void Evaluate(int alarm, in Sample sample, double value, PlantTime time, EventFlags flags, Discontinuity before, List<AlarmEvent> events)
    {
        ref var cell = ref state.Alarms[alarm];
        var isAbnormal = state.Rules[alarm].IsAbnormal(value, cell.Condition);
        if (isAbnormal == cell.Condition)
        {
            if (cell.IsPending)
            {
                cell.EndDelay();
                state.Schedule(alarm);
            }

            return;
        }

        if (cell.IsPending)
        {
            cell.PendingFlags |= flags | (before == Discontinuity.None ? EventFlags.None : EventFlags.AcrossGap);
        }
        else
        {
            cell.PendingSince = time;
            cell.PendingFlags = flags | Circumstance(isAbnormal, before);
            cell.Deadline = time + (isAbnormal ? state.Rules[alarm].OnDelay : state.Rules[alarm].OffDelay);
        }

        if (cell.Deadline <= time)
        {
            Fire(alarm, in sample, events);
        }
        else
        {
            state.Schedule(alarm);
        }
    }

    private static EventFlags Circumstance(bool isAbnormal, Discontinuity before) => before switch
    {
        Discontinuity.None => EventFlags.None,
        Discontinuity.Gap => EventFlags.AcrossGap,
        Discontinuity.Start => isAbnormal ? EventFlags.ActiveAtStart : EventFlags.AcrossGap,
    };

    private void Fire(int alarm, in Sample sample, List<AlarmEvent> events)
    {
        ref var cell = ref state.Alarms[alarm];
        var flags = cell.PendingFlags;

        // A tick may have been ahead of a sample that was still on its way; the alarm's own times never go back.
        var conditionTime = PlantTime.Max(cell.Deadline, cell.Since);
        var trigger = cell.Condition ? LifecycleTrigger.ConditionFalse : LifecycleTrigger.ConditionTrue;
        var step = Lifecycle.On(cell.Lifecycle, trigger, state.Rules[alarm].AckRequired);
        cell.Condition = !cell.Condition;
        cell.Lifecycle = step.Next;
        cell.Since = conditionTime;
        cell.EndDelay();
        state.Schedule(alarm);
        if (step.Event is not { } kind)
        {
            return;
        }

        if (kind == EventKind.Activated)
        {
            cell.Occurrence = sequence.NextOccurrence;
        }

        sequence.AddAlarm(events, alarm, kind, conditionTime, in sample, flags);
    }
}
