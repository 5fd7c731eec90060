namespace EdgeAlarm.Engine;

/// <summary>What the server answered when the tag was to be monitored. Anything but Good leaves the tag's alarms not armed.</summary>
/// <param name="At">Plant time.</param>
/// <param name="Tag">Index of the tag.</param>
/// <param name="Result">The server's StatusCode for this item.</param>
public sealed record TagMonitored(PlantTime At, int Tag, Quality Result) : Input(At);
