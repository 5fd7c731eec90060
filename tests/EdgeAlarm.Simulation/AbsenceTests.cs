namespace EdgeAlarm.Simulation;

public sealed class AbsenceTests : SystemTests
{
    private const double Minute = 60;

    [Fact]
    [Trait("Field", "F-52")]
    public async Task A_broker_that_is_away_for_a_minute_costs_nothing()
    {
        await using var system = await SystemUnderTest.StartAsync(new SystemOptions { Tags = 100 });
        await RunFor(5);

        await system.Broker.KillAsync();
        await RunFor(Minute);
        await system.Broker.StartAgainAsync();
        await RunFor(5);

        var verdict = await AssertThePromiseAsync(system);
        Assert.Equal(0, verdict.InGap);
    }

    [Fact]
    [Trait("Field", "F-55")]
    public async Task A_historian_that_is_away_for_a_minute_costs_nothing()
    {
        await using var system = await SystemUnderTest.StartAsync(new SystemOptions { Tags = 100 });
        await RunFor(5);

        await system.KillHistorianAsync();
        await RunFor(Minute);
        system.StartHistorian();
        await RunFor(5);

        var verdict = await AssertThePromiseAsync(system);
        Assert.Equal(0, verdict.InGap);
    }

    [Fact]
    [Trait("Field", "F-9")]
    public async Task A_PLC_socket_that_is_cut_ten_times_leaves_no_gap_because_the_servers_queues_ride_it_out()
    {
        await using var system = await SystemUnderTest.StartAsync(new SystemOptions { Tags = 100 });
        await RunFor(5);

        for (var cut = 0; cut < 10; cut++)
        {
            system.Wire.Cut();
            await RunFor(3);
        }

        var (verdict, facts) = (await AssertThePromiseAsync(system), await HistorianRows.ReadAsync(system.Database.ConnectionString(system.DatabaseName)));
        Assert.Equal(0, verdict.InGap);
        Assert.DoesNotContain(facts, fact => fact.Kind is "Gap");
        Assert.Equal(10, facts.Count(fact => fact is { Kind: "ArmedLost", Alarm: null, Tag: null }));
    }
}
