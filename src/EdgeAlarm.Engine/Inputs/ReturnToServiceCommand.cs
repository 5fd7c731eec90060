namespace EdgeAlarm.Engine;

/// <summary>An alarm is put in service again.</summary>
/// <param name="At">Plant time.</param>
/// <param name="CommandId">Identity of the command, for its answer.</param>
/// <param name="Alarm">The alarm's id.</param>
/// <param name="By">Who, as claimed.</param>
/// <param name="Comment">How it was proved that the alarm works; never empty.</param>
public sealed record ReturnToServiceCommand(PlantTime At, Guid CommandId, string Alarm, string By, string Comment) : OperatorCommand(At, CommandId, Alarm, By);
