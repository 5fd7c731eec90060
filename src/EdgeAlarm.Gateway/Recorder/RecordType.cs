namespace EdgeAlarm.Gateway.Recorder;

/// <summary>The types of record in a segment. The numbers are on disk: they are never given anew.</summary>
public enum RecordType : byte
{
    /// <summary>A notification message with its samples: one record, so that no crash can keep the one without the other.</summary>
    Notification = 1,

    /// <summary>Input Tick.</summary>
    Tick = 2,

    /// <summary>Input SourceUp.</summary>
    SourceUp = 3,

    /// <summary>Input SourceDown.</summary>
    SourceDown = 4,

    /// <summary>Input SourceClockMeasured.</summary>
    SourceClockMeasured = 5,

    /// <summary>Input TagMonitored.</summary>
    TagMonitored = 6,

    /// <summary>Input GapFound.</summary>
    GapFound = 7,

    /// <summary>Input AcknowledgeCommand.</summary>
    AcknowledgeCommand = 8,

    /// <summary>Input ConfigurationChanged.</summary>
    ConfigurationChanged = 9,

    /// <summary>Input EpochStarted.</summary>
    EpochStarted = 10,

    /// <summary>Input GatewayStarted.</summary>
    GatewayStarted = 11,

    /// <summary>Input ClockStepped.</summary>
    ClockStepped = 12,

    /// <summary>Input InputSkipped.</summary>
    InputSkipped = 13,

    /// <summary>Input SystemConditionChanged.</summary>
    SystemConditionChanged = 14,

    /// <summary>Input ReplayMismatched.</summary>
    ReplayMismatched = 15,

    /// <summary>Input ResetCommand.</summary>
    ResetCommand = 16,

    /// <summary>Input ShelveCommand.</summary>
    ShelveCommand = 17,

    /// <summary>Input UnshelveCommand.</summary>
    UnshelveCommand = 18,

    /// <summary>Input RemoveFromServiceCommand.</summary>
    RemoveFromServiceCommand = 19,

    /// <summary>Input ReturnToServiceCommand.</summary>
    ReturnToServiceCommand = 20,

    /// <summary>An event: epoch, seq, bytes as they go over the wire.</summary>
    Event = 64,

    /// <summary>The end of a turn: everything before it is a fact once this is flushed.</summary>
    Commit = 65,

    /// <summary>Index of a sealed segment; nothing follows it.</summary>
    Footer = 66,

    /// <summary>Everything before it was flushed: what one flush writes begins with it.</summary>
    FlushMark = 67,
}
