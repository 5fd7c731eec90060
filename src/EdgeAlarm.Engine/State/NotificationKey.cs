namespace EdgeAlarm.Engine;

/// <summary>Identity of a notification message of one source (rule R10).</summary>
/// <param name="Subscription">The server's id of the subscription.</param>
/// <param name="Sequence">Sequence number of the message; at least 1.</param>
public readonly record struct NotificationKey(uint Subscription, uint Sequence);
