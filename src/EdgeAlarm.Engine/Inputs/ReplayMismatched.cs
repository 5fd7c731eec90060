namespace EdgeAlarm.Engine;

/// <summary>A later build folds recorded inputs to other events than were recorded; the recorded ones stand (rule R3).</summary>
/// <param name="At">Plant time.</param>
/// <param name="FirstSeq">The first event that differs.</param>
/// <param name="Detail">Words for people.</param>
public sealed record ReplayMismatched(PlantTime At, long FirstSeq, string Detail) : Input(At);
