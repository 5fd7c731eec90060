namespace EdgeAlarm.Engine;

/// <summary>A source delivers no more.</summary>
/// <param name="At">Plant time.</param>
/// <param name="Source">Index of the source.</param>
/// <param name="Reason">Why, in words for people.</param>
public sealed record SourceDown(PlantTime At, int Source, string Reason) : Input(At);
