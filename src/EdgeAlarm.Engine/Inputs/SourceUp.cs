namespace EdgeAlarm.Engine;

/// <summary>A source delivers: its subscription is running.</summary>
/// <param name="At">Plant time.</param>
/// <param name="Source">Index of the source.</param>
/// <param name="How">How it came up.</param>
public sealed record SourceUp(PlantTime At, int Source, SourceRecovery How) : Input(At);
