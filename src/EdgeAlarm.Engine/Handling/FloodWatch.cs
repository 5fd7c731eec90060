namespace EdgeAlarm.Engine;

/// <summary>
/// Finds alarm floods (ISA-18.2 §16): ten annunciated activations within ten minutes begin one, fewer than five end it. A flood hides nothing: each edge is an event still,
/// and the summary says where they stand.
/// </summary>
internal sealed class FloodWatch(EngineState state, EventSequence sequence)
{
    /// <summary>Activations within <see cref="Window"/> that are a flood.</summary>
    internal const int BeginCount = 10;

    /// <summary>Fewer than so many within <see cref="Window"/> end it.</summary>
    internal const int EndCount = 5;

    /// <summary>The sliding window.</summary>
    internal static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    /// <summary>When the flood ends if nothing more comes; <see cref="PlantTime.Never"/> where there is none.</summary>
    public PlantTime Due => state.Flood.IsFlood ? state.Flood.Recent[EndCount - 1].Time + Window : PlantTime.Never;

    /// <summary>An activation was annunciated; its event is told already.</summary>
    public void Annunciated(int alarm, List<AlarmEvent> events)
    {
        var flood = state.Flood;
        var definition = state.Configuration.Alarms[alarm];
        var priority = definition.LevelAt(state.Handling[alarm].Level)?.Priority ?? definition.Priority;
        if (priority == AlarmPriority.Journal)
        {
            // nobody has to act on it
            return;
        }

        Array.Copy(flood.Recent, 0, flood.Recent, 1, BeginCount - 1);
        flood.Recent[0] = (state.Now, priority);
        if (flood.IsFlood)
        {
            flood.ByPriority[(int)priority]++;
            return;
        }

        var (oldest, _) = flood.Recent[BeginCount - 1];
        if (oldest == PlantTime.Zero || state.Now - oldest >= Window)
        {
            return;
        }

        Array.Clear(flood.ByPriority);
        foreach (var (_, each) in flood.Recent)
        {
            flood.ByPriority[(int)each]++;
        }

        (flood.IsFlood, flood.Since) = (true, oldest);
        sequence.AddFlood(events, EventKind.FloodBegan, oldest, FormattableString.Invariant($"{BeginCount} alarms within {Window.TotalMinutes} minutes"));
    }

    /// <summary>Ends the flood where its time is over.</summary>
    public void FireDue(List<AlarmEvent> events)
    {
        if (Due <= state.Now)
        {
            state.Flood.IsFlood = false;
            sequence.AddFlood(events, EventKind.FloodEnded, state.Flood.Since, Summary(state.Flood));
        }
    }

    private static string Summary(FloodCell flood)
    {
        var words = Enum.GetValues<AlarmPriority>()
            .Where(priority => flood.ByPriority[(int)priority] > 0)
            .Select(priority => FormattableString.Invariant($"{flood.ByPriority[(int)priority]} {priority}"));
        return FormattableString.Invariant($"{flood.ByPriority.Sum()} alarms: {string.Join(", ", words)}");
    }
}
