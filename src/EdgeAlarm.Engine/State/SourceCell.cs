namespace EdgeAlarm.Engine;

/// <summary>What the engine knows of one source.</summary>
internal struct SourceCell
{
    /// <summary>Whether it delivers.</summary>
    public bool IsUp;

    /// <summary>What was told about it being armed.</summary>
    public AnnouncedSource Announced;

    /// <summary>Why it is down, in words; null while up or before the first word.</summary>
    public string? DownReason;

    /// <summary>When tags without a sample are told of; <see cref="PlantTime.Never"/> if nothing is awaited.</summary>
    public PlantTime FirstSamplesDue;

    /// <summary>Whether the offset of its clock was ever measured.</summary>
    public bool IsMeasured;

    /// <summary>Whether that measurement is to be trusted.</summary>
    public bool IsSynchronised;

    /// <summary>Plant time minus source clock.</summary>
    public TimeSpan Offset;

    /// <summary>Whether it delivers nothing, or has had no time yet to bring the first sample of each tag.</summary>
    public readonly bool IsAway => !IsUp || FirstSamplesDue != PlantTime.Never;
}
