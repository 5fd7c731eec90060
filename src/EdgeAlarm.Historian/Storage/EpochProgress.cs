namespace EdgeAlarm.Historian.Storage;

/// <summary>The watermark of one epoch.</summary>
/// <param name="Gateway"><c>{site}/{gateway}</c>.</param>
/// <param name="Epoch">The epoch.</param>
/// <param name="Ordinal">Age of the epoch among those of its gateway: the highest is the present one.</param>
/// <param name="Through">Every seq up to and including this one is committed, or recorded as lost; 0 if none.</param>
public sealed record EpochProgress(string Gateway, Guid Epoch, long Ordinal, long Through)
{
    /// <summary>SHA-256, in lower-case hexadecimal, of the event at <see cref="Through"/>; empty where there is none, and where nobody asked.</summary>
    public string Hash { get; init; } = "";

    /// <summary>Whether events of it came twice with different content.</summary>
    public bool HasConflict { get; init; }
}
