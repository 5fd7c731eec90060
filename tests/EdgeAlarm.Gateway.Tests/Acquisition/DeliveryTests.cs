using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Acquisition;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.TestServers;

namespace EdgeAlarm.Gateway.Tests.Acquisition;

/// <summary>What a running PLC does arrives, all of it, once, in order: judged by the value log of an independent server.</summary>
public class DeliveryTests
{
    // the acceptance case: signed and encrypted, user name, 1,000 changing tags
    [Fact]
    public async Task A_thousand_changing_tags_arrive_complete_over_an_encrypted_channel()
    {
        const int Tags = 1000;
        await using var server = await NodeOpcuaServer.StartAsync(new()
        {
            Tags = Tags, TickMs = 100, Every = 5, Anonymous = false, Users = new Dictionary<string, string> { ["edge"] = "secret" }, Security = ["Basic256Sha256/SignAndEncrypt"],
        });
        using var folder = new TemporaryFolder();
        await using var plc = new RunningPlc(RunningPlc.Secure(server.Port, Tags, RunningPlc.Certificates(folder, server.CertificateFile)));
        await plc.Sink.UntilAsync(sink => sink.Samples.Count > 15_000, "15,000 samples", TimeSpan.FromSeconds(60));
        await AssertCompleteAsync(server, plc, Tags);
        Assert.Equal(Tags, plc.Sink.MonitoredTags.Count(tag => tag.Result.IsGood));
        Assert.Equal([SourceRecovery.Connected], plc.Sink.Ups.Select(up => up.How));
    }

    // rule R10 and the journal need all four times; ConditionTime needs the offset before the first sample
    [Fact]
    public async Task Every_sample_has_its_four_times_and_the_clock_is_measured_before_the_first()
    {
        await using var server = await NodeOpcuaServer.StartAsync(new() { Tags = 3 });
        await using var plc = new RunningPlc(RunningPlc.Plain(server.Port, 3));
        await plc.Sink.UntilAsync(sink => sink.Samples.Count > 60, "60 samples");
        var entries = plc.Sink.Entries;
        var clock = entries.ToList().FindIndex(entry => entry is RecordingSink.Clock);
        Assert.InRange(clock, 0, entries.ToList().FindIndex(entry => entry is PlcNotification) - 1);
        Assert.InRange(((RecordingSink.Clock)entries[clock]).Offset.TotalSeconds, -5, 5);
        var last = PlantTime.Zero;
        foreach (var sample in plc.Sink.Samples)
        {
            Assert.False(sample.SourceTime.IsMissing || sample.ServerTime.IsMissing || sample.ReceivedAt.IsMissing);
            Assert.True(sample.PlantTime >= last);
            Assert.InRange(sample.PlantTime.Ticks - sample.SourceTime.Ticks, -TimeSpan.TicksPerSecond, 10 * TimeSpan.TicksPerSecond);
            last = sample.PlantTime;
        }
        Assert.Equal(plc.Sink.Notifications.Where(message => message.Sequence != 0).Select(message => message.Sequence), Enumerable.Range(1, plc.Sink.Notifications.Count(message => message.Sequence != 0)).Select(number => (uint)number));
    }

    [Fact]
    [Trait("Field", "F-26")]
    public async Task A_value_arrives_with_the_quality_that_the_plant_gave_it()
    {
        await using var server = await NodeOpcuaServer.StartAsync(new() { Tags = 2, Paused = true, Wave = "ramp" });
        await using var plc = new RunningPlc(RunningPlc.Plain(server.Port, 2));
        await plc.Sink.UntilAsync(sink => sink.Samples.Count >= 2, "first values");
        await server.SetAsync(1, 42.5, "BadSensorFailure");
        await plc.Sink.UntilAsync(sink => sink.Samples.Any(sample => sample is { Tag: 1, Quality.IsBad: true }), "bad value");
        var bad = plc.Sink.Samples.Last(sample => sample.Tag == 1);
        Assert.Equal((StatusCodes.BadSensorFailure.Code, 42.5), (bad.Quality.Code, bad.Value.AsNumber()));
    }

    // F-13: one vanished node emptied the whole subscription
    [Fact]
    [Trait("Field", "F-13")]
    [Trait("Field", "F-4")]
    public async Task An_unknown_node_is_told_and_tried_again_and_costs_no_other_tag_anything()
    {
        await using var server = await NodeOpcuaServer.StartAsync(new() { Tags = 6, Wave = "counter" });
        await server.RemoveAsync(2);
        var options = RunningPlc.Plain(server.Port, 6) with { RetryItemsAfter = TimeSpan.FromMilliseconds(300) };
        options = options with
        {
            Tags = [.. options.Tags, new PlcTag(6, "Elsewhere", "nsu=urn:nobody;s=Tag0000", TimeSpan.Zero), new PlcTag(7, "Nonsense", "no address", TimeSpan.Zero)],
        };
        await using var plc = new RunningPlc(options);
        await plc.Sink.UntilAsync(sink => sink.Samples.Count > 50, "samples of the others");
        var told = plc.Sink.MonitoredTags.ToLookup(tag => tag.Tag, tag => tag.Result.Code);
        Assert.Equal(StatusCodes.BadNodeIdUnknown.Code, told[2].Last());
        Assert.Equal(StatusCodes.BadNodeIdUnknown.Code, told[6].Last());
        Assert.Equal(StatusCodes.BadNodeIdInvalid.Code, told[7].Last());
        Assert.Equal([0, 1, 3, 4, 5], plc.Sink.Samples.Select(sample => sample.Tag).Distinct().Order());
        var warning = Assert.Single(plc.Log.Lines, line => line.Id == 1003);
        Assert.Contains("3 tags", warning.Text, StringComparison.Ordinal);

        await server.AddAsync(2);
        await plc.Sink.UntilAsync(sink => sink.Samples.Any(sample => sample.Tag == 2), "the returned node");
        Assert.True(plc.Sink.MonitoredTags.Last(tag => tag.Tag == 2).Result.IsGood);
        Assert.Single(plc.Sink.Ups);
    }

    // the overflow bit travels in a Good value (F-2): a full inbox withholds Publish requests, the server's short queue overflows, the gap is told
    [Fact]
    [Trait("Field", "F-2")]
    public async Task A_full_inbox_withholds_publish_requests_and_what_the_servers_queue_lost_becomes_a_gap()
    {
        await using var server = await NodeOpcuaServer.StartAsync(new() { Tags = 2, TickMs = 20, Wave = "counter" });
        var options = RunningPlc.Plain(server.Port, 2) with { RidesOut = TimeSpan.Zero, PublishRequests = 2 };
        await using var plc = new RunningPlc(options with { Tags = [.. options.Tags.Select(tag => tag with { Sampling = TimeSpan.Zero })] });
        await plc.Sink.UntilAsync(sink => sink.Samples.Count > 20, "samples");
        plc.Sink.Fill();
        await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System, TestContext.Current.CancellationToken); // the plant goes on for so long without us
        plc.Sink.Drain();
        await plc.Sink.UntilAsync(sink => sink.Gaps.Count >= 2, "a gap of each tag");
        foreach (var tag in (int[])[0, 1])
        {
            var gap = Assert.Single(plc.Sink.Gaps, gap => gap.Tag == tag);
            Assert.Equal(GapCause.Overflow, gap.Cause);
            Assert.InRange((gap.End - gap.Start).TotalSeconds, 0.1, 10);
            var index = plc.Sink.Entries.ToList().IndexOf(gap);
            var next = plc.Sink.Entries.Skip(index).OfType<PlcNotification>().First();
            Assert.Contains(next.Samples.ToArray(), sample => sample.Tag == tag && sample.Quality.HasOverflow);
        }
        Assert.Empty(plc.Sink.Downs);
    }

    internal static async Task AssertCompleteAsync(NodeOpcuaServer server, RunningPlc plc, int tags)
    {
        await server.PauseAsync();
        var end = PlantValue.ReadLog(server.ValueLogFile).GroupBy(value => value.Tag).ToDictionary(tag => tag.Key, tag => tag.Last().Ticks);
        await plc.Sink.UntilAsync(
            sink => sink.Samples.GroupBy(sample => sample.Tag).Sum(tag => tag.Last().SourceTime.Ticks >= end[$"Tag{tag.Key:D4}"] ? 1 : 0) == tags, "the last value of each tag");
        var compared = PlantTruth.AssertNothingMissing(server.ValueLogFile, plc.Sink.Notifications, tags);
        Assert.True(compared >= tags, $"{compared} values compared");
        TestContext.Current.SendDiagnosticMessage("{0} values compared with the value log", compared);
    }
}
