namespace EdgeAlarm.Engine;

/// <summary>A notification message was taken in; its samples follow. De-duplication (rule R10) and acknowledgement to the server go by it.</summary>
/// <param name="At">Plant time at the socket read.</param>
/// <param name="Source">Index of the source.</param>
/// <param name="Subscription">The server's id of the subscription.</param>
/// <param name="Sequence">Sequence number of the message; 0 for a keep-alive.</param>
public sealed record NotificationReceived(PlantTime At, int Source, uint Subscription, uint Sequence) : Input(At);
