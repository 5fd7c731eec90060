namespace EdgeAlarm.Terminal;

/// <summary>One link of the chain.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsSound">Whether it does its work now.</param>
/// <param name="Text">The figures that prove it, or what is wrong.</param>
internal sealed record LinkRow(string Name, bool IsSound, string Text);
