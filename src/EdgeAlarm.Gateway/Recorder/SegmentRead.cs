namespace EdgeAlarm.Gateway.Recorder;

/// <summary>What the reader of a segment met.</summary>
internal enum SegmentRead
{
    /// <summary>A record.</summary>
    Record,

    /// <summary>The end of the file, or the footer.</summary>
    End,

    /// <summary>Bytes that are no record: a torn tail, or damage.</summary>
    Broken,
}
