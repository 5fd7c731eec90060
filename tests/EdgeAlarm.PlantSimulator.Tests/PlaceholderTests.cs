namespace EdgeAlarm.PlantSimulator.Tests;

public class PlaceholderTests
{
    [Fact]
    public void Test_host_runs() => Assert.NotEqual(0, Environment.ProcessId);
}
