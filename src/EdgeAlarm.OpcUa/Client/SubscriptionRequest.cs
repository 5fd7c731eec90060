namespace EdgeAlarm.OpcUa.Client;

/// <summary>What to ask of a subscription.</summary>
/// <param name="PublishingInterval">How often queued changes are sent.</param>
/// <param name="KeepAliveEvery">Longest silence before an empty message; 1 s or more. Longer finds a dead subscription later, shorter costs traffic.</param>
/// <param name="Lifetime">How long the server keeps the subscription without any Publish request; at least three times <paramref name="KeepAliveEvery"/>.</param>
public sealed record SubscriptionRequest(TimeSpan PublishingInterval, TimeSpan KeepAliveEvery, TimeSpan Lifetime);
