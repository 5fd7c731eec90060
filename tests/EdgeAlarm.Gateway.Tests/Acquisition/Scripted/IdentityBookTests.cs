using EdgeAlarm.Gateway.Acquisition;
using EdgeAlarm.TestServers;

namespace EdgeAlarm.Gateway.Tests.Acquisition.Scripted;

/// <summary>A record of what the nodes were that cannot be read.</summary>
public sealed class IdentityBookTests
{
    [Fact]
    [Trait("Field", "F-22")]
    public async Task A_damaged_record_is_kept_and_alarmed_and_nothing_is_compared_until_it_is_mended()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("PLC1.json");
        await File.WriteAllTextAsync(file, "{ \"half", TestContext.Current.CancellationToken);
        await using var plc = new ScriptedPlc();
        await plc.StartLiveAsync(options => options with { IdentityFile = file });
        await plc.UntilAsync(sink => sink.Conditions.Count == 1, "the condition");
        Assert.Equal((AcquisitionConditions.IdentitiesUnusable("PLC1"), true), (plc.Sink.Conditions[0].Name, plc.Sink.Conditions[0].Active));
        Assert.Contains(file, plc.Sink.Conditions[0].Detail, StringComparison.Ordinal);
        await plc.PassAsync(TimeSpan.FromSeconds(70), step: TimeSpan.FromSeconds(1));
        Assert.Equal("{ \"half", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        Assert.Single(plc.Sink.Conditions);

        await File.WriteAllTextAsync(file, "{}", TestContext.Current.CancellationToken);
        await plc.UntilAsync(sink => sink.Conditions.Count == 2, "the end of the condition", step: TimeSpan.FromSeconds(1));
        Assert.False(plc.Sink.Conditions[1].Active);
        Assert.Empty(plc.Sink.Downs);
    }
}
