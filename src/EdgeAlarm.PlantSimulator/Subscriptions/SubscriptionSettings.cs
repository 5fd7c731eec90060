namespace EdgeAlarm.PlantSimulator.Subscriptions;

/// <summary>The revised settings of a subscription (OPC 10000-4 §5.14.2).</summary>
/// <param name="PublishingTicks">Time between two publishing cycles.</param>
/// <param name="LifetimeCount">Cycles without a Publish request after which it is deleted; at least three times the keep-alive count.</param>
/// <param name="KeepAliveCount">Cycles without a notification after which it sends an empty message.</param>
/// <param name="NotificationsMax">Most notifications in a message.</param>
/// <param name="Priority">The higher one is served first when Publish requests are short.</param>
internal readonly record struct SubscriptionSettings(long PublishingTicks, uint LifetimeCount, uint KeepAliveCount, int NotificationsMax, byte Priority);
