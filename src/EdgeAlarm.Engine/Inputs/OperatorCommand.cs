namespace EdgeAlarm.Engine;

/// <summary>Something that a person does with an alarm. It is answered with a <see cref="CommandOutcome"/>, and recorded whatever the answer is.</summary>
/// <param name="At">Plant time.</param>
/// <param name="CommandId">Identity of the command, for its answer.</param>
/// <param name="Alarm">The alarm's id.</param>
/// <param name="By">Who, as claimed.</param>
public abstract record OperatorCommand(PlantTime At, Guid CommandId, string Alarm, string By) : Input(At);
