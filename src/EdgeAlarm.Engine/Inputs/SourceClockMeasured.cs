namespace EdgeAlarm.Engine;

/// <summary>The offset of a source's clock was measured anew; it maps SourceTime to plant time from here on.</summary>
/// <param name="At">Plant time.</param>
/// <param name="Source">Index of the source.</param>
/// <param name="Offset">Plant time minus source clock.</param>
/// <param name="Synchronised">Whether the measurement is good enough to trust SourceTime; otherwise reception time is used, flagged.</param>
public sealed record SourceClockMeasured(PlantTime At, int Source, TimeSpan Offset, bool Synchronised) : Input(At);
