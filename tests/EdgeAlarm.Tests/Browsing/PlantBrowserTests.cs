using EdgeAlarm.Browsing;
using EdgeAlarm.Gateway.Configuration;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Client;
using EdgeAlarm.OpcUa.Security;
using EdgeAlarm.OpcUa.Services;
using EdgeAlarm.PlantSimulator;
using EdgeAlarm.TestServers;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAlarm.Tests.Browsing;

/// <summary>What <c>edgealarm browse</c> shows of a plant, and that its rows are taken as they are.</summary>
public sealed class PlantBrowserTests : IAsyncLifetime
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;
    private readonly CancellationTokenSource _stop = new();
    private readonly TemporaryFolder _folder = new();
    private PlantServer? _server;
    private Task _serving = Task.CompletedTask;

    public ValueTask InitializeAsync()
    {
        _server = new PlantServer(new() { Port = 0, AllowsNone = true, AllowsAnonymous = true, LoadTags = 3, CertificateFolder = _folder.File("server") }, TimeProvider.System, NullLogger<PlantServer>.Instance);
        _serving = _server.RunAsync(_stop.Token);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_tree_shows_each_variable_with_value_and_type_and_stays_within_its_width()
    {
        await using var session = await ConnectAsync();
        var rows = await new PlantBrowser(session).RunAsync(from: null, depth: 20, filter: null, Token);
        var lines = BrowseTree.Lines(rows, 100).ToArray();

        Assert.True(rows.Count(row => row.IsVariable) >= 3);
        Assert.All(lines, line => Assert.InRange(line.Length, 1, 100));
        Assert.Contains(lines, line => line.Contains("LT101 ", StringComparison.Ordinal) && line.Contains("55 %", StringComparison.Ordinal) && line.Contains("Double", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains("ServerStatus", StringComparison.Ordinal));
    }

    // a pattern is meant for the name as well: nobody types the way to it
    [Theory]
    [InlineData("*TAG00001")]
    [InlineData("TAG*1")]
    [InlineData("AG00001")]
    public async Task A_filter_leaves_what_matches_and_what_leads_to_it(string filter)
    {
        await using var session = await ConnectAsync();
        var rows = await new PlantBrowser(session).RunAsync(from: null, depth: 20, filter, Token);
        Assert.Equal("TAG00001", Assert.Single(rows, row => row.IsVariable).Description!.BrowseName);
        Assert.Contains(rows, row => !row.IsVariable);
    }

    [Fact]
    public async Task A_depth_that_cuts_the_tree_short_is_told()
    {
        await using var session = await ConnectAsync();
        var browser = new PlantBrowser(session);
        var rows = await browser.RunAsync(from: null, depth: 1, filter: null, Token);
        Assert.True(browser.IsCutShort);
        Assert.DoesNotContain(rows, row => row.IsVariable);
    }

    [Fact]
    public async Task A_node_that_is_not_there_is_named()
    {
        await using var session = await ConnectAsync();
        var refused = await Assert.ThrowsAsync<UaClientException>(() =>
            new PlantBrowser(session).RunAsync(ExpandedNodeId.Parse("nsu=urn:edgealarm:plant;s=Nowhere"), 20, null, Token));
        Assert.Contains("nsu=urn:edgealarm:plant;s=Nowhere", refused.Message, StringComparison.Ordinal);
    }

    // by namespace URI, with names that are unique and safe: pasted and done
    [Fact]
    public async Task The_rows_of_tags_are_taken_by_check_as_they_are()
    {
        await using var session = await ConnectAsync();
        var rows = await new PlantBrowser(session).RunAsync(from: null, depth: 20, filter: null, Token);
        await File.WriteAllLinesAsync(_folder.File("tags.csv"), new TagRows("PLC1").Lines(rows), Token);
        await File.WriteAllTextAsync(_folder.File("alarms.csv"), "Alarm,Tag,Area,Message,Type,Setpoint,Priority\nA1,TAG00000,Area,High,Hi,90,high\n", Token);
        await File.WriteAllTextAsync(
            _folder.File("gateway.json"),
            """{ "site": "s", "gateway": "g", "data": "data", "sources": [ { "name": "PLC1", "url": "opc.tcp://127.0.0.1:4840", "security": "None" } ], "mqtt": { "host": "127.0.0.1" } }""", Token);
        var (site, faults) = SiteFiles.Load(_folder.File("gateway.json"), new Dictionary<string, string>());

        Assert.Empty(faults);
        Assert.Contains(site!.Tags, tag => tag is { Name: "TAG00000", NodeId: "nsu=urn:edgealarm:plant;s=TAG00000" });
    }

    [Fact]
    public void What_is_left_out_of_the_rows_is_named_with_its_reason()
    {
        var tags = new TagRows("PLC1");
        Assert.Single(tags.Lines(
        [
            Row("Plant/Map", 2, Variant.FromMatrix([1.0, 2.0, 3.0, 4.0], 2, 2)), Row("Plant/Empty", 1, Variant.FromArray<double>([])),
        ]));
        Assert.Equal(["Plant/Map", "Plant/Empty"], tags.LeftOut.Select(left => left.Path));
        Assert.Contains("a matrix", tags.LeftOut[0].Why, StringComparison.Ordinal);
        Assert.Contains("an array", tags.LeftOut[1].Why, StringComparison.Ordinal);
    }

    private static BrowseRow Row(string path, int rank, Variant value)
    {
        var node = NodeId.Text(1, path);
        return new(
            new(node, -1, 0, NodeClass.Variable, path[6..], path), ExpandedNodeId.Parse($"nsu=urn:x;s={path}"), new() { Node = node, Status = default, ValueRank = rank }, null, new(value));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving;
        _server!.Dispose();
        _stop.Dispose();
        _folder.Dispose();
    }

    private async Task<UaSession> ConnectAsync()
    {
        var port = _server!.EndpointUrl.Port;
        return await UaSession.ConnectAsync(
            new() { EndpointUrl = new Uri($"opc.tcp://127.0.0.1:{port}"), Policy = SecurityPolicy.None, Mode = MessageSecurityMode.None }, TimeProvider.System, Token);
    }
}
