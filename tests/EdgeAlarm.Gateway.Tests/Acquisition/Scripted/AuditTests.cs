using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Acquisition;
using EdgeAlarm.OpcUa.Services;

namespace EdgeAlarm.Gateway.Tests.Acquisition.Scripted;

/// <summary>A server that is connected, keeps its subscription alive, answers every reading, and does not notify a change.</summary>
public sealed class AuditTests
{
    private static readonly string Condition = AcquisitionConditions.NotNotified("PLC1", 1);

    // other tags were fine, the network showed nothing, and only a restart helped
    [Fact]
    [Trait("Field", "F-8")]
    [Trait("Field", "F-18")]
    public async Task A_change_that_the_server_does_not_notify_is_evaluated_recorded_and_alarmed_and_the_item_made_anew()
    {
        await using var plc = await AuditedAsync();
        var before = plc.Sink.Samples.Last(sample => sample.Tag == 0).PlantTime;
        plc.Server.Do(plant => plant.Unnotified.Add("LT101"));
        plc.Server.Set("LT101", 96);
        await plc.UntilAsync(_ => plc.Values().Contains(96), "the change, found by reading", within: TimeSpan.FromSeconds(25));

        var entries = plc.Sink.Entries.ToList();
        var found = entries.FindIndex(entry => entry is PlcNotification notification && notification.Samples.ToArray().Any(sample => sample.Value == TagValue.From(96.0)));
        var gap = Assert.Single(plc.Sink.Gaps);
        Assert.Equal((0, before, GapCause.NotNotified), (gap.Tag, gap.Start, gap.Cause));
        Assert.True(entries.IndexOf(gap) < found);
        Assert.Equal(0u, ((PlcNotification)entries[found]).Sequence);
        await plc.SeenAsync(sink => sink.Conditions.Any(condition => condition is { Active: true }), "the condition");
        Assert.Contains("LT101", plc.Sink.Conditions.Single(condition => condition.Name == Condition).Detail, StringComparison.Ordinal);

        // the new item works, and after two rounds without a finding the condition ends
        plc.Server.Do(plant => plant.Unnotified.Clear());
        await plc.UntilAsync(_ => plc.Server.Received<DeleteMonitoredItemsRequest>().Count == 1 && plc.Server.Received<CreateMonitoredItemsRequest>().Count == 2, "a new item");
        plc.Server.Set("LT101", 97);
        await plc.UntilAsync(_ => plc.Values().Contains(97), "the next change, notified");
        await plc.UntilAsync(sink => sink.Conditions.Any(condition => condition is { Active: false }), "the end of the condition");
        Assert.Empty(plc.Sink.Downs);
    }

    [Fact]
    public async Task Readings_that_agree_with_what_was_notified_have_no_effect()
    {
        await using var plc = await AuditedAsync();
        var samples = plc.Sink.Samples.Count;
        await plc.PassAsync(TimeSpan.FromSeconds(35));
        Assert.Equal(samples, plc.Sink.Samples.Count);
        Assert.Empty(plc.Sink.Gaps);
        Assert.Empty(plc.Sink.Conditions);
        Assert.True(plc.Server.Received<ReadRequest>().Count(request => request.Read<ReadRequest>().NodesToRead.Length == ScriptedPlc.Tags.Count) >= 3);
    }

    private static async Task<ScriptedPlc> AuditedAsync()
    {
        var plc = new ScriptedPlc();
        await plc.StartLiveAsync(options => options with { AuditEvery = TimeSpan.FromSeconds(10) });
        return plc;
    }
}
