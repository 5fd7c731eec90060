namespace EdgeAlarm.Simulation.World;

/// <summary>The wall clock of a machine: it drifts, and somebody sets it.</summary>
internal sealed class MachineClock(SimulatedWorld world, double driftPpm)
{
    /// <summary>By how much it was set.</summary>
    public TimeSpan Step { get; set; }

    public DateTimeOffset Now => world.Clock + Step + (world.Now * driftPpm / 1e6);
}
