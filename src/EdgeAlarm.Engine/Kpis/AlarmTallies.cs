namespace EdgeAlarm.Engine;

/// <summary>The alarms that figures have to remember: those that came within the period, or of which something stands.</summary>
internal sealed class AlarmTallies
{
    /// <summary>By id.</summary>
    public SortedDictionary<string, AlarmTally> All { get; } = new(StringComparer.Ordinal);

    /// <summary>The tally that an event belongs to; null where the event says only that nothing stands of an alarm of which nothing is known.</summary>
    public AlarmTally? Of(in KpiEvent told)
    {
        if (!All.TryGetValue(told.Alarm!, out var tally))
        {
            if (told.Kind == EventKind.Statement && told.State == LifecycleState.Normal && told.Suppression == SuppressionStates.None)
            {
                return null;
            }

            tally = All[told.Alarm!] = new(told.Alarm!);
        }

        // an acknowledgement has the priority of what was annunciated
        tally.Priority = told.Kind is EventKind.Activated or EventKind.Worsened or EventKind.ReAlarmed ? told.Priority : tally.Priority;
        return tally;
    }

    /// <summary>How an alarm stands after an event.</summary>
    public static void Stand(AlarmTally tally, in KpiEvent told)
    {
        tally.State = told.State;
        // an activation tells only what suppressed the alarm when its condition became true
        tally.Suppression = told.Kind is EventKind.Activated or EventKind.Worsened ? tally.Suppression | told.Suppression : told.Suppression;
        tally.ActiveSince = told.State is not (LifecycleState.Unacknowledged or LifecycleState.Acknowledged) ? PlantTime.Never
            : tally.ActiveSince == PlantTime.Never ? told.ConditionTime
            : tally.ActiveSince;
        tally.UnacknowledgedSince = told.State is LifecycleState.Normal or LifecycleState.Acknowledged or LifecycleState.LatchedAcknowledged ? PlantTime.Zero
            : tally.UnacknowledgedSince == PlantTime.Zero ? told.At
            : tally.UnacknowledgedSince;
        tally.ShelvedSince = Since(tally.ShelvedSince, SuppressionStates.Shelved, EventKind.Shelved, tally, in told);
        tally.OutOfServiceSince = Since(tally.OutOfServiceSince, SuppressionStates.OutOfService, EventKind.RemovedFromService, tally, in told);
    }

    /// <summary>How many alarms are stale at a moment, as they stand.</summary>
    public int StaleAt(PlantTime time) => All.Values.Count(tally => tally.IsStaleAt(time));

    /// <summary>Days begin: what was counted on those whose places they take goes, and alarms of which nothing is left.</summary>
    /// <param name="first">The first that begins.</param>
    /// <param name="day">The last.</param>
    public void Forget(long first, long day)
    {
        var gone = new List<string>();
        foreach (var tally in All.Values)
        {
            for (var next = first; next <= day; next++)
            {
                tally.Days[KpiDays.PlaceOf(next)] = default;
            }

            if (tally.IsForgotten)
            {
                gone.Add(tally.Id);
            }
        }

        gone.ForEach(id => All.Remove(id));
    }

    private static PlantTime Since(PlantTime before, SuppressionStates which, EventKind begin, AlarmTally tally, in KpiEvent told) =>
        !tally.Suppression.HasFlag(which) ? PlantTime.Zero
        : before != PlantTime.Zero ? before
        : told.Kind == begin && told.Since != PlantTime.Zero ? told.Since
        : told.At;
}
