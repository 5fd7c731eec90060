namespace EdgeAlarm.Gateway.Recorder;

/// <summary>Where a tag occurs in a segment.</summary>
/// <param name="Tag">Index of the tag in the segment's configuration.</param>
/// <param name="Samples">How many samples.</param>
/// <param name="First">Position of the first record that has one.</param>
/// <param name="Last">Position of the last record that has one.</param>
public readonly record struct TagRange(int Tag, long Samples, long First, long Last);
