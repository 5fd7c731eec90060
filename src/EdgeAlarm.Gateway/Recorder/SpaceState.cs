namespace EdgeAlarm.Gateway.Recorder;

/// <summary>The space on the recorder's disk at the last look, at most a minute old while the gateway runs.</summary>
/// <param name="FreeBytes">Bytes that are free.</param>
/// <param name="RecordingBytes">Bytes of the segments with samples.</param>
/// <param name="TimeToFull">When nothing is free if all goes on as in the last hours; null where it never is, or too little was seen.</param>
/// <param name="IsReserveHeld">Whether the reserve file is there.</param>
/// <param name="ShedBytes">Bytes that went since the start because the disk got full.</param>
public sealed record SpaceState(long FreeBytes, long RecordingBytes, TimeSpan? TimeToFull, bool IsReserveHeld, long ShedBytes);
