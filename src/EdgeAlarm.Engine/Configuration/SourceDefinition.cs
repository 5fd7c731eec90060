namespace EdgeAlarm.Engine;

/// <summary>A PLC.</summary>
/// <param name="Name">Unique name from the settings.</param>
public sealed record SourceDefinition(string Name);
