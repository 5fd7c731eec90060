namespace EdgeAlarm.Gateway.Recorder;

/// <summary>How the journal writes.</summary>
public sealed record JournalOptions
{
    /// <summary>
    /// Size in bytes at which a new segment begins; 64 KiB to 1 GiB, 64 MiB by default. Retention goes by whole segments, so a large one keeps samples longer than
    /// asked; a small one makes many files.
    /// </summary>
    public long SegmentSizeMax { get; init; } = 64L * 1024 * 1024;

    /// <summary>Age in plant time at which a new segment begins; 1 h by default.</summary>
    public TimeSpan SegmentAgeMax { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Whether sealed segments are packed; true by default. Packed they take a fraction of the space; a damaged byte in one then costs the turns of 64 KiB instead of one.</summary>
    public bool PacksSealed { get; init; } = true;

    /// <summary>
    /// Bytes that may wait for a flush; 8 MiB by default. Above it the pump waits, and with it, through the inbox, the Publish requests to the PLCs. Too small and a slow
    /// disk throttles bursts; too large and more is at stake in a power cut, though never anything that had an effect.
    /// </summary>
    public int BufferCapacityMax { get; init; } = 8 * 1024 * 1024;
}
