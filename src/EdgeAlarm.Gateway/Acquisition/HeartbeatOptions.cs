namespace EdgeAlarm.Gateway.Acquisition;

/// <summary>The one thing that the gateway ever writes to a PLC, and only where it is asked to: a counter, so that the control room sees when the gateway is gone.</summary>
/// <param name="Address">The variable, by namespace URI.</param>
/// <param name="Every">How often it is written; 1 s to 1 min.</param>
public sealed record HeartbeatOptions(string Address, TimeSpan Every);
