namespace EdgeAlarm.Simulation;

public sealed class MainWayTests : SystemTests
{
    [Fact]
    public async Task A_thousand_changing_tags_reach_PostgreSQL_with_every_alarm_exactly_once_and_no_gap()
    {
        await using var system = await SystemUnderTest.StartAsync(new SystemOptions { Tags = 1000, Every = 5 });

        await RunFor(40);

        var verdict = await AssertThePromiseAsync(system);
        Assert.Equal(0, verdict.InGap);
        Assert.Equal(verdict.Published, verdict.Receipted);
    }
}
