using EdgeAlarm.Engine;

namespace EdgeAlarm.Gateway.Acquisition;

/// <summary>One notification message of a subscription.</summary>
/// <param name="Subscription">The server's id of the subscription.</param>
/// <param name="Sequence">Its sequence number; 0 for a keep-alive.</param>
/// <param name="PlantTime">When its last byte was read from the socket.</param>
/// <param name="AfterRecovery">Whether it came by Republish, transfer or recreation, so that its samples may be known already (rule R10).</param>
/// <param name="Samples">Its samples in the order of the message; tags are those of the configuration.</param>
public sealed record PlcNotification(uint Subscription, uint Sequence, PlantTime PlantTime, bool AfterRecovery, ReadOnlyMemory<Sample> Samples);
