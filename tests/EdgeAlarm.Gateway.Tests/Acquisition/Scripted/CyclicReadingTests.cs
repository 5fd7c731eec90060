using EdgeAlarm.Engine;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Services;
using EdgeAlarm.TestServers.Scripted;

namespace EdgeAlarm.Gateway.Tests.Acquisition.Scripted;

/// <summary>A source whose tags are read in a cycle, because its server cannot be trusted to sample them.</summary>
public sealed class CyclicReadingTests
{
    [Fact]
    public async Task Changes_of_value_and_status_arrive_though_nothing_is_monitored_and_nothing_notified()
    {
        await using var plc = await ReadAsync();
        plc.Server.Do(plant => plant.Unnotified.Add("LT101"));
        plc.Server.Set("LT101", 96);
        await plc.UntilAsync(_ => plc.Values().Contains(96), "the value", within: TimeSpan.FromSeconds(2));
        plc.Server.Set("LT101", 96, StatusCodes.BadSensorFailure);
        await plc.UntilAsync(sink => sink.Samples.Any(sample => sample.Quality.Code == StatusCodes.BadSensorFailure.Code), "the status", within: TimeSpan.FromSeconds(2));
        var samples = plc.Sink.Samples.Count;
        await plc.PassAsync(TimeSpan.FromSeconds(3));

        Assert.Equal(samples, plc.Sink.Samples.Count);
        // on a busy machine a reading may come late, and then is one
        Assert.DoesNotContain(plc.Sink.Gaps, gap => gap.Cause != GapCause.ReadLate);
        Assert.All(plc.Sink.MonitoredTags, tag => Assert.Equal(0u, tag.Result.Code));
        var created = plc.Server.Received<CreateMonitoredItemsRequest>().SelectMany(request => request.Read<CreateMonitoredItemsRequest>().ItemsToCreate);
        Assert.Equal([StandardNodes.ServerStatusCurrentTime], created.Select(item => item.ItemToMonitor.NodeId));
    }

    // a pulse may have come and gone while nobody read
    [Fact]
    public async Task A_reading_that_comes_late_is_a_gap_since_the_one_before()
    {
        await using var plc = await ReadAsync();
        var unanswered = 0;
        plc.Server.On<ReadRequest>(request =>
            request.NodesToRead.Length == ScriptedPlc.Tags.Count && unanswered++ == 0 ? ScriptedReply.Silence : ScriptedReply.Polite);
        await plc.UntilAsync(sink => sink.Gaps.Count > 0, "the gap", within: TimeSpan.FromMinutes(1));

        var gap = plc.Sink.Gaps[0];
        Assert.Equal((null, GapCause.ReadLate), (gap.Tag, gap.Cause));
        Assert.InRange(gap.End - gap.Start, TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(20));
        Assert.Empty(plc.Sink.Downs);
    }

    // the server lives and answers all but this: alarms would stay armed on what was read last
    [Fact]
    [Trait("Field", "F-8")]
    public async Task Tags_whose_reading_fails_are_told_once_as_not_delivering_and_come_back_with_every_value()
    {
        await using var plc = await ReadAsync();
        var isFailing = true;
        plc.Server.On<ReadRequest>(request =>
            request.NodesToRead.Length == ScriptedPlc.Tags.Count && isFailing ? ScriptedReply.Fault(StatusCodes.BadUnexpectedError) : ScriptedReply.Polite);
        await plc.UntilAsync(sink => sink.MonitoredTags.Any(tag => tag.Result.IsBad), "the tags", within: TimeSpan.FromSeconds(5));
        await plc.PassAsync(TimeSpan.FromSeconds(5));
        var gap = Assert.Single(plc.Sink.Gaps);
        Assert.Equal(ScriptedPlc.Tags.Count, plc.Sink.MonitoredTags.Count(tag => tag.Result.Code == StatusCodes.BadNoCommunication.Code));
        var before = plc.Sink.Samples.Count;

        plc.Server.Do(_ => isFailing = false);
        await plc.UntilAsync(sink => sink.Samples.Count == before + ScriptedPlc.Tags.Count, "every value", within: TimeSpan.FromSeconds(2));
        Assert.Equal([true, false, true], plc.Sink.MonitoredTags.Where(tag => tag.Tag == 0).Select(tag => tag.Result.IsGood));
        Assert.Equal([gap.End], plc.Sink.Gaps.Skip(1).Select(next => next.Start));
        Assert.Empty(plc.Sink.Downs);
    }

    private static async Task<ScriptedPlc> ReadAsync()
    {
        var plc = new ScriptedPlc();
        await plc.StartLiveAsync(options => options with { ReadsCyclically = true });
        return plc;
    }
}
