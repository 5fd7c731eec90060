namespace EdgeAlarm.Engine.Tests.Properties;

/// <summary>A property that does not hold of a random story.</summary>
internal sealed class PropertyBroken(string message) : Exception(message);
