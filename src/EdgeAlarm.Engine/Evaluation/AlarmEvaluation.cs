namespace EdgeAlarm.Engine;

/// <summary>
/// Turns samples and the passing of time into findings: what the condition of each alarm says. Between two samples a tag's value is the last one (report by exception),
/// except across a <see cref="Discontinuity"/>, where it is only known again at the next sample.
/// </summary>
internal sealed class AlarmEvaluation(EngineState state, ArmedLedger armed, ConditionJudge conditions, AlarmDelays delays, SilenceWatch silence)
{
    /// <summary>Folds a sample of a tag that exists.</summary>
    public void Fold(in Sample sample, List<AlarmEvent> events)
    {
        ref var tag = ref state.Tags[sample.Tag];
        var time = ConditionClock.Map(in sample, in state.Sources[state.SourceOf(sample.Tag)], tag.ConditionTime, out var isReceptionTime);
        var before = tag.Discontinuity;
        if (tag.IsUnbroken)
        {
            FireDue(sample.Tag, time, events);
        }

        var isLater = time > tag.ConditionTime;
        var stoodStill = tag.HasSample && !sample.SourceTime.IsMissing && sample.SourceTime == tag.Last.SourceTime;
        tag.Updated = stoodStill ? sample.PlantTime : time;
        tag.Last = sample;
        tag.HasSample = true;
        tag.IsUnbroken = true;
        tag.ConditionTime = time;
        tag.Freshness = Freshness.Fresh;
        tag.Flags = (isReceptionTime ? EventFlags.ReceptionTime : EventFlags.None) | (sample.Quality.IsUncertain ? EventFlags.Uncertain : EventFlags.None);
        if (tag.Silence is Silence.Waiting or Silence.Stale)
        {
            silence.Spoke(sample.Tag);
        }

        var value = tag.Reading;
        if (!double.IsNaN(value))
        {
            tag.Discontinuity = Discontinuity.None;
        }

        armed.TagChanged(sample.Tag, events);
        foreach (var alarm in state.AlarmsOf(sample.Tag))
        {
            ref readonly var rule = ref state.Rules[alarm];
            ref readonly var cell = ref state.Alarms[alarm];

            // a condition that became plain by other settings may still have to tell that it has an answer again
            if (rule.IsPlain && !double.IsNaN(value) && !cell.IsUndefined)
            {
                var isLate = isLater && IsLate(in cell, time);
                delays.Take(alarm, new(rule.Compare(value, cell.Condition || isLate), time, tag.Flags, before, isLate, isLater), events);
            }
            else
            {
                Find(alarm, sample.Tag, isLater, before, EventFlags.None, events);
            }
        }
    }

    /// <summary>Time alone has passed: fires what is due first of an alarm.</summary>
    public void FireByTick(int alarm, List<AlarmEvent> events)
    {
        var stood = state.Alarms[alarm].Condition;
        Fire(alarm, delivering: -1, events);
        ref var cell = ref state.Alarms[alarm];
        cell.IsAhead |= stood && !cell.Condition;
    }

    private void Fire(int alarm, int delivering, List<AlarmEvent> events)
    {
        ref readonly var cell = ref state.Alarms[alarm];
        if (cell.Deadline <= cell.TurnsAt)
        {
            delays.Fire(alarm, events);
        }
        else
        {
            FindByTime(alarm, cell.TurnsAt, delivering, events);
        }
    }

    /// <summary>
    /// Evaluates an alarm now, by the values that its tags have, as if they had come with the settings that are in force: what is armed again or changed must not wait for a next
    /// sample that may never come. Nothing happens where the evaluation is up to date, or where a value does not speak for the present.
    /// </summary>
    public void EvaluateNow(int alarm, List<AlarmEvent> events)
    {
        if (state.IsLive(alarm))
        {
            Find(alarm, trigger: -1, isLater: false, Discontinuity.None, EventFlags.Reconfigured, events);
        }
    }

    // The values held until this sample: what was due meanwhile has come, in the order of time.
    private void FireDue(int tag, PlantTime time, List<AlarmEvent> events)
    {
        var source = state.SourceOf(tag);
        while (true)
        {
            var first = -1;
            foreach (var alarm in state.AlarmsOf(tag))
            {
                ref readonly var cell = ref state.Alarms[alarm];
                if (cell.Due <= time && !cell.IsHeld && (first < 0 || cell.Due < state.Alarms[first].Due) && state.IsKnown(alarm, source))
                {
                    first = alarm;
                }
            }

            if (first < 0)
            {
                return;
            }

            Fire(first, source, events);
        }
    }

    // Nothing came, but the time at which the condition says something else.
    private void FindByTime(int alarm, PlantTime time, int delivering, List<AlarmEvent> events)
    {
        var flags = EventFlags.None;
        var latest = PlantTime.Zero;
        foreach (var tag in state.ConeOf(alarm))
        {
            flags |= state.Tags[tag].Flags;
            latest = PlantTime.Max(latest, state.Tags[tag].ConditionTime);
        }

        ref readonly var cell = ref state.Alarms[alarm];
        var memory = state.MemoryOf(alarm);
        Span<long> unchanged = stackalloc long[memory.Length];
        memory.CopyTo(unchanged);
        var truth = conditions.Judge(alarm, new(time, Trigger: -1, delivering, cell.Condition, Discontinuity.None));
        if (time > latest && truth == (cell.Condition != cell.IsPending ? Truth.Abnormal : Truth.Normal))
        {
            // a delay ended before that time, and with it the deadband that was counted with: nothing changed, and a sample from before may still be under way
            unchanged.CopyTo(memory);
            state.Schedule(alarm);
            return;
        }

        delays.Take(alarm, new(truth, time, flags, Discontinuity.None, IsLate: false, IsLater: false), events);
        state.Schedule(alarm);
    }

    // Any condition, from the last values of all the tags that it reads.
    private void Find(int alarm, int trigger, bool isLater, Discontinuity before, EventFlags flags, List<AlarmEvent> events)
    {
        var time = PlantTime.Zero;
        var delivering = trigger < 0 ? -1 : state.SourceOf(trigger);
        var (isBad, isLost) = (false, false);
        foreach (var index in state.ConeOf(alarm))
        {
            ref readonly var tag = ref state.Tags[index];
            time = PlantTime.Max(time, tag.ConditionTime);
            flags |= tag.Flags;
            var counts = state.Counts(alarm, index, delivering);
            isLost |= !counts;
            isBad |= counts && !tag.IsUsable;
        }

        ref var cell = ref state.Alarms[alarm];
        var isLate = isLater && IsLate(in cell, time);
        var truth = conditions.Judge(alarm, new(time, trigger, delivering, cell.Condition || isLate, before));
        if (truth == Truth.Unknown && isLost && !isBad)
        {
            // what a tag says that has no value yet is told by its first sample, or by its source when it is back; until then a delay stands still, and then this moment is looked at first
            cell.TurnsAt = time;
            state.Schedule(alarm);
            return;
        }

        if (truth != Truth.Unknown || !isBad)
        {
            armed.AlarmDefined(alarm, truth != Truth.Unknown, events);
        }

        if (truth == Truth.Unknown)
        {
            conditions.Stop(alarm, time);
        }

        if (truth == Truth.Unknown && state.Rules[alarm].BadQuality != BadQualityPolicy.Hold)
        {
            flags |= EventFlags.BadQuality;
            truth = state.Rules[alarm].BadQuality == BadQualityPolicy.Alarm ? Truth.Abnormal : Truth.Normal;
        }

        delays.Take(alarm, new(truth, time, flags, before, isLate, isLater), events);
        state.Schedule(alarm);
    }

    // Between the last sample and the tick that ended the alarm: so it stood. A clock of the PLC that stands still says nothing of when.
    private static bool IsLate(in AlarmCell cell, PlantTime time) => cell.IsAhead && time < cell.Since;
}
