namespace EdgeAlarm.Gateway.Recorder;

/// <summary>What a start found on disk, and what it is to do with it (rules R3, R5).</summary>
internal sealed record RecoveredJournal
{
    /// <summary>State to fold the tail onto; null for an engine that was told nothing.</summary>
    public Snapshot? Base { get; init; }

    /// <summary>First record of the tail.</summary>
    public long FoldFrom { get; init; }

    /// <summary>Behind the last record of the tail.</summary>
    public long FoldUntil { get; init; }

    /// <summary>The configuration under which the tail begins, where there is no snapshot.</summary>
    public string? FirstConfigurationHash { get; init; }

    /// <summary>The last commit; null for an empty journal without a snapshot.</summary>
    public Commit? LastCommit { get; init; }

    /// <summary>Behind the last commit.</summary>
    public long LastCommitEnd { get; init; }

    /// <summary>The last epoch that is known; empty if none is.</summary>
    public Guid Epoch { get; init; }

    /// <summary>Its highest seq that is known.</summary>
    public long LastSeq { get; init; }

    /// <summary>Why a new epoch has to begin; null where the old one goes on.</summary>
    public string? NewEpochReason { get; init; }

    /// <summary>Positions of inputs that were left out.</summary>
    public required HashSet<long> Skipped { get; init; }

    /// <summary>The segment to append to; null to begin one at <see cref="Position"/>.</summary>
    public SegmentHeader? Segment { get; init; }

    /// <summary>Where the next record goes.</summary>
    public long Position { get; init; }

    /// <summary>Damaged files to set aside once the tail is folded.</summary>
    public IReadOnlyList<SegmentFile> Damaged { get; init; } = [];

    /// <summary>Bytes of a torn tail that were cut off.</summary>
    public long TornBytes { get; init; }
}
