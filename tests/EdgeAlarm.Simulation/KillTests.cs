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

    [Fact]
    [Trait("Field", "F-46")]
    public Task Fifteen_kills_of_gateway_historian_and_broker_in_turn_lose_nothing_and_tell_nothing_twice() => KillInTurnAsync(15);

    [Fact]
    [Trait("Field", "F-46")]
    [Trait("Category", "Long")]
    public Task Three_hundred_kills_of_gateway_historian_and_broker_in_turn_lose_nothing_and_tell_nothing_twice() => KillInTurnAsync(300);

    private static async Task KillInTurnAsync(int kills)
    {
        await using var system = await SystemUnderTest.StartAsync(new SystemOptions { Tags = 100 });
        await RunFor(3);
        for (var kill = 0; kill < kills; kill++)
        {
            switch (kill % 3)
            {
                case 0:
                    await system.KillGatewayAndStartAgainAsync();
                    break;
                case 1:
                    await system.KillHistorianAsync();
                    system.StartHistorian();
                    break;
                default:
                    await system.Broker.KillAsync();
                    await system.Broker.StartAgainAsync();
                    break;
            }

            // the next comes before or after everything is well again
            await RunFor(0.5 + (kill % 5 * 0.5));
        }

        await AssertThePromiseAsync(system);
    }
}
