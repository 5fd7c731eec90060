namespace EdgeAlarm.Simulation;

public sealed class KillTests : SystemTests
{
    [Fact]
    [Trait("Field", "F-46")]
    public async Task Twenty_kills_of_the_gateway_lose_nothing_and_tell_nothing_twice()
    {
        await using var system = await SystemUnderTest.StartAsync(new SystemOptions { Tags = 100 });
        await RunFor(5);

        for (var kill = 0; kill < KillsPerRun; kill++)
        {
            await system.KillGatewayAndStartAgainAsync();
            await RunFor(1 + (kill % 4));
        }

        await AssertThePromiseAsync(system);
    }

    [Fact]
    [Trait("Field", "F-55")]
    public async Task Twenty_kills_of_the_historian_lose_nothing_and_leave_no_gap()
    {
        await using var system = await SystemUnderTest.StartAsync(new SystemOptions { Tags = 100 });

        for (var kill = 0; kill < KillsPerRun; kill++)
        {
            await RunFor(1 + (kill % 3));
            await system.KillHistorianAsync();
            system.StartHistorian();
        }

        var verdict = await AssertThePromiseAsync(system);
        Assert.Equal(0, verdict.InGap);
    }
}
