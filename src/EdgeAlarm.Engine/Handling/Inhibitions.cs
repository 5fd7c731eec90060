namespace EdgeAlarm.Engine;

/// <summary>
/// Shelvings and times out of service. Each has an owner, a reason and an end that comes by itself: in plant time or by the wall clock, whichever is first, so that no clock
/// that is set makes it longer.
/// </summary>
internal sealed class Inhibitions(EngineState state, EventSequence sequence, LifecycleFold lifecycle)
{
    /// <summary>An operator shelves an alarm.</summary>
    public CommandOutcome Shelve(int alarm, ShelveCommand command, List<AlarmEvent> events)
    {
        var handling = state.Configuration.Alarms[alarm].Handling;
        ref var cell = ref state.Handling[alarm];
        if (handling.IsHighlyManaged || handling.ShelveMax == TimeSpan.Zero)
        {
            return CommandOutcome.NotAllowed;
        }

        if (command.IsOneShot && !state.Alarms[alarm].Condition)
        {
            return CommandOutcome.NotActive;
        }

        var duration = command.For == TimeSpan.Zero ? Left(cell.Shelf, handling.ShelveMax) : command.For;
        if (Extend(cell.Shelf, duration, handling.ShelveMax, command, command.Reason, command.IsOneShot, out var shelf) is { } refusal)
        {
            return refusal;
        }

        cell.Shelf = shelf;
        state.ScheduleTimers(alarm);
        sequence.AddInhibition(events, alarm, EventKind.Shelved, shelf);
        return CommandOutcome.Accepted;
    }

    /// <summary>An alarm is taken out of service.</summary>
    public CommandOutcome RemoveFromService(int alarm, RemoveFromServiceCommand command, List<AlarmEvent> events)
    {
        var handling = state.Configuration.Alarms[alarm].Handling;
        ref var cell = ref state.Handling[alarm];
        if (handling.OutOfServiceMax == TimeSpan.Zero)
        {
            return CommandOutcome.NotAllowed;
        }

        var isApproved = !string.IsNullOrWhiteSpace(command.ApprovedBy) && !command.ApprovedBy.AsSpan().Trim().Equals(command.By.AsSpan().Trim(), StringComparison.OrdinalIgnoreCase);
        if (handling.IsHighlyManaged && !isApproved)
        {
            return CommandOutcome.SecondPersonRequired;
        }

        var reason = command.Reason.Length > 0 && command.ApprovedBy.Length > 0 ? $"{command.Reason}; approved by {command.ApprovedBy}" : command.Reason;
        if (Extend(cell.Service, command.For, handling.OutOfServiceMax, command, reason, isOneShot: false, out var service) is { } refusal)
        {
            return refusal;
        }

        cell.Service = service;
        state.ScheduleTimers(alarm);
        sequence.AddInhibition(events, alarm, EventKind.RemovedFromService, service);
        return CommandOutcome.Accepted;
    }

    /// <summary>The shelving of an alarm ends, if it is shelved.</summary>
    public CommandOutcome EndShelf(int alarm, EventCause cause, string? by, string reason, List<AlarmEvent> events)
    {
        if (state.Handling[alarm].Shelf is null)
        {
            return CommandOutcome.NotShelved;
        }

        state.Handling[alarm].Shelf = null;
        sequence.AddAlarm(events, alarm, EventKind.Unshelved, cause, by, reason);
        lifecycle.SuppressionEnded(alarm, cause, "it stood when its shelving ended", events);
        return CommandOutcome.Accepted;
    }

    /// <summary>The time out of service of an alarm ends, if it is out of service.</summary>
    public CommandOutcome EndService(int alarm, EventCause cause, string? by, string reason, List<AlarmEvent> events)
    {
        if (state.Handling[alarm].Service is null)
        {
            return CommandOutcome.NotOutOfService;
        }

        state.Handling[alarm].Service = null;
        sequence.AddAlarm(events, alarm, EventKind.ReturnedToService, cause, by, reason);
        lifecycle.SuppressionEnded(alarm, cause, "it stood when it returned to service", events);
        return CommandOutcome.Accepted;
    }

    // null where it is not refused
    private CommandOutcome? Extend(Inhibition? present, TimeSpan duration, TimeSpan max, OperatorCommand command, string reason, bool isOneShot, out Inhibition extended)
    {
        var since = present?.Since ?? state.Now;
        var until = state.Now + duration;
        extended = new(since, until, state.WallClockAt(until), isOneShot, command.By, reason);
        return string.IsNullOrWhiteSpace(reason) ? CommandOutcome.NoteRequired
            : duration <= TimeSpan.Zero || until > since + max ? CommandOutcome.BeyondLimit
            : null;
    }

    private TimeSpan Left(Inhibition? present, TimeSpan max) => present is null ? max : present.Since + max - state.Now;
}
