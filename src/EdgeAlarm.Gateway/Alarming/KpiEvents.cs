using EdgeAlarm.Engine;
using EdgeAlarm.Wire;

namespace EdgeAlarm.Gateway.Alarming;

/// <summary>What figures need of an event: of the engine's, and of the same event as it was recorded. Both say the same.</summary>
internal static class KpiEvents
{
    /// <summary>Of an event that the engine tells.</summary>
    /// <param name="told">The event.</param>
    /// <param name="configuration">The configuration whose indexes it has.</param>
    public static KpiEvent Of(AlarmEvent told, AlarmConfiguration configuration)
    {
        var alarm = told.Alarm >= 0 ? configuration.Alarms[told.Alarm] : null;
        return new()
        {
            Kind = told.Kind,
            At = told.At,
            ConditionTime = told.ConditionTime,
            Cause = told.Cause,
            Alarm = alarm?.Id,
            Priority = alarm?.LevelAt(told.Level)?.Priority ?? alarm?.Priority ?? default,
            State = told.State,
            Suppression = told.Suppression,
            Flags = told.Flags,
            Source = told is { Source: >= 0, Tag: < 0, Alarm: < 0 } ? configuration.Sources[told.Source].Name : null,
            By = told.By,
            Since = told.Interval?.Start ?? PlantTime.Zero,
        };
    }

    /// <summary>Of a recorded event; null for one whose kind or state this build does not know.</summary>
    public static KpiEvent? Of(EventMessage recorded)
    {
        if (!Enum.TryParse<EventKind>(recorded.Kind, out var kind)
            || !Enum.TryParse<EventCause>(recorded.Cause, ignoreCase: true, out var cause)
            || !Enum.TryParse<LifecycleState>(recorded.State ?? nameof(LifecycleState.Normal), out var state)
            || !Enum.TryParse<AlarmPriority>(recorded.Priority ?? nameof(AlarmPriority.Critical), ignoreCase: true, out var priority))
        {
            return null;
        }

        return new()
        {
            Kind = kind,
            At = new(recorded.PlantTime.Ticks),
            ConditionTime = new(recorded.ConditionTime.Ticks),
            Cause = cause,
            Alarm = recorded.Alarm,
            Priority = priority,
            State = state,
            Suppression = All<SuppressionStates>(recorded.Suppression, (all, each) => all | each),
            Flags = All<EventFlags>(recorded.Flags, (all, each) => all | each),
            Source = recorded is { Tag: null, Alarm: null } ? recorded.Source : null,
            By = recorded.By,
            Since = new(recorded.IntervalStart?.Ticks ?? 0),
        };
    }

    // a word that this build does not know says nothing to its figures
    private static T All<T>(IReadOnlyList<string> words, Func<T, T, T> and)
        where T : struct, Enum =>
        words.Select(word => Enum.TryParse<T>(word, ignoreCase: true, out var flag) ? flag : default).Aggregate(default, and);
}
