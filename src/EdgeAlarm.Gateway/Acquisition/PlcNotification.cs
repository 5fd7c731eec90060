using EdgeAlarm.Engine;
using EdgeAlarm.OpcUa.Buffers;

namespace EdgeAlarm.Gateway.Acquisition;

/// <summary>
/// One notification message of a subscription. It is handed over: its owner reads the samples, and disposes it once nobody reads them any more, so that their memory
/// serves a later message.
/// </summary>
/// <param name="Subscription">The server's id of the subscription.</param>
/// <param name="Sequence">Its sequence number; 0 for a keep-alive.</param>
/// <param name="PlantTime">When its last byte was read from the socket.</param>
/// <param name="AfterRecovery">Whether it came by Republish, transfer or recreation, so that its samples may be known already (rule R10).</param>
/// <param name="Samples">Its samples; tags are those of the configuration.</param>
public sealed record PlcNotification(uint Subscription, uint Sequence, PlantTime PlantTime, bool AfterRecovery, ReadOnlyMemory<Sample> Samples) : IDisposable
{
    /// <summary>Whether the server said with it that more messages wait: it is part of a burst.</summary>
    internal bool HasMore { get; init; }

    /// <summary>The memory of the samples, where it is lent.</summary>
    internal Lease<Sample>? Lease { get; init; }

    /// <summary>Gives the samples' memory back. Once more does nothing.</summary>
    public void Dispose() => Lease?.Dispose();
}
