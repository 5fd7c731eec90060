using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Acquisition;
using EdgeAlarm.PlantSimulator;
using EdgeAlarm.PlantSimulator.Plant;
using EdgeAlarm.TestServers;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAlarm.Gateway.Tests.Acquisition;

/// <summary>A server that keeps nothing for retransmission, and a cable that loses a message: what was in it can be had only by making the items anew.</summary>
public sealed class LostMessageTests
{
    private const int Tags = 40;
    private const double Abnormal = 95;

    // the value changes once and then rests: without new items no sample would ever tell that it is abnormal, and the alarm would stay armed and silent
    [Fact]
    [Trait("Field", "F-8")]
    public async Task A_change_that_was_lost_for_good_is_seen_in_new_items_behind_a_recorded_gap()
    {
        using var plant = new PlantServer(
            new PlantServerOptions
            {
                Port = 0,
                AllowsNone = true,
                AllowsAnonymous = true,
                LoadTags = Tags,
                LoadInterval = TimeSpan.FromHours(1),
                Limits = new() { RetransmissionMax = 0 },
            },
            TimeProvider.System,
            NullLogger<PlantServer>.Instance);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var serving = plant.RunAsync(stop.Token);
        await using var cable = new KillableProxy(plant.EndpointUrl.Port);
        var options = RunningPlc.Plain(cable.Port, 0) with
        {
            Tags = [.. Enumerable.Range(0, Tags).Select(tag => new PlcTag(tag, BulkTags.NameOf(tag), $"nsu=urn:edgealarm:plant;s={BulkTags.NameOf(tag)}", TimeSpan.FromMilliseconds(20)))],
        };
        await using (var plc = new RunningPlc(options))
        {
            await plc.Sink.UntilAsync(sink => sink.Samples.Select(sample => sample.Tag).Distinct().Count() == Tags, "the first sample of every tag");

            cable.DropOneLargerThan(400);
            for (var tag = 0; tag < Tags; tag++)
            {
                plant.SetValue(BulkTags.NameOf(tag), Abnormal);
            }

            await plc.Sink.UntilAsync(_ => cable.HasDropped, "the loss");
            await plc.Sink.UntilAsync(
                sink => sink.Samples.Where(sample => sample.Value.AsNumber() == Abnormal).Select(sample => sample.Tag).Distinct().Count() == Tags, "the value that was lost, of every tag");

            Assert.Contains(plc.Sink.Gaps, gap => gap.Cause == GapCause.RepublishFailed && gap.Tag is null);
            Assert.Equal(SourceRecovery.Recreated, plc.Sink.Ups[^1].How);
        }

        await stop.CancelAsync();
        await serving;
    }
}
