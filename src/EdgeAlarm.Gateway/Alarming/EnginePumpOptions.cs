using EdgeAlarm.Gateway.Configuration;
using EdgeAlarm.Gateway.Recorder;

namespace EdgeAlarm.Gateway.Alarming;

/// <summary>What the pump needs to start.</summary>
public sealed record EnginePumpOptions
{
    /// <summary>The data folder; made if it is missing.</summary>
    public required string DataFolder { get; init; }

    /// <summary>The configuration that is to be in force.</summary>
    public required NormalisedConfiguration Configuration { get; init; }

    /// <summary>How much the recorder keeps; 7 days and 20 GB by default.</summary>
    public RecorderSettings Recorder { get; init; } = new(TimeSpan.FromDays(7), 20L * 1000 * 1000 * 1000);

    /// <summary>How the journal writes.</summary>
    public JournalOptions Journal { get; init; } = new();

    /// <summary>The disk that the recorder writes to. A simulator of many days in seconds has one that never flushes, a test one that fails.</summary>
    public IDisk Disk { get; init; } = LocalDisk.Instance;

    /// <summary>Where the identities of epochs and commands come from beside the clock; null, the default, for the system's own chance. A simulator gives one from its seed.</summary>
    public Random? Chance { get; init; }

    /// <summary>How a disk that gets full is dealt with; null, the default, for a recorder of which somebody else sees that it has room.</summary>
    public SpaceOptions? Space { get; init; }

    /// <summary>Time between snapshots; 1 min by default. It bounds how much a start has to fold; each costs one write of the whole state.</summary>
    public TimeSpan SnapshotInterval { get; init; } = TimeSpan.FromMinutes(1);
}
