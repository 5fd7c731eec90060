namespace EdgeAlarm.Gateway.Recorder;

/// <summary>An event as it lies under a flushed Commit: its key and its bytes as they go over the wire.</summary>
/// <param name="Epoch">The epoch.</param>
/// <param name="Seq">Dense from 1 within the epoch.</param>
/// <param name="Payload">UTF-8 JSON (EdgeAlarm.Wire.EventMessage).</param>
public readonly record struct StoredEvent(Guid Epoch, long Seq, ReadOnlyMemory<byte> Payload);
