namespace EdgeAlarm.Engine;

/// <summary>A new epoch of events begins: seq starts at 1 again and a full statement of all alarm states follows (rule R5).</summary>
/// <param name="At">Plant time.</param>
/// <param name="Epoch">The new epoch, a UUIDv7.</param>
/// <param name="Previous">The epoch before, or null for the first.</param>
/// <param name="LastKnownSeq">The highest seq known of the previous epoch; 0 if none.</param>
/// <param name="Reason">Why, in words for people.</param>
/// <param name="IsUnrecorded">
/// Whether the gateway cannot record while this epoch lasts (rule R9). What the previous epoch had beyond <paramref name="LastKnownSeq"/> was let out to nobody: it is told
/// again, in the same order, right behind the statement, and occurrences that began in it are known by their new keys.
/// </param>
public sealed record EpochStarted(PlantTime At, Guid Epoch, Guid? Previous, long LastKnownSeq, string Reason, bool IsUnrecorded = false) : Input(At);
