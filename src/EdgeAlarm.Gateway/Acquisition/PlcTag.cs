using EdgeAlarm.Gateway.Configuration;

namespace EdgeAlarm.Gateway.Acquisition;

/// <summary>A tag to be acquired from a PLC.</summary>
/// <param name="Index">Index of the tag in the configuration in force; not negative.</param>
/// <param name="Name">Its name, for messages.</param>
/// <param name="Address">NodeId by namespace URI, <c>nsu=&lt;uri&gt;;s=...</c>: an index may name another variable after a restart of the server.</param>
/// <param name="Sampling">Sampling interval to ask for; 0 is as fast as the server can.</param>
public sealed record PlcTag(int Index, string Name, string Address, TimeSpan Sampling)
{
    /// <summary>The shortest pulse that an alarm of this tag must not miss; null where none says.</summary>
    public PulseDemand? ShortestPulse { get; init; }
}
