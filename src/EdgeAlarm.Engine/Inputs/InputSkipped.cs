namespace EdgeAlarm.Engine;

/// <summary>An input whose fold failed twice is left out from here on; the alarms of its tag are not armed (rule R8).</summary>
/// <param name="At">Plant time.</param>
/// <param name="Position">Journal position of the poison input.</param>
/// <param name="Tag">The tag it belongs to, or null where it belongs to none.</param>
/// <param name="Reason">The failure, in words for people.</param>
public sealed record InputSkipped(PlantTime At, long Position, int? Tag, string Reason) : Input(At);
