namespace EdgeAlarm.Gateway.Configuration;

/// <summary>A pulse that must never be missed, as the master alarm list says.</summary>
/// <param name="Alarm">The alarm that says so.</param>
/// <param name="Length">How long the pulse is at least; more than 0.</param>
public sealed record PulseDemand(string Alarm, TimeSpan Length);
