using EdgeAlarm.Engine;

namespace EdgeAlarm.Gateway.Alarming;

/// <summary>A tag at one moment.</summary>
/// <param name="Definition">Its definition.</param>
/// <param name="Last">Its last sample; null if it never had one.</param>
public sealed record TagState(TagDefinition Definition, Sample? Last);
