namespace EdgeAlarm.Gateway.Recorder;

/// <summary>One block of a packed segment.</summary>
/// <param name="Offset">Where its bytes begin in the file.</param>
/// <param name="Length">How many they are.</param>
internal readonly record struct PackedBlock(long Offset, int Length);
