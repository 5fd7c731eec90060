namespace EdgeAlarm.PlantSimulator.Server;

/// <summary>What the server revises requests to and where it refuses them. The defaults are those of a roomy PC-based server; a small PLC is played by lowering them.</summary>
public sealed record PlantServerLimits
{
    /// <summary>Shortest publishing interval; default 50 ms.</summary>
    public TimeSpan PublishingIntervalMin { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Longest publishing interval; default one hour.</summary>
    public TimeSpan PublishingIntervalMax { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Shortest sampling interval; default 10 ms. A request of 0 gets this one.</summary>
    public TimeSpan SamplingIntervalMin { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>Longest queue of a monitored item; default 5,000. Lower it to see overflows.</summary>
    public int QueueSizeMax { get; init; } = 5_000;

    /// <summary>Longest lifetime of a subscription; default one hour.</summary>
    public TimeSpan SubscriptionLifetimeMax { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Most subscriptions of a session; default 50. More are refused with BadTooManySubscriptions.</summary>
    public int SubscriptionsPerSessionMax { get; init; } = 50;

    /// <summary>Most waiting Publish requests of a session; default 20. One more and the oldest is answered with BadTooManyPublishRequests.</summary>
    public int PublishRequestsPerSessionMax { get; init; } = 20;

    /// <summary>Unacknowledged messages kept for Republish; default 100. The standard asks for twice <see cref="PublishRequestsPerSessionMax"/> (OPC 10000-4 §5.14.1.1); small servers keep none, which is 0.</summary>
    public int RetransmissionMax { get; init; } = 100;

    /// <summary>Most notifications in one message, whatever the client allows; default 10,000.</summary>
    public int NotificationsPerMessageMax { get; init; } = 10_000;

    /// <summary>Most monitored items of a subscription; default 200,000.</summary>
    public int MonitoredItemsPerSubscriptionMax { get; init; } = 200_000;

    /// <summary>Most operations in one Read, Browse, CreateMonitoredItems ... request; default 10,000. More are refused with BadTooManyOperations.</summary>
    public int OperationsPerRequestMax { get; init; } = 10_000;

    /// <summary>Most references in one Browse result; default 1,000. The rest comes by BrowseNext.</summary>
    public int ReferencesPerBrowseMax { get; init; } = 1_000;

    /// <summary>Most unfinished Browse results, and as many of HistoryRead, of a session; default 10.</summary>
    public int ContinuationPointsPerSessionMax { get; init; } = 10;

    /// <summary>Most values of a node in one HistoryRead; default 1,000. The rest comes by continuation points.</summary>
    public int HistoryValuesPerReadMax { get; init; } = 1_000;

    /// <summary>Most sessions; default 50.</summary>
    public int SessionsMax { get; init; } = 50;

    /// <summary>Shortest session timeout; default one second.</summary>
    public TimeSpan SessionTimeoutMin { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest session timeout; default one hour.</summary>
    public TimeSpan SessionTimeoutMax { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Most connections at a time; default 100. More are closed as soon as they come.</summary>
    public int ConnectionsMax { get; init; } = 100;

    /// <summary>Longest lifetime of a channel's token; default one hour. Shorten it to see renewals.</summary>
    public TimeSpan TokenLifetimeMax { get; init; } = TimeSpan.FromHours(1);
}
