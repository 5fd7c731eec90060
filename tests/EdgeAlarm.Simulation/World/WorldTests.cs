namespace EdgeAlarm.Simulation.World;

/// <summary>From the flush of a sample on, no fault may lose an event, store it twice or leave it unexplained. A failure names its seed.</summary>
public class WorldTests
{
    [Fact]
    public void Nothing_is_lost_and_nothing_twice_in_a_hundred_worlds() => RunAll(1, 100);

    private static void RunAll(int firstSeed, int count)
    {
        for (var seed = firstSeed; seed < firstSeed + count; seed++)
        {
            using var run = new SimulationRun(seed);
            run.Run();
        }
    }
}
