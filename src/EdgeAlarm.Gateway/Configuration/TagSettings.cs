namespace EdgeAlarm.Gateway.Configuration;

/// <summary>A row of tags.csv as far as acquisition needs it; its index is that of the engine's tag.</summary>
/// <param name="Name">Unique name.</param>
/// <param name="Source">Index of the source.</param>
/// <param name="NodeId">Address by namespace URI, <c>nsu=&lt;uri&gt;;s=...</c>; a <see cref="TagAddress"/>.</param>
/// <param name="Sampling">Sampling interval to ask for.</param>
/// <param name="Unit">Engineering unit; empty where the table gives none.</param>
/// <param name="Range">Range; null where the table gives none.</param>
public sealed record TagSettings(string Name, int Source, string NodeId, TimeSpan Sampling, string Unit = "", (double Low, double High)? Range = null)
{
    /// <summary>1-based line in tags.csv.</summary>
    public int Line { get; init; }

    /// <summary>The shortest pulse that an alarm of this tag must not miss; null where none says.</summary>
    public PulseDemand? ShortestPulse { get; init; }
}
