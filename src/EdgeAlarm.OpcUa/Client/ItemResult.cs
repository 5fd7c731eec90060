using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.Client;

/// <summary>What the server made of an <see cref="ItemRequest"/>.</summary>
/// <param name="Handle">Our number.</param>
/// <param name="Status">Whether it is monitored.</param>
/// <param name="Id">The server's number; 0 where it is not monitored.</param>
/// <param name="Sampling">The sampling interval that counts.</param>
/// <param name="Queue">The queue size that counts.</param>
public readonly record struct ItemResult(uint Handle, StatusCode Status, uint Id, TimeSpan Sampling, uint Queue);
