namespace EdgeAlarm.Gateway.Configuration;

/// <summary>The counter that the gateway writes to a PLC.</summary>
/// <param name="Node">The variable, by namespace URI.</param>
/// <param name="Every">How often; 1 s to 1 min.</param>
public sealed record HeartbeatSettings(string Node, TimeSpan Every);
