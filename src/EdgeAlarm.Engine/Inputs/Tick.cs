namespace EdgeAlarm.Engine;

/// <summary>Time passed without anything else to say. Fires deadlines of alarms whose source is up.</summary>
/// <param name="At">Plant time.</param>
public sealed record Tick(PlantTime At) : Input(At);
