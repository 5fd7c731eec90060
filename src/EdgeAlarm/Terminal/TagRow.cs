namespace EdgeAlarm.Terminal;

/// <summary>A tag and its present value as the gateway has it.</summary>
/// <param name="Name">The tag.</param>
/// <param name="Value">The value as text.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Quality">The quality in words; empty where it is Good.</param>
internal sealed record TagRow(string Name, string Value, string Unit, string Quality);
