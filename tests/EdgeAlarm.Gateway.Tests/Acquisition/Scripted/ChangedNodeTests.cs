using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Acquisition;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Services;
using EdgeAlarm.TestServers;

namespace EdgeAlarm.Gateway.Tests.Acquisition.Scripted;

/// <summary>A download into the PLC leaves another variable under a known address while the session goes on.</summary>
[Trait("Field", "F-22")]
public sealed class ChangedNodeTests : IDisposable
{
    private static readonly NodeId Float64 = NodeId.Numeric(0, 11);
    private static readonly NodeId Int32 = NodeId.Numeric(0, 6);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_node_that_went_and_came_back_as_another_gets_no_item_and_no_value_of_it_is_believed()
    {
        await using var plc = await ComparedAsync();
        plc.Server.Set("PT102", 0, StatusCodes.BadNodeIdUnknown);
        await plc.SeenAsync(sink => sink.Samples.Any(sample => sample is { Tag: 1, Quality.IsBad: true }), "the loss of the node");
        Forget(plc);
        plc.Server.Do(plant => plant.DataTypes["PT102"] = Int32);
        plc.Server.Set("PT102", 5);
        await plc.UntilAsync(sink => sink.Conditions.Count == 1, "the condition", step: TimeSpan.FromSeconds(1));

        Assert.Equal((AcquisitionConditions.IdentityChanged("PLC1"), true), (plc.Sink.Conditions[0].Name, plc.Sink.Conditions[0].Active));
        Assert.Contains("PT102", plc.Sink.Conditions[0].Detail, StringComparison.Ordinal);
        await plc.PassAsync(TimeSpan.FromMinutes(2), step: TimeSpan.FromSeconds(1));
        Assert.DoesNotContain(5, plc.Values(1));
        Assert.Single(plc.Server.Received<CreateMonitoredItemsRequest>());
        Assert.Equal(StatusCodes.BadConfigurationError.Code, plc.Sink.MonitoredTags.Last(tag => tag.Tag == 1).Result.Code);
        Assert.Empty(plc.Sink.Downs);
    }

    [Fact]
    public async Task A_node_that_went_and_came_back_as_it_was_is_monitored_again_once_it_was_compared()
    {
        await using var plc = await ComparedAsync();
        plc.Server.Set("PT102", 0, StatusCodes.BadNodeIdUnknown);
        await plc.SeenAsync(sink => sink.Samples.Any(sample => sample is { Tag: 1, Quality.IsBad: true }), "the loss of the node");
        Forget(plc);
        plc.Server.Set("PT102", 5);
        await plc.UntilAsync(_ => plc.Values(1)[^1] == 5, "the value", within: TimeSpan.FromMinutes(1));
        Assert.Empty(plc.Sink.Conditions);
        Assert.True(plc.Sink.MonitoredTags.Last(tag => tag.Tag == 1).Result.IsGood);
    }

    [Fact]
    public async Task A_subscription_made_anew_asks_for_no_item_of_an_address_that_names_another_node_before_that_is_compared()
    {
        await using var plc = await ComparedAsync();
        plc.Server.Do(plant =>
        {
            plant.DataTypes["PT102"] = Int32;
            plant.Subscriptions.Clear();
        });
        plc.Server.Set("PT102", 5);
        plc.Server.Set("LT101", 6);
        await plc.UntilAsync(_ => plc.Values()[^1] == 6, "a value of the new subscription");
        await plc.UntilAsync(sink => sink.Conditions.Count == 1, "the condition");
        Assert.DoesNotContain(5, plc.Values(1));
        Assert.All(plc.Server.Received<CreateMonitoredItemsRequest>().Skip(1), request => Assert.DoesNotContain(
            request.Read<CreateMonitoredItemsRequest>().ItemsToCreate, item => item.ItemToMonitor.NodeId.ToString().Contains("PT102", StringComparison.Ordinal)));
        Assert.Single(plc.Server.Received<CreateSessionRequest>());
    }

    // what its new item sends is its own from now on; nobody can say what it was meanwhile
    [Fact]
    public async Task A_changed_node_that_is_accepted_has_a_gap_from_the_last_value_that_was_believed()
    {
        await using var plc = await ComparedAsync();
        var file = _folder.File("PLC1.json");
        var accepted = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(file, accepted.Replace("i=11;", "i=6;", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        var believed = plc.Sink.Samples.Last(sample => sample.Tag == 1).PlantTime;
        plc.Server.Do(plant => plant.ForgetSessions());
        plc.Server.Cut();
        await plc.UntilAsync(sink => sink.MonitoredTags.Any(tag => tag.Tag == 1 && tag.Result.Code == StatusCodes.BadConfigurationError.Code), "the changed node");
        believed = PlantTime.Max(believed, plc.Sink.Samples.Last(sample => sample.Tag == 1).PlantTime);
        var before = plc.Sink.Gaps.Count;
        await plc.PassAsync(TimeSpan.FromSeconds(5));
        await File.WriteAllTextAsync(file, "{}", TestContext.Current.CancellationToken);
        await plc.UntilAsync(sink => sink.MonitoredTags[^1] is { Tag: 1, Result.IsGood: true } && sink.Gaps.Count > before, "the accepted node", step: TimeSpan.FromSeconds(1));
        var gap = Assert.Single(plc.Sink.Gaps.Skip(before));
        Assert.Equal((1, believed, GapCause.ConnectionLost), (gap.Tag, gap.Start, gap.Cause));
        Assert.True(gap.End - gap.Start >= TimeSpan.FromSeconds(5), gap.ToString());
    }

    private async Task<ScriptedPlc> ComparedAsync()
    {
        var plc = new ScriptedPlc();
        plc.Server.Do(plant => plant.DataTypes["PT102"] = Float64);
        await plc.StartLiveAsync(options => options with { IdentityFile = _folder.File("PLC1.json") });
        await plc.UntilAsync(_ => plc.Log.Lines.Any(line => line.Id == 1032) && File.Exists(_folder.File("PLC1.json")), "what the nodes are");
        return plc;
    }

    // the old item never reports again
    private static void Forget(ScriptedPlc plc) => plc.Server.Do(plant => plant.Subscriptions[0].Handles.Remove(plant.Subscriptions[0].Handles.Single(handle => handle.Value == 2).Key));
}
