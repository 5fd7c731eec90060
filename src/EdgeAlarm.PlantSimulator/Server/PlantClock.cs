namespace EdgeAlarm.PlantSimulator.Server;

/// <summary>The clock of the simulated PLC: UTC at the start, and from there on by elapsed time, so that it never goes back.</summary>
internal sealed class PlantClock(TimeProvider time)
{
    private readonly long _startTicks = time.GetUtcNow().UtcTicks;
    private readonly long _startStamp = time.GetTimestamp();

    /// <summary>.NET ticks, UTC.</summary>
    internal long Now => _startTicks + time.GetElapsedTime(_startStamp).Ticks;
}
