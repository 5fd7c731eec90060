namespace EdgeAlarm.Gateway.Uplink.Commands;

/// <summary>A command as it came from the broker.</summary>
/// <param name="Principal">Who sent it, by its topic.</param>
/// <param name="IsRetained">Whether the sender had it retained.</param>
/// <param name="Payload">Its bytes, our own copy.</param>
internal sealed record ArrivedCommand(string Principal, bool IsRetained, byte[] Payload);
