namespace EdgeAlarm.Engine;

/// <summary>
/// Finds alarms that come and go more often than anybody can act on (three activations within a minute, where their class says nothing else), and those that stood so shortly that they told nobody anything.
/// Nothing is acknowledged or left out for it: each edge is told and marked, and the end is summed up.
/// </summary>
internal sealed class ChatterWatch(EngineState state, EventSequence sequence)
{
    /// <summary>So long without an activation ends it; longer than any window, so that the watch does not chatter itself.</summary>
    internal static readonly TimeSpan QuietFor = TimeSpan.FromMinutes(5);

    private const int Activations = 3;

    /// <summary>The condition became true, or worse.</summary>
    /// <returns>The mark of its event; where the alarm begins to chatter with it, <see cref="TellBegin"/> is to follow.</returns>
    public EventFlags Activated(int alarm, PlantTime conditionTime)
    {
        ref var cell = ref state.Handling[alarm];
        cell.Activations = cell.Activations.With(conditionTime);
        var isDense = cell.Activations.BeforeThat != PlantTime.Zero && conditionTime - cell.Activations.BeforeThat <= HandlingOf(alarm).ChatterWithin;
        if (cell.Chatter == 0 && !isDense)
        {
            return EventFlags.None;
        }

        cell.Chatter = cell.Chatter == 0 ? Activations : cell.Chatter + 1;
        cell.QuietDue = state.Now + QuietFor;
        return EventFlags.Chattering;
    }

    /// <summary>Tells the begin, right behind the activation that made it.</summary>
    public void TellBegin(int alarm, List<AlarmEvent> events)
    {
        if (state.Handling[alarm].Chatter == Activations)
        {
            sequence.AddAlarm(events, alarm, EventKind.ChatteringBegan, EventCause.System, by: null, $"{Activations} activations within {HandlingOf(alarm).ChatterWithin.TotalSeconds:0} s");
        }
    }

    /// <summary>The mark of a return.</summary>
    /// <param name="alarm">The alarm.</param>
    /// <param name="before">Its lifecycle before the return.</param>
    /// <param name="conditionTime">When it returned.</param>
    public EventFlags Returned(int alarm, LifecycleState before, PlantTime conditionTime)
    {
        ref readonly var cell = ref state.Handling[alarm];
        var nobodyActed = before == LifecycleState.Unacknowledged || !state.Configuration.Alarms[alarm].AckRequired;
        var isFleeting = nobodyActed && conditionTime - cell.Activations.Last <= HandlingOf(alarm).FleetingWithin;
        return MarkOf(alarm) | (isFleeting ? EventFlags.Fleeting : EventFlags.None);
    }

    /// <summary>The mark of whatever else happens to the alarm.</summary>
    public EventFlags MarkOf(int alarm) => state.Handling[alarm].Chatter > 0 ? EventFlags.Chattering : EventFlags.None;

    /// <summary>The alarm has been quiet.</summary>
    public void End(int alarm, List<AlarmEvent> events)
    {
        ref var cell = ref state.Handling[alarm];
        var words = FormattableString.Invariant($"{cell.Chatter} activations, then none for {QuietFor.TotalMinutes:0} minutes");
        (cell.Chatter, cell.QuietDue) = (0, PlantTime.Never);
        sequence.AddAlarm(events, alarm, EventKind.ChatteringEnded, EventCause.System, by: null, words);
    }

    private AlarmHandling HandlingOf(int alarm) => state.Configuration.Alarms[alarm].Handling;
}
