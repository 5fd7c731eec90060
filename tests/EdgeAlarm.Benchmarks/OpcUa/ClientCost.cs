namespace EdgeAlarm.Benchmarks.OpcUa;

/// <summary>What a client process says of itself, all but <paramref name="ConnectSeconds"/> of the measured time.</summary>
/// <param name="Values">Values that came.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="CpuSeconds">User and system time of the process, from the operating system.</param>
/// <param name="ConnectSeconds">From a cold start of the client's code until all items exist, the search for endpoints included.</param>
/// <param name="PeakBytes">Largest resident size since the process started.</param>
/// <param name="Messages">Notification messages that came; ours only.</param>
/// <param name="AllocatedBytes">What was allocated; ours only.</param>
internal sealed record ClientCost(long Values, double Seconds, double CpuSeconds, double ConnectSeconds, long PeakBytes, long Messages = 0, long AllocatedBytes = 0)
{
    /// <summary>The figure by which clients are compared.</summary>
    public double CpuPerMillion() => CpuSeconds / Values * 1e6;

    /// <summary>Per cent of one core.</summary>
    public double CpuShare() => CpuSeconds / Seconds * 100;
}
