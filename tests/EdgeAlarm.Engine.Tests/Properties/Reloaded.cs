namespace EdgeAlarm.Engine.Tests.Properties;

/// <summary>A step of a story: another configuration takes effect, as the gateway's fold does it.</summary>
internal sealed record Reloaded(PlantTime At, AlarmConfiguration Configuration);
