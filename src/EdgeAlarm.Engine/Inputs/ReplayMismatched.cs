namespace EdgeAlarm.Engine;

/// <summary>A later build folds recorded inputs to other events than were recorded; the recorded ones stand (rule R3).</summary>
/// <param name="At">Plant time.</param>
/// <param name="FirstSeq">The first event that differs.</param>
/// <param name="Detail">Words for people.</param>
/// <param name="NextSeq">The recorded events end at the seq before this one: the sequence goes on here, so that no seq is ever given twice. 0 leaves it as it is.</param>
public sealed record ReplayMismatched(PlantTime At, long FirstSeq, string Detail, long NextSeq = 0) : Input(At);
