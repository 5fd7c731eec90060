using System.Text.Json.Nodes;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.PlantSimulator;
using EdgeAlarm.PlantSimulator.Plant;
using EdgeAlarm.TestServers;

namespace EdgeAlarm.Gateway.Tests.Acquisition;

/// <summary>An address that names another variable than it did (F-22).</summary>
public sealed class IdentityTests
{
    private const int Tags = 5;

    [Fact]
    [Trait("Field", "F-22")]
    public async Task A_known_address_that_names_another_variable_is_not_monitored_until_its_line_is_deleted()
    {
        await using var plant = new ServingPlant(new PlantServerOptions { Port = 0, AllowsNone = true, AllowsAnonymous = true, LoadTags = Tags, LoadInterval = TimeSpan.FromMilliseconds(100) });
        using var folder = new TemporaryFolder();
        var file = folder.File("PLC1.json");
        var options = RunningPlc.Plain(plant.Server.EndpointUrl.Port, 0) with { Tags = ServingPlant.LoadTags(Tags, TimeSpan.FromMilliseconds(50)), IdentityFile = file };

        // first contact is trusted, and told once
        await using (var plc = new RunningPlc(options))
        {
            await plc.Sink.UntilAsync(_ => File.Exists(file), "the file");
            await plc.Sink.UntilAsync(_ => plc.Log.Lines.Any(line => line.Id == 1032), "the line in the log");
            Assert.Contains($"{Tags} nodes", plc.Log.Lines.Single(line => line.Id == 1032).Text, StringComparison.Ordinal);
            Assert.Empty(plc.Sink.Conditions);
        }

        var address = options.Tags[2].Address;
        var book = JsonNode.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken))!.AsObject();
        Assert.Contains(BulkTags.NameOf(2), (string?)book[address], StringComparison.Ordinal);
        book[address] = "Objects/Plant/SomethingElse; i=6; rank -1; bar";
        await File.WriteAllTextAsync(file, book.ToJsonString(), TestContext.Current.CancellationToken);

        await using (var plc = new RunningPlc(options))
        {
            await plc.Sink.UntilAsync(sink => sink.Conditions.Count == 1, "the condition");
            Assert.Equal((true, "SYS_IDENTITY_CHANGED.PLC1"), (plc.Sink.Conditions[0].Active, plc.Sink.Conditions[0].Name));
            Assert.Contains(BulkTags.NameOf(2), plc.Sink.Conditions[0].Detail, StringComparison.Ordinal);
            Assert.Equal(StatusCodes.BadConfigurationError.Code, plc.Sink.MonitoredTags.Last(tag => tag.Tag == 2).Result.Code);
            var before = plc.Sink.Samples.Count(sample => sample.Tag == 2);
            var enough = plc.Sink.Samples.Count + (Tags * 10);
            await plc.Sink.UntilAsync(sink => sink.Samples.Count > enough, "samples of the others");
            Assert.Equal(before, plc.Sink.Samples.Count(sample => sample.Tag == 2));
            Assert.Contains(plc.Log.Lines, line => line.Id == 1033 && line.Text.Contains("SomethingElse", StringComparison.Ordinal));
        }

        book.Remove(address);
        await File.WriteAllTextAsync(file, book.ToJsonString(), TestContext.Current.CancellationToken);
        await using (var plc = new RunningPlc(options))
        {
            await plc.Sink.UntilAsync(_ => plc.Log.Lines.Any(line => line.Id == 1032), "the new contact");
            await plc.Sink.UntilAsync(sink => sink.Samples.Count(sample => sample.Tag == 2) > 5, "samples of the accepted tag");
            Assert.Empty(plc.Sink.Conditions);
        }
    }
}
