using Microsoft.Extensions.Logging;

namespace EdgeAlarm.PlantSimulator;

/// <summary>What the plant server logs.</summary>
internal static partial class PlantServerMessages
{
    [LoggerMessage(EventIds.Server.Listening, LogLevel.Information, "Simulated plant on {EndpointUrl}: {TagCount} tags, scenario: {Scenario}")]
    internal static partial void Listening(ILogger logger, Uri endpointUrl, int tagCount, string scenario);

    [LoggerMessage(EventIds.Server.StepsLeftToOthers, LogLevel.Information, "{File}:{Line}: '{Step}' is not the plant's; the simulator does not play it")]
    internal static partial void LeftToOthers(ILogger logger, string file, int line, string step);

    [LoggerMessage(EventIds.Server.ConnectionRefused, LogLevel.Warning, "Simulated plant ended channel {ChannelId}: {Reason}")]
    internal static partial void ConnectionRefused(ILogger logger, uint channelId, string reason);

    [LoggerMessage(EventIds.Server.ConnectionEnded, LogLevel.Debug, "Channel {ChannelId} ended: {Reason}")]
    internal static partial void ConnectionEnded(ILogger logger, uint channelId, string reason);

    [LoggerMessage(EventIds.Server.ConnectionsCut, LogLevel.Information, "Simulated plant cut {Count} connections")]
    internal static partial void ConnectionsCut(ILogger logger, int count);

    [LoggerMessage(EventIds.Server.ClientTooSlow, LogLevel.Warning, "The client of channel {ChannelId} left {Count} answers unread and is cut off")]
    internal static partial void ClientTooSlow(ILogger logger, uint channelId, int count);
}
