namespace EdgeAlarm.Engine;

/// <summary>
/// What a new configuration does to alarms beside their condition. The state of an alarm that stays is carried over; this ends what the new list does not allow, and tells
/// whatever of a removed alarm stood. For an alarm that did not change it does nothing.
/// </summary>
internal sealed class Reload(EngineState state, LifecycleFold lifecycle, Inhibitions inhibitions, DesignSuppression suppression, HandlingFold handlings)
{
    /// <summary>Before: tells what stood of the alarms that the next configuration has no more.</summary>
    public void Withdraw(AlarmConfiguration next, List<AlarmEvent> events)
    {
        var ids = next.Alarms.ToDictionary(alarm => alarm.Id, alarm => alarm.Type == ConditionType.Limits, StringComparer.Ordinal);
        for (var alarm = 0; alarm < state.Handling.Length; alarm++)
        {
            ref var cell = ref state.Handling[alarm];
            var definition = state.Configuration.Alarms[alarm];
            var isThere = ids.TryGetValue(definition.Id, out var hasLevels);
            if ((isThere && hasLevels == (definition.Type == ConditionType.Limits)) || (!cell.IsStanding && cell.Suppression == SuppressionStates.None))
            {
                continue;
            }

            var words = WordsFor(in cell, isThere);
            (cell.Shelf, cell.Service, cell.IsSuppressedByDesign) = (null, null, false);
            lifecycle.Withdraw(alarm, words, events);
        }
    }

    /// <summary>After: holds every alarm to the limits of its new settings.</summary>
    public void TakeEffect(List<AlarmEvent> events)
    {
        // first what the new list suppresses now: an alarm that goes on being hidden is not to be annunciated in between
        suppression.LookAtAll(events);
        for (var alarm = 0; alarm < state.Handling.Length; alarm++)
        {
            var handling = state.Configuration.Alarms[alarm].Handling;
            ref var cell = ref state.Handling[alarm];
            if (state.HasLevels(alarm))
            {
                handlings.LevelsChanged(alarm, state.Now, EventFlags.Reconfigured, events);
            }

            var shelveMax = handling.IsHighlyManaged ? TimeSpan.Zero : handling.ShelveMax;
            cell.Shelf = Shorten(cell.Shelf, shelveMax);
            cell.Service = Shorten(cell.Service, handling.OutOfServiceMax);
            lifecycle.Settle(alarm);
            if (cell.Shelf is { } shelf && shelf.Until <= state.Now)
            {
                inhibitions.EndShelf(alarm, EventCause.Configuration, by: null, "it is longer than the new alarm list allows", events);
            }

            if (cell.Service is { } service && service.Until <= state.Now)
            {
                inhibitions.EndService(alarm, EventCause.Configuration, by: null, "it is longer than the new alarm list allows", events);
            }

            var group = handling.SuppressionGroup;
            var isSuppressed = group >= 0 && state.Suppressions[group].IsSuppressing;
            var words = group >= 0 ? state.Configuration.SuppressionGroups[group].Name : "the new alarm list does not suppress it";
            suppression.Suppress(alarm, isSuppressed, EventCause.Configuration, words, events);
        }
    }

    private static Inhibition? Shorten(Inhibition? inhibition, TimeSpan max) =>
        inhibition is null || inhibition.Until <= inhibition.Since + max ? inhibition : inhibition with { Until = inhibition.Since + max };

    private static string WordsFor(in HandlingCell cell, bool isThere)
    {
        var words = $"the new alarm list has it {(isThere ? "with levels where it had none, or without" : "no more")}; it was {cell.Lifecycle}";
        return cell.Suppression == SuppressionStates.None ? words : $"{words}, {cell.Suppression}";
    }
}
