namespace EdgeAlarm.Gateway.Outbox;

/// <summary>An event that the broker would never take, kept for people; a loss marker went in its place.</summary>
/// <param name="Epoch">Its epoch.</param>
/// <param name="Seq">Its seq.</param>
/// <param name="Reason">Why it was refused.</param>
/// <param name="Payload">Its bytes.</param>
public sealed record ParkedEvent(Guid Epoch, long Seq, string Reason, ReadOnlyMemory<byte> Payload);
