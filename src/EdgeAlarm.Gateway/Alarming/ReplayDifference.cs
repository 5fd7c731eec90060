namespace EdgeAlarm.Gateway.Alarming;

/// <summary>A recorded event that the fold of the recorded inputs does not give again.</summary>
/// <param name="Position">Position of the commit of its turn.</param>
/// <param name="Seq">Its seq.</param>
/// <param name="Recorded">What was recorded; null where nothing was.</param>
/// <param name="Derived">What the fold gives; null where it gives nothing.</param>
public sealed record ReplayDifference(long Position, long Seq, string? Recorded, string? Derived);
