namespace EdgeAlarm.Engine;

/// <summary>Follows whether a tag's last value still speaks for the present: through breaks of the connection, starts of the gateway and gaps.</summary>
internal sealed class Continuity(EngineState state, ArmedLedger armed, SilenceWatch silence)
{
    /// <summary>The gateway started: no source is up, no value is known, nothing was answered. Conditions, running delays and occurrences stay.</summary>
    public void GatewayStarted(List<AlarmEvent> events)
    {
        for (var source = 0; source < state.Sources.Length; source++)
        {
            if (state.Sources[source].Announced == AnnouncedSource.Armed)
            {
                armed.SourceDown(source, "the gateway started", events);
            }

            state.Sources[source].IsUp = false;
            state.Sources[source].DownReason = null;
            state.Sources[source].FirstSamplesDue = PlantTime.Never;

            // The PLC's clock may have been set while nobody measured it.
            state.Sources[source].IsSynchronised = false;
        }

        for (var tag = 0; tag < state.Tags.Length; tag++)
        {
            state.Tags[tag].IsAnswered = false;
            state.Tags[tag].IsFaulted = false;
            LoseValue(tag);
        }
    }

    /// <summary>A source came up.</summary>
    public void SourceUp(int source, SourceRecovery how, List<AlarmEvent> events)
    {
        foreach (var tag in state.TagsOf(source))
        {
            Mend(tag, how);
            silence.Resumed(tag);
        }

        armed.SourceUp(source, events);
        ScheduleAcross(source);
    }

    /// <summary>A source went down.</summary>
    public void SourceDown(int source, string reason, List<AlarmEvent> events)
    {
        Break(source);
        armed.SourceDown(source, reason, events);
        ScheduleAcross(source);
    }

    /// <summary>The server does not monitor a tag: its value is not known until a sample comes.</summary>
    public void Unmonitored(int tag) => LoseValue(tag);

    /// <summary>Samples were lost: running delays that they may have touched are marked, and the next sample is the first of another stretch.</summary>
    public void GapFound(GapFound gap)
    {
        if (gap.Tag is { } single)
        {
            GapFound(single, gap.End);
            return;
        }

        foreach (var tag in state.TagsOf(gap.Source))
        {
            GapFound(tag, gap.End);
        }
    }

    private void GapFound(int index, PlantTime end)
    {
        ref var tag = ref state.Tags[index];
        foreach (var alarm in state.AlarmsOf(index))
        {
            ref var cell = ref state.Alarms[alarm];
            if (cell.IsPending && cell.PendingSince < end)
            {
                cell.PendingFlags |= EventFlags.AcrossGap;
            }
        }

        // The first sample after the gap may be known already: then the stretch goes on from there.
        if (tag.ConditionTime < end)
        {
            tag.IsUnbroken = false;
            tag.Discontinuity = tag.Discontinuity == Discontinuity.None ? Discontinuity.Gap : tag.Discontinuity;
        }
    }

    private void ScheduleAcross(int source)
    {
        foreach (var alarm in state.AlarmsAcross(source))
        {
            state.Schedule(alarm);
        }
    }

    private void Break(int source)
    {
        foreach (var tag in state.TagsOf(source))
        {
            if (state.Tags[tag].Freshness == Freshness.Fresh)
            {
                state.Tags[tag].Freshness = Freshness.BeforeBreak;
            }

            silence.Interrupted(tag);
        }
    }

    private void Mend(int tag, SourceRecovery how)
    {
        switch (how)
        {
            case SourceRecovery.Republished when state.Tags[tag].Freshness == Freshness.BeforeBreak:
                state.Tags[tag].Freshness = Freshness.Fresh;
                break;
            case SourceRecovery.Republished:
                break;
            case SourceRecovery.Connected:
            case SourceRecovery.Recreated:
                // also what came since the break: it came of a subscription that is no more, and the first value of the new one is told behind this
                LoseValue(tag);
                break;
        }
    }

    private void LoseValue(int tag)
    {
        state.Tags[tag].Freshness = Freshness.None;
        state.Tags[tag].Discontinuity = Discontinuity.Start;
        state.Tags[tag].IsUnbroken = false;
        silence.Interrupted(tag);
        foreach (var alarm in state.AlarmsOf(tag))
        {
            state.Schedule(alarm);
        }
    }
}
