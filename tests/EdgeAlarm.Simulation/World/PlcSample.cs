namespace EdgeAlarm.Simulation.World;

/// <summary>A value that a tag of the plant had.</summary>
/// <param name="Tag">Index of the tag.</param>
/// <param name="Value">Its value.</param>
/// <param name="At">When, in 100 ns since the year 1, UTC.</param>
internal sealed record PlcSample(int Tag, double Value, long At);
