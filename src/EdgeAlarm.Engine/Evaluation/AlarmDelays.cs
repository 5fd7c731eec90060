namespace EdgeAlarm.Engine;

/// <summary>
/// Takes what conditions find and makes transitions of it: on- and off-delay, then whatever is done with an alarm. A delay runs while the finding differs from the condition that stands;
/// it stands still while nothing can be found.
/// </summary>
internal sealed class AlarmDelays(EngineState state, HandlingFold handling)
{
    /// <summary>Takes a finding. The alarm is scheduled anew where its delay changed.</summary>
    /// <param name="alarm">Index of the alarm.</param>
    /// <param name="finding">What its condition says.</param>
    /// <param name="events">Where transitions are told.</param>
    public void Take(int alarm, in Finding finding, List<AlarmEvent> events)
    {
        ref var cell = ref state.Alarms[alarm];
        if (finding.IsLate && finding.Truth != Truth.Normal)
        {
            Restore(alarm, ref cell, in finding, events);
        }

        if (finding.Truth == Truth.Unknown)
        {
            Hold(alarm, ref cell, finding.Time);
            return;
        }

        if (cell.IsHeld)
        {
            Release(alarm, ref cell, finding.Time);
        }

        var isAbnormal = finding.Truth == Truth.Abnormal;
        if (isAbnormal != cell.Condition)
        {
            Run(alarm, ref cell, isAbnormal, in finding, events);
        }
        else if (cell.IsPending)
        {
            cell.EndDelay();
            state.Schedule(alarm);
        }
    }

    /// <summary>The running delay of an alarm has ended.</summary>
    public void Fire(int alarm, List<AlarmEvent> events)
    {
        ref var cell = ref state.Alarms[alarm];
        var flags = cell.PendingFlags;

        // A tick may have been ahead of a sample that was still on its way; the alarm's own times never go back.
        var conditionTime = PlantTime.Max(cell.Deadline, cell.Since);
        cell.Condition = !cell.Condition;
        cell.Since = conditionTime;
        cell.IsAhead = false;
        cell.EndDelay();
        state.Schedule(alarm);
        handling.ConditionChanged(alarm, conditionTime, flags, events);
    }

    // A tick ended the off-delay while the value that ends it otherwise was still under way. The operator was told that the alarm is gone, and is told at once that it is not:
    // to wait for its on-delay once more would leave it silent though it never was clear for long enough.
    private void Restore(int alarm, ref AlarmCell cell, in Finding finding, List<AlarmEvent> events)
    {
        cell.EndDelay();
        (cell.Condition, cell.IsAhead, cell.IsHeld, cell.HeldSince) = (true, false, false, PlantTime.Zero);
        if (finding.Truth == Truth.Unknown)
        {
            // of the off-delay is left what was left then
            (cell.Deadline, cell.PendingSince, cell.PendingFlags) = (cell.Since, finding.Time, finding.Flags);
        }

        state.Schedule(alarm);
        handling.ConditionChanged(alarm, cell.Since, finding.Flags | EventFlags.Restored, events);
    }

    private void Run(int alarm, ref AlarmCell cell, bool isAbnormal, in Finding finding, List<AlarmEvent> events)
    {
        var isForSettings = finding.Flags.HasFlag(EventFlags.Reconfigured);
        if (cell.IsPending && isForSettings)
        {
            // no value came: the delay goes on as it was carried over
            return;
        }

        if (cell.IsPending)
        {
            cell.PendingFlags |= finding.Flags | (finding.Before == Discontinuity.None ? EventFlags.None : EventFlags.AcrossGap);
            if (finding.IsLater && finding.Time < cell.PendingSince)
            {
                // a tick began the delay ahead of a sample that was still under way and says that it began before
                cell.Deadline += finding.Time - cell.PendingSince;
                cell.PendingSince = finding.Time;
            }
        }
        else
        {
            cell.PendingSince = finding.Time;
            cell.PendingFlags = finding.Flags | Circumstance(isAbnormal, finding.Before);
            cell.Deadline = finding.Time + (isAbnormal ? state.Rules[alarm].OnDelay : state.Rules[alarm].OffDelay);
        }

        var now = finding.Time;
        if (isForSettings)
        {
            // the values have stood since their samples: the delay may be over, but nothing happened before the settings did
            cell.Deadline = PlantTime.Max(cell.Deadline, state.Now);
            now = state.Now;
        }

        if (cell.Deadline <= now)
        {
            Fire(alarm, events);
        }
        else
        {
            state.Schedule(alarm);
        }
    }

    private void Hold(int alarm, ref AlarmCell cell, PlantTime time)
    {
        if (cell.IsHeld)
        {
            return;
        }

        // a delay that time alone began may be ahead of the sample that ends it
        cell.IsHeld = true;
        cell.HeldSince = PlantTime.Max(time, cell.PendingSince);
        state.Schedule(alarm);
    }

    // The held time does not count: what was left of a delay is left still.
    private void Release(int alarm, ref AlarmCell cell, PlantTime time)
    {
        cell.IsHeld = false;
        cell.Deadline += PlantTime.Max(time, cell.HeldSince) - cell.HeldSince;
        cell.HeldSince = PlantTime.Zero;
        state.Schedule(alarm);
    }

    private static EventFlags Circumstance(bool isAbnormal, Discontinuity before) => before switch
    {
        Discontinuity.None => EventFlags.None,
        Discontinuity.Gap => EventFlags.AcrossGap,
        Discontinuity.Start => isAbnormal ? EventFlags.ActiveAtStart : EventFlags.AcrossGap,
    };
}
