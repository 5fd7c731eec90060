namespace EdgeAlarm.Engine;

/// <summary>A tag.</summary>
/// <param name="Name">Unique name.</param>
/// <param name="Source">Index of its source.</param>
/// <param name="Unit">Engineering unit; empty if none.</param>
public sealed record TagDefinition(string Name, int Source, string Unit)
{
    /// <summary>The longest silence, beyond which its alarms are not armed; zero where its value may rest for as long as it likes.</summary>
    public TimeSpan StaleAfter { get; init; }
}
