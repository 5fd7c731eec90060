namespace EdgeAlarm.Gateway.Recorder;

/// <summary>How the recorder deals with a disk that gets full. Every limit is a multiple of the reserve, so that one number scales them all.</summary>
public sealed record SpaceOptions
{
    /// <summary>
    /// Length of the reserve file in bytes; 64 MiB by default. It is given up when nothing else makes room. Too small and what has to be written on a full disk (events of segments
    /// that go, a snapshot, the outbox's log of up to 32 MB) finds no room; too large and samples go early.
    /// </summary>
    public long ReserveLength { get; init; } = 64L * 1024 * 1024;

    /// <summary>Estimated time until the disk is full below which that is told; three days by default: a weekend and a day to act in.</summary>
    public TimeSpan ToldBefore { get; init; } = TimeSpan.FromDays(3);

    /// <summary>Bytes that are free for this process on the disk of a folder. Throws IOException or UnauthorizedAccessException where nobody knows.</summary>
    public Func<string, long> FreeBytes { get; init; } = static folder => new DriveInfo(folder).AvailableFreeSpace;
}
