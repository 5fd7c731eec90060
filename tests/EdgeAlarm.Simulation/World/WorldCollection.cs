namespace EdgeAlarm.Simulation.World;

/// <summary>Worlds only compute: beside the systems of real processes they would take their time from them.</summary>
[CollectionDefinition(nameof(WorldTests), DisableParallelization = true)]
public sealed class WorldCollection;
