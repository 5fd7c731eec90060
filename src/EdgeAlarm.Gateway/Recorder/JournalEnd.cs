using EdgeAlarm.Engine;

namespace EdgeAlarm.Gateway.Recorder;

/// <summary>Where writing goes on.</summary>
/// <param name="Segment">The segment to append to, or null to begin one.</param>
/// <param name="Position">Where the next record goes.</param>
/// <param name="Epoch">The epoch in force; empty if none is.</param>
/// <param name="ConfigurationHash">The configuration in force.</param>
/// <param name="At">Plant time.</param>
/// <param name="WallClock">Wall clock.</param>
internal sealed record JournalEnd(SegmentHeader? Segment, long Position, Guid Epoch, string ConfigurationHash, PlantTime At, UtcTime WallClock);
