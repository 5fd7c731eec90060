using EdgeAlarm.Gateway.Configuration;

namespace EdgeAlarm.Gateway.Acquisition;

/// <summary>A tag to be acquired from a PLC.</summary>
/// <param name="Index">Index of the tag in the configuration in force; not negative.</param>
/// <param name="Name">Its name, for messages.</param>
/// <param name="Address">NodeId by namespace URI, <c>nsu=&lt;uri&gt;;s=...</c>: an index may name another variable after a restart of the server. Then the way into its value.</param>
/// <param name="Sampling">Sampling interval to ask for; 0 is as fast as the server can.</param>
/// <param name="Unit">Engineering unit of the configuration; empty where it has none.</param>
/// <param name="Range">Range of the configuration; null where it has none.</param>
public sealed record PlcTag(int Index, string Name, string Address, TimeSpan Sampling, string Unit = "", (double Low, double High)? Range = null)
{
    /// <summary>The shortest pulse that an alarm of this tag must not miss; null where none says.</summary>
    public PulseDemand? ShortestPulse { get; init; }
}
