namespace EdgeAlarm.Simulation;

public sealed class ReloadTests : SystemTests
{
    [Fact]
    public async Task Edited_files_take_effect_in_the_running_process_and_what_was_missed_meanwhile_is_a_gap()
    {
        await using var system = await SystemUnderTest.StartAsync(new SystemOptions { Tags = 40 });
        await RunFor(5);

        var before = await system.EditAsync("alarms.csv", list => list.Replace(",90,5,", ",ninety,5,", StringComparison.Ordinal), "Nothing was changed, the files have faults");
        _ = await system.EditAsync("alarms.csv", list => list.Replace(",ninety,5,", ",90,5,", StringComparison.Ordinal), "40 alarms are in effect");
        await RunFor(3);
        var after = await system.EditAsync("tags.csv", tags => tags.Replace(",Unit\n", ",Unit,StaleAfter\n", StringComparison.Ordinal).Replace(",%\n", ",%,1h\n", StringComparison.Ordinal), "Settings or tags changed too");
        await RunFor(8);
        _ = await system.EditAsync("gateway.json", settings => settings.Replace("\"test\"", "\"another\"", StringComparison.Ordinal), "and that is another gateway");
        _ = await system.EditAsync("gateway.json", settings => settings.Replace("\"another\"", "\"test\"", StringComparison.Ordinal), "40 alarms are in effect");
        await RunFor(3);

        Assert.Equal(before, after);
        await AssertThePromiseAsync(system);
        var facts = await HistorianRows.ReadAsync(system.Database.ConnectionString(system.DatabaseName));
        Assert.Equal(2, facts.Count(fact => fact.Kind is "GatewayStarted"));
    }
}
