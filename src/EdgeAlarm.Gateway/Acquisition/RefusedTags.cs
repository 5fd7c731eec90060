namespace EdgeAlarm.Gateway.Acquisition;

/// <summary>The tags of a source without an item in a subscription that exists, for one reason.</summary>
/// <param name="Status">The code that says why.</param>
/// <param name="Count">How many they are.</param>
/// <param name="Tags">The names of the first twenty.</param>
public sealed record RefusedTags(string Status, int Count, IReadOnlyList<string> Tags);
