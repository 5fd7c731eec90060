namespace EdgeAlarm.Composition;

/// <summary>Tags that the server does not monitor for one reason: how many they are, and the first of them by name.</summary>
internal sealed record StatusNotMonitored(string Status, int Count, IReadOnlyList<string> Tags);
