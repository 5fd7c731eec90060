using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Services;

namespace EdgeAlarm.PlantSimulator.Subscriptions;

/// <summary>An answer to a Publish request that waited, for the connection of its channel to send.</summary>
/// <param name="ChannelId">The channel.</param>
/// <param name="RequestId">The request's id on the channel.</param>
/// <param name="RequestHandle">The client's handle of the request.</param>
/// <param name="Response">The answer; null where it is a fault.</param>
/// <param name="Fault">Why there is no answer; Good where there is.</param>
internal readonly record struct PublishReply(uint ChannelId, uint RequestId, uint RequestHandle, PublishResponse? Response, StatusCode Fault);
