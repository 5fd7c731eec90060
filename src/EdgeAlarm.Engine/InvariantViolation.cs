namespace EdgeAlarm.Engine;

/// <summary>Something that must hold does not: a fault of ours, never of the plant. The pump catches it and acts by rule R8.</summary>
/// <param name="message">What was violated, with the values.</param>
public sealed class InvariantViolation(string message) : Exception(message);
