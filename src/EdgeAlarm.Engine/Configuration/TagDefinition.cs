namespace EdgeAlarm.Engine;

/// <summary>A tag.</summary>
/// <param name="Name">Unique name.</param>
/// <param name="Source">Index of its source.</param>
/// <param name="Unit">Engineering unit; empty if none.</param>
public sealed record TagDefinition(string Name, int Source, string Unit);
