namespace EdgeAlarm.Engine;

/// <summary>An operator resets the latch of an alarm whose condition has returned and which is acknowledged.</summary>
/// <param name="At">Plant time.</param>
/// <param name="CommandId">Identity of the command, for its answer.</param>
/// <param name="Alarm">The alarm's id.</param>
/// <param name="By">Who, as claimed.</param>
/// <param name="Comment">What the operator noted; empty if nothing.</param>
public sealed record ResetCommand(PlantTime At, Guid CommandId, string Alarm, string By, string Comment) : OperatorCommand(At, CommandId, Alarm, By);
