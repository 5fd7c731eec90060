namespace EdgeAlarm.Engine.Tests.Properties;

/// <summary>A step of a story: the process ends, and another goes on from the snapshot.</summary>
internal sealed record Restarted;
