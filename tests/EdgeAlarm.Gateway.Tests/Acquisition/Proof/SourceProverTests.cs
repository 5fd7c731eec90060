using EdgeAlarm.Gateway.Acquisition;
using EdgeAlarm.Gateway.Acquisition.Proof;
using EdgeAlarm.Gateway.Configuration;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Client;
using EdgeAlarm.OpcUa.Services;
using EdgeAlarm.TestServers;
using EdgeAlarm.TestServers.Scripted;

namespace EdgeAlarm.Gateway.Tests.Acquisition.Proof;

/// <summary>What <c>check --connect</c> finds before the plant does.</summary>
public sealed class SourceProverTests
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Field", "F-4")]
    public async Task Every_tag_is_proved_or_told_with_its_own_reason_and_nothing_stays_at_the_server()
    {
        await using var server = await NodeOpcuaServer.StartAsync(new() { Tags = 1, Paused = true, Types = true });
        var proof = await SourceProver.ProveAsync(TypedTagTests.Options(server.Port, "Level", "Motor/Status/Bits.3", "Text", "Nowhere", "Array[9]"), TimeProvider.System, Token);

        Assert.Null(proof.Failure);
        Assert.Contains("node", proof.Server, StringComparison.OrdinalIgnoreCase);
        Assert.Equal([("20", "Good"), ("true", "Good")], proof.Tags.Take(2).Select(tag => (tag.Value.ToLowerInvariant(), tag.Status)));
        Assert.All(proof.Tags.Take(2), tag => Assert.Empty(tag.Faults));
        Assert.Contains("no alarm can compare", Assert.Single(proof.Tags[2].Faults), StringComparison.Ordinal);
        Assert.Contains("BadNodeIdUnknown", Assert.Single(proof.Tags[3].Faults), StringComparison.Ordinal);
        Assert.Contains("BadIndexRangeNoData", Assert.Single(proof.Tags[4].Faults), StringComparison.Ordinal);
        Assert.False(proof.IsProved);
        Assert.InRange(proof.ClockOffset!.Value, TimeSpan.FromSeconds(-2), TimeSpan.FromSeconds(2));
    }

    // found at the desk, and not by the alarm that did not come
    [Fact]
    [Trait("Field", "F-1")]
    [Trait("Field", "F-65")]
    public async Task A_pulse_that_is_too_short_a_queue_that_is_too_small_and_a_clock_that_is_wrong_are_found()
    {
        await using var server = new ScriptedServer(TimeProvider.System, TimeSpan.FromSeconds(1));
        server.Set("LT101", 50);
        server.Do(plant => (plant.SamplingMinMs, plant.ClockAhead) = (500, TimeSpan.FromMinutes(3)));
        server.Do(plant => plant.QueueOfOne.Add("LT101"));
        var options = RunningPlc.Plain(server.Url.Port, 0) with
        {
            Tags = [new PlcTag(0, "LT101", "nsu=urn:scripted:plant;s=LT101", TimeSpan.FromMilliseconds(100)) { ShortestPulse = new PulseDemand("LT101_HIHI", TimeSpan.FromMilliseconds(300)) }],
        };
        var proof = await SourceProver.ProveAsync(options, TimeProvider.System, Token);

        Assert.Contains("LT101_HIHI must not miss pulses of 300 ms, but only 500 ms are certain", Assert.Single(Assert.Single(proof.Tags).Faults), StringComparison.Ordinal);
        Assert.Equal(2, proof.Faults.Count);
        Assert.Contains("ride out 0.0 s where 30.0 s are demanded", proof.Faults[0], StringComparison.Ordinal);
        Assert.Contains("its clock is 180.0 s ahead of this machine's", proof.Faults[1], StringComparison.Ordinal);
        Assert.NotEmpty(server.Received<CloseSessionRequest>());
    }

    [Fact]
    [Trait("Field", "F-25")]
    public async Task A_server_that_does_not_answer_is_told_and_is_no_exception()
    {
        var proof = await SourceProver.ProveAsync(RunningPlc.Plain(LoopbackPort.Free(), 1), TimeProvider.System, Token);
        Assert.Contains("no connection to", proof.Failure, StringComparison.Ordinal);
        Assert.False(proof.IsProved);
    }

    [Fact]
    public async Task More_tags_than_servers_of_the_make_bear_are_told_with_the_source_of_the_fact()
    {
        await using var server = new ScriptedServer(TimeProvider.System, TimeSpan.FromSeconds(1));
        server.Set("LT101", 50);
        var tag = new PlcTag(0, "LT101", "nsu=urn:scripted:plant;s=LT101", TimeSpan.FromMilliseconds(100));
        var options = RunningPlc.Plain(server.Url.Port, 0) with { Profile = ServerProfiles.S71200, Tags = [.. Enumerable.Range(0, 1001).Select(index => tag with { Index = index, Name = $"T{index}" })] };
        var proof = await SourceProver.ProveAsync(options, TimeProvider.System, Token);

        Assert.Equal("S7-1200", proof.Profile);
        Assert.Contains(proof.Faults, fault => fault.Contains("1001 tags are configured, and a server of this make bears 1000 items", StringComparison.Ordinal) && fault.Contains("Siemens entry", StringComparison.Ordinal));
        Assert.Equal(11, server.Received<CreateMonitoredItemsRequest>().Count);
    }

    [Theory]
    [InlineData("LT101", 0.0, 3, "is a Double, and a heartbeat counts in an integer")]
    [InlineData("BEAT", 7, 1, "may not be written by this user")]
    [InlineData("NOWHERE", null, 3, "is not there: BadNodeIdUnknown")]
    [InlineData("BEAT", 7, 3, null)]
    public async Task A_heartbeat_is_proved_without_writing_it(string node, object? value, byte access, string? fault)
    {
        await using var server = new ScriptedServer(TimeProvider.System, TimeSpan.FromSeconds(1));
        server.Do(plant =>
        {
            plant.UserAccessLevel = access;
            if (value is not null)
            {
                plant.SetRaw(node, new(value is int number ? Variant.From(number) : Variant.From((double)value)));
            }
        });
        var proof = await SourceProver.ProveAsync(
            RunningPlc.Plain(server.Url.Port, 0) with { Heartbeat = new($"nsu=urn:scripted:plant;s={node}", TimeSpan.FromSeconds(5)) }, TimeProvider.System, Token);
        Assert.Null(proof.Failure);
        Assert.Equal(fault is not null, proof.Faults.Any(told => told.Contains("its heartbeat", StringComparison.Ordinal)));
        Assert.All(proof.Faults.Where(told => told.Contains("its heartbeat", StringComparison.Ordinal)), told => Assert.Contains(fault!, told, StringComparison.Ordinal)); // there is a fault
        Assert.Empty(server.Received<WriteRequest>());
    }
}
