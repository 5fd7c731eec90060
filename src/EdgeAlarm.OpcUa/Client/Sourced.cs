namespace EdgeAlarm.OpcUa.Client;

/// <summary>A fact about a make of server and where it is known from, so that nobody has to wonder later whether it is still true.</summary>
/// <typeparam name="T">What is known.</typeparam>
/// <param name="Value">What is known.</param>
/// <param name="Source">Manual, issue thread or experiment; never empty.</param>
public readonly record struct Sourced<T>(T Value, string Source);
