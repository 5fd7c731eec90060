using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Client;

namespace EdgeAlarm.Gateway.Acquisition;

/// <summary>What a failure means for the ladder.</summary>
internal static class Outcomes
{
    /// <summary>Maps a failure of a live connection.</summary>
    public static FeedEnd Of(UaClientException failed) => failed.Failure switch
    {
        UaFailure.Service when failed.Status == StatusCodes.BadSubscriptionIdInvalid || failed.Status == StatusCodes.BadNoSubscription =>
            new(LadderTrigger.SubscriptionLost, failed.Message),
        UaFailure.Transport or UaFailure.Timeout or UaFailure.Protocol or UaFailure.Service => new(LadderTrigger.Broken, failed.Message),
        UaFailure.Session => new(LadderTrigger.SessionLost, failed.Message),
        // a certificate cannot become wrong within a session: somebody tampers, or a token was lost
        UaFailure.Security => new(LadderTrigger.Broken, failed.Message),
        UaFailure.Identity or UaFailure.Endpoint => new(LadderTrigger.Refused, failed.Message),
    };

    /// <summary>Maps a failure while connecting; <paramref name="activating"/> where a kept session was to be activated, which any refusal only ends: it would be refused again.</summary>
    public static FeedEnd OfConnecting(UaClientException failed, bool activating) => failed.Failure switch
    {
        UaFailure.Service or UaFailure.Session or UaFailure.Security or UaFailure.Identity when activating => new(LadderTrigger.SessionLost, failed.Message),
        UaFailure.Session => new(LadderTrigger.SessionLost, failed.Message),
        UaFailure.Transport or UaFailure.Timeout or UaFailure.Protocol or UaFailure.Service => new(LadderTrigger.Broken, failed.Message),
        UaFailure.Security or UaFailure.Identity or UaFailure.Endpoint => new(LadderTrigger.Refused, failed.Message),
    };

    /// <summary>Maps a failure while subscriptions are moved: whatever the session survives only means that they are not.</summary>
    public static FeedEnd OfTransferring(UaClientException failed) => failed.Failure switch
    {
        UaFailure.Transport or UaFailure.Protocol => new(LadderTrigger.Broken, failed.Message),
        UaFailure.Session => new(LadderTrigger.SessionLost, failed.Message),
        UaFailure.Timeout or UaFailure.Service or UaFailure.Security or UaFailure.Identity or UaFailure.Endpoint => new(LadderTrigger.TransferRefused, failed.Message),
    };
}
