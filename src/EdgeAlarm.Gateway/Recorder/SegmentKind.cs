namespace EdgeAlarm.Gateway.Recorder;

/// <summary>What a segment file holds.</summary>
public enum SegmentKind : byte
{
    /// <summary>The flight recorder: inputs, events, commits.</summary>
    Journal,

    /// <summary>Only the events of a segment that went.</summary>
    Events,
}
