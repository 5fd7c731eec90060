using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.PlantSimulator.Sessions;

/// <summary>A Publish request that waits for something to say.</summary>
/// <param name="ChannelId">The channel it came on, and its answer goes to.</param>
/// <param name="RequestId">Its id on the channel.</param>
/// <param name="RequestHandle">The client's handle.</param>
/// <param name="ExpiresAt">When its timeout hint is over; <see cref="long.MaxValue"/> without one.</param>
/// <param name="Results">What its acknowledgements came to.</param>
internal sealed record WaitingPublish(uint ChannelId, uint RequestId, uint RequestHandle, long ExpiresAt, StatusCode[] Results);
