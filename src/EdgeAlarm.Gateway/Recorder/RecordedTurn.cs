using EdgeAlarm.Engine;

namespace EdgeAlarm.Gateway.Recorder;

/// <summary>What one turn of the pump left: its events, and that it lived.</summary>
/// <param name="Events">The events, in order of seq.</param>
/// <param name="Lived">Plant time of its tick; in an event segment, where ticks are not kept, of its commit. Null where it had none.</param>
internal sealed record RecordedTurn(IReadOnlyList<StoredEvent> Events, PlantTime? Lived);
