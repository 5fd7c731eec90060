using EdgeAlarm.Engine;
using EdgeAlarm.TestServers;

namespace EdgeAlarm.Gateway.Tests.Acquisition;

/// <summary>What a server recorded while its queue overflowed is fetched afterwards, apart from what is live.</summary>
public class GapHistoryTests
{
    private const int Changes = 400;

    [Fact]
    public async Task The_history_of_a_gap_holds_what_the_gap_hid_and_comes_apart_from_the_live_samples()
    {
        await using var server = await NodeOpcuaServer.StartAsync(new() { Tags = 1, Paused = true, Types = true });
        await using var plc = new RunningPlc(TypedTagTests.Options(server.Port, "Level", "History") with
        {
            RidesOut = TimeSpan.Zero, PublishRequests = 2, HistoryCatchUp = TimeSpan.FromMilliseconds(200),
        });
        await plc.Sink.UntilAsync(sink => sink.Samples.Count >= 2, "first values");
        plc.Sink.Fill();
        for (var value = 1; value <= Changes; value++)
        {
            await server.SetTypedAsync("History", value);
        }
        plc.Sink.Drain();
        // how often the queue overflows until the last change is there depends on the machine
        await plc.Sink.UntilAsync(
            sink => sink.Samples.Any(sample => sample.Tag == 1 && sample.Value == TagValue.From((double)Changes)) && sink.Histories.Count(page => page.IsLast) == sink.Gaps.Count,
            "the history of every gap");
        var gaps = plc.Sink.Gaps;
        Assert.NotEmpty(gaps);
        Assert.All(gaps, gap => Assert.Equal((1, GapCause.Overflow), (gap.Tag, gap.Cause)));
        Assert.All(plc.Sink.Histories, page => Assert.Contains(gaps, gap => (gap.Tag, gap.Start, gap.End) == (page.Tag, page.GapStart, page.GapEnd)));
        var live = plc.Sink.Samples.Where(sample => sample.Tag == 1).Select(sample => sample.Value.AsNumber()).ToHashSet();
        var recorded = plc.Sink.Histories.SelectMany(page => page.Samples.ToArray()).ToArray();
        Assert.True(live.Count < Changes, $"{live.Count} came live");
        Assert.Equal(Changes, live.Concat(recorded.Select(sample => sample.Value.AsNumber())).Where(value => value > 0).Distinct().Count());
        Assert.All(plc.Sink.Histories, page =>
        {
            var samples = page.Samples.ToArray();
            Assert.Equal(samples.Select(sample => sample.SourceTime.Ticks).Order(), samples.Select(sample => sample.SourceTime.Ticks));
            Assert.All(samples, sample => Assert.InRange(sample.PlantTime.Ticks, (page.GapStart + -TimeSpan.FromSeconds(2)).Ticks, (page.GapEnd + TimeSpan.FromSeconds(2)).Ticks));
        });
        Assert.All(plc.Log.Lines.Where(line => line.Id == 1024), line => Assert.Contains("1 tags", line.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_gap_of_tags_without_history_is_told_and_nothing_is_asked()
    {
        await using var server = await NodeOpcuaServer.StartAsync(new() { Tags = 1, TickMs = 10, Wave = "counter" });
        await using var plc = new RunningPlc(RunningPlc.Plain(server.Port, 1) with { RidesOut = TimeSpan.Zero, PublishRequests = 2, HistoryCatchUp = TimeSpan.Zero });
        await plc.Sink.UntilAsync(sink => sink.Samples.Count > 5, "samples");
        plc.Sink.Fill();
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System, TestContext.Current.CancellationToken); // the plant goes on for so long without us
        plc.Sink.Drain();
        await plc.Sink.UntilAsync(sink => plc.Log.Lines.Any(line => line.Id == 1025), "the line that there is none");
        Assert.Contains("keeps none of these tags", plc.Log.Lines.First(line => line.Id == 1025).Text, StringComparison.Ordinal);
        Assert.Empty(plc.Sink.Histories);
    }

    // a limit of 90 % of another range, or in another unit, fires at the wrong value
    [Fact]
    [Trait("Field", "F-22")]
    public async Task A_unit_or_range_that_differs_from_the_servers_is_told_once_a_tag()
    {
        await using var server = await NodeOpcuaServer.StartAsync(new() { Tags = 1, Paused = true, Types = true });
        var options = TypedTagTests.Options(server.Port, "Level", "Level", "Level");
        await using var plc = new RunningPlc(options with
        {
            Tags = [options.Tags[0] with { Unit = "°c", Range = (-20, 150) }, options.Tags[1] with { Unit = "K", Range = (-20, 150) }, options.Tags[2] with { Range = (0, 100) }],
        });
        await plc.Sink.UntilAsync(sink => plc.Log.Lines.Count(line => line.Id == 1023) == 2, "both differences");
        await server.CutAsync();
        await plc.Sink.UntilAsync(sink => sink.Ups.Count == 2, "the next connection");
        Assert.Equal(
            [
                "PLC1: Tag1 has the unit K in the configuration and °C at the server. Alarms go by the configuration; correct whichever is wrong",
                "PLC1: Tag2 has the range 0 to 100 in the configuration and -20 to 150 at the server. Alarms go by the configuration; correct whichever is wrong",
            ],
            plc.Log.Lines.Where(line => line.Id == 1023).Select(line => line.Text));
    }
}
