using EdgeAlarm.Wire;

namespace EdgeAlarm.Gateway.Configuration;

/// <summary>Somebody at the centre who may send commands over MQTT, usually a SCADA system.</summary>
/// <param name="Name">The last level of its topic, which the broker's access list lets only it write.</param>
/// <param name="Rights">What it may ask for; at least one.</param>
public sealed record CommandPrincipal(string Name, IReadOnlySet<CommandVerb> Rights);
