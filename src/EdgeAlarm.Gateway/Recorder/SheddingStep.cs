namespace EdgeAlarm.Gateway.Recorder;

/// <summary>What goes when the disk gets full, in this order.</summary>
internal enum SheddingStep
{
    /// <summary>The oldest segment with samples; its events stay, as an event segment.</summary>
    Samples,

    /// <summary>The oldest event segment that the centre has receipted, though it is not thirty days old.</summary>
    ReceiptedEvents,

    /// <summary>The reserve file.</summary>
    Reserve,

    /// <summary>The oldest event segment that nobody has receipted: with a loss record.</summary>
    UnreceiptedEvents,
}
