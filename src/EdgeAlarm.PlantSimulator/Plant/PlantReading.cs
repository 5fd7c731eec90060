using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.PlantSimulator.Plant;

/// <summary>What a tag's register holds at this moment.</summary>
/// <param name="Tag">The tag.</param>
/// <param name="Value">Its value; 1 and 0 for a boolean.</param>
/// <param name="Status">Its quality.</param>
/// <param name="SourceTicks">When it was set: .NET ticks, UTC, of the simulated PLC's clock.</param>
/// <param name="IsMuted">It gives no samples at the moment.</param>
public readonly record struct PlantReading(PlantTag Tag, double Value, StatusCode Status, long SourceTicks, bool IsMuted);
