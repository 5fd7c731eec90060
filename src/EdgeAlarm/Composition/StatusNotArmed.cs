namespace EdgeAlarm.Composition;

/// <summary>Alarms that could not fire now for one reason: how many they are, and the first of them by name.</summary>
internal sealed record StatusNotArmed(string Reason, int Count, IReadOnlyList<string> Alarms);
