namespace EdgeAlarm.Engine;

/// <summary>
/// A reading of some wall clock (the PLC's, the OPC UA server's, the gateway's) in 100 ns ticks of UTC. Which clock is said by the
/// name of the member that holds it: SourceTime, ServerTime or ReceivedAt. It may step, drift or be missing.
/// </summary>
/// <param name="Ticks">100 ns ticks since 0001-01-01T00:00:00Z; 0 where the sender gave none.</param>
public readonly record struct UtcTime(long Ticks)
{
    /// <summary>The sender gave no time.</summary>
    public static readonly UtcTime Missing;

    /// <summary>Whether the sender gave no time.</summary>
    public bool IsMissing => Ticks == 0;
}
