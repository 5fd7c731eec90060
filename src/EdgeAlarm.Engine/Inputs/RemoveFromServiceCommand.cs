namespace EdgeAlarm.Engine;

/// <summary>An alarm is taken out of service for maintenance, or for longer; whoever does it owns that until it is in service again.</summary>
/// <param name="At">Plant time.</param>
/// <param name="CommandId">Identity of the command, for its answer.</param>
/// <param name="Alarm">The alarm's id.</param>
/// <param name="For">For how long from now; above zero. Then it returns to service by itself.</param>
/// <param name="By">The owner, as claimed.</param>
/// <param name="Reason">Why, with the number of the permit; never empty.</param>
/// <param name="ApprovedBy">The second person, whom highly managed alarms need; empty if none.</param>
public sealed record RemoveFromServiceCommand(PlantTime At, Guid CommandId, string Alarm, TimeSpan For, string By, string Reason, string ApprovedBy)
    : OperatorCommand(At, CommandId, Alarm, By);
