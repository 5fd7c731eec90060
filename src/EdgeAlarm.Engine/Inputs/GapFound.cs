namespace EdgeAlarm.Engine;

/// <summary>Samples were truly lost, or may have been, in an interval (the gap ledger).</summary>
/// <param name="At">Plant time at which the gap was closed.</param>
/// <param name="Source">Index of the source.</param>
/// <param name="Tag">Index of the tag, or null for every tag of the source.</param>
/// <param name="Start">Last moment that is known to have been seen.</param>
/// <param name="End">First moment that is seen again.</param>
/// <param name="Cause">Why.</param>
public sealed record GapFound(PlantTime At, int Source, int? Tag, PlantTime Start, PlantTime End, GapCause Cause) : Input(At);
