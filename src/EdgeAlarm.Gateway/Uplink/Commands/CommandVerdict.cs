namespace EdgeAlarm.Gateway.Uplink.Commands;

/// <summary>A command that is refused.</summary>
/// <param name="Refusal">Why.</param>
/// <param name="Detail">The same in words: the value, what is allowed, the next step.</param>
internal sealed record CommandVerdict(CommandRefusal Refusal, string Detail);
