namespace EdgeAlarm.Engine.Tests.Properties;

/// <summary>A step of a story: another configuration takes effect, as the gateway's fold does it.</summary>
internal sealed record Reloaded(PlantTime At, AlarmConfiguration Configuration)
{
    /// <summary>The step for people, with the alarms of the new list.</summary>
    public override string ToString() => $"Reloaded at {At.Ticks}\n  {string.Join("\n  ", Configuration.Alarms)}";
}
