namespace EdgeAlarm.Engine;

/// <summary>What operators' commands do, and why one is refused.</summary>
internal sealed class CommandFold(EngineState state, EventSequence sequence, LifecycleFold lifecycle, Inhibitions inhibitions)
{
    private readonly Dictionary<string, int> _alarmsById = state.Configuration.Alarms
        .Select((alarm, index) => (alarm.Id, index))
        .ToDictionary(pair => pair.Id, pair => pair.index, StringComparer.Ordinal);

    /// <summary>Folds a command. One that is refused is told too: what an operator wanted and did not get is half of what happened.</summary>
    /// <exception cref="InvariantViolation">The engine does not know this kind of command.</exception>
    public CommandOutcome Fold(OperatorCommand command, List<AlarmEvent> events)
    {
        var alarm = _alarmsById.GetValueOrDefault(command.Alarm, -1);
        var outcome = alarm < 0 ? CommandOutcome.UnknownAlarm : Fold(alarm, command, events);
        if (outcome != CommandOutcome.Accepted)
        {
            sequence.AddRefusal(events, alarm, command, $"{VerbOf(command)}: {outcome}");
        }

        return outcome;
    }

    private CommandOutcome Fold(int alarm, OperatorCommand command, List<AlarmEvent> events) => command switch
    {
        AcknowledgeCommand acknowledge => Acknowledge(alarm, acknowledge, events),
        ResetCommand reset => lifecycle.Apply(alarm, LifecycleTrigger.Reset, EventCause.Operator, reset.By, OrNull(reset.Comment), events),
        ShelveCommand shelve => inhibitions.Shelve(alarm, shelve, events),
        UnshelveCommand unshelve => inhibitions.EndShelf(alarm, EventCause.Operator, unshelve.By, Or(unshelve.Comment, "by the operator"), events),
        RemoveFromServiceCommand remove => inhibitions.RemoveFromService(alarm, remove, events),
        ReturnToServiceCommand back => ReturnToService(alarm, back, events),
        _ => throw new InvariantViolation($"The engine does not know the command {command.GetType().Name}."),
    };

    private static string VerbOf(OperatorCommand command) => command switch
    {
        AcknowledgeCommand => "acknowledge",
        ResetCommand => "reset",
        ShelveCommand => "shelve",
        UnshelveCommand => "unshelve",
        RemoveFromServiceCommand => "remove from service",
        ReturnToServiceCommand => "return to service",
        _ => command.GetType().Name,
    };

    private CommandOutcome Acknowledge(int alarm, AcknowledgeCommand command, List<AlarmEvent> events)
    {
        ref readonly var cell = ref state.Handling[alarm];
        var isPresent = command.Occurrence == cell.Occurrence && cell.Occurrence != OccurrenceId.None;
        if (!isPresent)
        {
            return cell.IsStanding ? CommandOutcome.StaleOccurrence : CommandOutcome.NothingToAcknowledge;
        }

        if (!cell.IsStanding)
        {
            // The occurrence is over, and an occurrence only ends acknowledged.
            return CommandOutcome.AlreadyAcknowledged;
        }

        var handling = state.Configuration.Alarms[alarm].Handling;
        var isOpen = cell.Lifecycle is LifecycleState.Unacknowledged or LifecycleState.ReturnedUnacknowledged or LifecycleState.LatchedUnacknowledged;
        if (isOpen && cell.Suppression == SuppressionStates.None && (handling.IsNoteRequired || handling.IsHighlyManaged) && string.IsNullOrWhiteSpace(command.Comment))
        {
            return CommandOutcome.NoteRequired;
        }

        return lifecycle.Apply(alarm, LifecycleTrigger.Acknowledge, EventCause.Operator, command.By, OrNull(command.Comment), events);
    }

    private CommandOutcome ReturnToService(int alarm, ReturnToServiceCommand command, List<AlarmEvent> events) =>
        state.Handling[alarm].Service is not null && string.IsNullOrWhiteSpace(command.Comment)
            ? CommandOutcome.NoteRequired
            : inhibitions.EndService(alarm, EventCause.Operator, command.By, command.Comment, events);

    private static string? OrNull(string comment) => comment.Length == 0 ? null : comment;

    private static string Or(string comment, string otherwise) => comment.Length == 0 ? otherwise : comment;
}
