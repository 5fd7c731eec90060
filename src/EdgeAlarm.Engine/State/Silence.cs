namespace EdgeAlarm.Engine;

/// <summary>How it stands with the longest silence that a tag may keep.</summary>
internal enum Silence : byte
{
    /// <summary>It may rest for as long as it likes.</summary>
    Unlimited,

    /// <summary>Nothing counts: its source is away, or no sample came yet.</summary>
    Waiting,

    /// <summary>It may be silent until <see cref="TagCell.StaleDue"/>.</summary>
    Counting,

    /// <summary>It has been silent for too long: its value says nothing any more.</summary>
    Stale,
}
