namespace EdgeAlarm.Engine;

/// <summary>An operator acknowledges an occurrence.</summary>
/// <param name="At">Plant time.</param>
/// <param name="CommandId">Identity of the command, for its answer.</param>
/// <param name="Alarm">The alarm's id.</param>
/// <param name="Occurrence">Which occurrence the operator saw; an older one than the present is refused.</param>
/// <param name="By">Who, as claimed.</param>
/// <param name="Comment">What the operator noted; empty if nothing.</param>
public sealed record AcknowledgeCommand(PlantTime At, Guid CommandId, string Alarm, OccurrenceId Occurrence, string By, string Comment)
    : OperatorCommand(At, CommandId, Alarm, By);
