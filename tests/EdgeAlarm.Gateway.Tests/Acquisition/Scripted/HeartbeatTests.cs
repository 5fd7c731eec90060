using System.Text.RegularExpressions;
using EdgeAlarm.Gateway.Acquisition;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Services;
using EdgeAlarm.TestServers.Scripted;

namespace EdgeAlarm.Gateway.Tests.Acquisition.Scripted;

/// <summary>The one write that the gateway knows.</summary>
public sealed class HeartbeatTests
{
    private static readonly HeartbeatOptions Heartbeat = new("nsu=urn:scripted:plant;s=BEAT", TimeSpan.FromSeconds(5));

    [Fact]
    public async Task A_counter_is_written_in_the_type_of_its_variable_as_often_as_asked()
    {
        await using var plc = new ScriptedPlc();
        plc.Server.Do(plant => plant.SetRaw("BEAT", new DataValue(Variant.From((ushort)7))));
        plc.Server.On<WriteRequest>(_ => ScriptedReply.Of(new WriteResponse { Results = [StatusCodes.Good] }));
        await plc.StartLiveAsync(options => options with { Heartbeat = Heartbeat });
        await plc.UntilAsync(_ => plc.Server.Received<WriteRequest>().Count >= 4, "four beats");
        var beats = plc.Server.Received<WriteRequest>().Select(request => request.Read<WriteRequest>().NodesToWrite.Single()).Take(4).ToArray();
        Assert.All(beats, beat => Assert.Equal((AttributeIds.Value, BuiltInType.UInt16, 0L), (beat.AttributeId, beat.Value.Value.Type, beat.Value.SourceTicks)));
        Assert.Equal([1ul, 2, 3, 4], beats.Select(beat => beat.Value.Value.TryGetUInt64(out var count) ? count : 0));
        Assert.Empty(plc.Sink.Conditions);
    }

    [Fact]
    public async Task A_heartbeat_that_is_refused_is_told_once_and_its_recovery_once_and_costs_nothing_else()
    {
        await using var plc = new ScriptedPlc();
        plc.Server.Do(plant => plant.SetRaw("BEAT", new DataValue(Variant.From(0))));
        plc.Server.On<WriteRequest>(_ => ScriptedReply.Of(new WriteResponse { Results = [StatusCodes.BadUserAccessDenied] }), times: 3);
        plc.Server.On<WriteRequest>(_ => ScriptedReply.Of(new WriteResponse { Results = [StatusCodes.Good] }));
        await plc.StartLiveAsync(options => options with { Heartbeat = Heartbeat });
        await plc.UntilAsync(_ => plc.Server.Received<WriteRequest>().Count >= 6, "six beats");
        await plc.UntilAsync(sink => sink.Conditions.Count == 2, "both words of it");
        Assert.Equal([true, false], plc.Sink.Conditions.Select(condition => condition.Active));
        Assert.All(plc.Sink.Conditions, condition => Assert.Equal("SYS_HEARTBEAT_NOT_WRITTEN.PLC1", condition.Name));
        Assert.Contains("BadUserAccessDenied", plc.Sink.Conditions[0].Detail, StringComparison.Ordinal);
        Assert.Single(plc.Log.Lines, line => line.Id == 1030);
        Assert.Empty(plc.Sink.Downs);
    }

    [Fact]
    public async Task Where_no_heartbeat_is_asked_for_nothing_is_ever_written()
    {
        await using var plc = new ScriptedPlc();
        await plc.StartLiveAsync();
        await plc.PassAsync(TimeSpan.FromMinutes(2), step: TimeSpan.FromSeconds(1));
        Assert.Empty(plc.Server.Received<WriteRequest>());
    }

    // a gateway that can write can be made to write: the code has exactly one place that does
    [Fact]
    public void Nothing_but_the_heartbeat_writes_to_a_server_and_nothing_but_the_counting_of_items_calls_a_method()
    {
        var client = Path.Combine(Repository.Root, "src");
        var files = Directory.EnumerateFiles(client, "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal) && !file.Contains("PlantSimulator", StringComparison.Ordinal))
            .Select(file => (Name: Path.GetFileName(file), Text: File.ReadAllText(file))).ToArray();
        Assert.Equal(["UaSession.cs"], Using(files, @"new WriteRequest\b"));
        Assert.Equal(["HeartbeatWriter.cs", "UaSession.cs"], Using(files, @"\bWriteValueAsync\("));
        Assert.Equal(["UaSession.cs"], Using(files, @"new CallRequest\b"));
        Assert.Equal(["UaSession.cs", "UaSubscription.cs"], Using(files, @"\bCallMethodAsync\("));
    }

    private static string[] Using((string Name, string Text)[] files, string pattern) =>
        [.. files.Where(file => Regex.IsMatch(file.Text, pattern, RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))).Select(file => file.Name).Order(StringComparer.Ordinal)];
}
