using EdgeAlarm.Gateway.Recorder;

namespace EdgeAlarm.Composition;

/// <summary>The space on the recorder's disk.</summary>
/// <param name="FreeBytes">Bytes that are free.</param>
/// <param name="RecordingBytes">Bytes of the recording.</param>
/// <param name="SecondsToFull">When nothing is free if all goes on as in the last hours; null where it never is, or too little was seen.</param>
/// <param name="Reserve">Whether the reserve is held.</param>
/// <param name="ShedBytes">Bytes that went since the start for want of space.</param>
/// <param name="Text">The same in words.</param>
internal sealed record StatusDisk(long FreeBytes, long RecordingBytes, double? SecondsToFull, bool Reserve, long ShedBytes, string Text)
{
    /// <summary>Puts it together.</summary>
    public static StatusDisk Of(SpaceState space) => new(
        space.FreeBytes,
        space.RecordingBytes,
        space.TimeToFull?.TotalSeconds,
        space.IsReserveHeld,
        space.ShedBytes,
        $"{SpaceWords.Of(space)}; the recording has {SpaceWords.Bytes(space.RecordingBytes)}"
        + (space.ShedBytes > 0 ? $", {SpaceWords.Bytes(space.ShedBytes)} WENT EARLY for want of space" : "")
        + (space.IsReserveHeld ? "" : ", NO RESERVE is held"));
}
