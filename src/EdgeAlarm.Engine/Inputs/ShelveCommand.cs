namespace EdgeAlarm.Engine;

/// <summary>An operator shelves an alarm, or shelves it for longer.</summary>
/// <param name="At">Plant time.</param>
/// <param name="CommandId">Identity of the command, for its answer.</param>
/// <param name="Alarm">The alarm's id.</param>
/// <param name="For">For how long from now; zero for as long as the alarm's class allows. Above the limit, all extensions counted, it is refused.</param>
/// <param name="IsOneShot">Whether it ends already when the condition, which must stand now, returns.</param>
/// <param name="By">Who, as claimed.</param>
/// <param name="Reason">Why; never empty.</param>
public sealed record ShelveCommand(PlantTime At, Guid CommandId, string Alarm, TimeSpan For, bool IsOneShot, string By, string Reason)
    : OperatorCommand(At, CommandId, Alarm, By);
