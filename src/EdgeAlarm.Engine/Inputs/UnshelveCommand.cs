namespace EdgeAlarm.Engine;

/// <summary>An operator ends a shelving.</summary>
/// <param name="At">Plant time.</param>
/// <param name="CommandId">Identity of the command, for its answer.</param>
/// <param name="Alarm">The alarm's id.</param>
/// <param name="By">Who, as claimed.</param>
/// <param name="Comment">What the operator noted; empty if nothing.</param>
public sealed record UnshelveCommand(PlantTime At, Guid CommandId, string Alarm, string By, string Comment) : OperatorCommand(At, CommandId, Alarm, By);
