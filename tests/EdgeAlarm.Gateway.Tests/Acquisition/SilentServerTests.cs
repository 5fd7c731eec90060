using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Acquisition;
using EdgeAlarm.OpcUa.Services;
using EdgeAlarm.PlantSimulator;
using EdgeAlarm.PlantSimulator.Plant;
using EdgeAlarm.TestServers;

namespace EdgeAlarm.Gateway.Tests.Acquisition;

/// <summary>Silence that is no calm: a message lost for good, and a server that says it does not serve.</summary>
public sealed class SilentServerTests
{
    private const int Tags = 40;
    private const double Abnormal = 95;

    // the value changes once and then rests: without new items no sample would ever tell that it is abnormal, and the alarm would stay armed and silent
    [Fact]
    [Trait("Field", "F-8")]
    public async Task A_change_that_was_lost_for_good_is_seen_in_new_items_behind_a_recorded_gap()
    {
        await using var plant = new ServingPlant(new PlantServerOptions
        {
            Port = 0, AllowsNone = true, AllowsAnonymous = true, LoadTags = Tags, LoadInterval = TimeSpan.FromHours(1), Limits = new() { RetransmissionMax = 0 },
        });
        await using var cable = new KillableProxy(plant.Server.EndpointUrl.Port);
        await using var plc = new RunningPlc(Options(cable.Port));
        await plc.Sink.UntilAsync(sink => sink.Samples.Select(sample => sample.Tag).Distinct().Count() == Tags, "the first sample of every tag");

        cable.ToClient.DropOneLargerThan(400);
        for (var tag = 0; tag < Tags; tag++)
        {
            plant.Server.SetValue(BulkTags.NameOf(tag), Abnormal);
        }

        await plc.Sink.UntilAsync(_ => cable.ToClient.HasDropped, "the loss");
        await plc.Sink.UntilAsync(
            sink => sink.Samples.Where(sample => sample.Value.AsNumber() == Abnormal).Select(sample => sample.Tag).Distinct().Count() == Tags, "the value that was lost, of every tag");

        Assert.Contains(plc.Sink.Gaps, gap => gap.Cause == GapCause.RepublishFailed && gap.Tag is null);
        Assert.Equal(SourceRecovery.Recreated, plc.Sink.Ups[^1].How);
    }

    [Fact]
    [Trait("Field", "F-20")]
    public async Task A_server_that_suspends_itself_is_down_until_it_runs_again_though_its_keep_alives_go_on()
    {
        await using var plant = new ServingPlant(new PlantServerOptions { Port = 0, AllowsNone = true, AllowsAnonymous = true, LoadTags = Tags, LoadInterval = TimeSpan.FromHours(1) });
        await using var plc = new RunningPlc(Options(plant.Server.EndpointUrl.Port));
        await plc.Sink.UntilAsync(sink => sink.Samples.Count >= Tags, "the first samples");

        plant.Server.SetServerState(ServerState.Suspended);
        await plc.Sink.UntilAsync(sink => sink.Downs.Count == 1, "the suspension");
        plant.Server.SetServerState(ServerState.Running);
        await plc.Sink.UntilAsync(sink => sink.Ups.Count == 2, "recovery");

        Assert.Contains("Suspended", plc.Sink.Downs[0].Reason, StringComparison.Ordinal);
        Assert.Equal(SourceRecovery.Recreated, plc.Sink.Ups[^1].How);
        Assert.Contains(plc.Sink.Gaps, gap => gap.Cause == GapCause.ConnectionLost);

        // the keep-alives between its last word of serving and the suspension prove nothing: that time is told as blind before the source is down
        var entries = plc.Sink.Entries.ToList();
        var blind = entries.FindIndex(entry => entry is RecordingSink.Gap { Tag: null, Cause: GapCause.ConnectionLost } gap && gap.Start < gap.End);
        Assert.InRange(blind, 0, entries.FindIndex(entry => entry is RecordingSink.Down) - 1);
    }

    private static OpcUaPlcOptions Options(int port) => RunningPlc.Plain(port, 0) with { Tags = ServingPlant.LoadTags(Tags, TimeSpan.FromMilliseconds(20)) };
}
