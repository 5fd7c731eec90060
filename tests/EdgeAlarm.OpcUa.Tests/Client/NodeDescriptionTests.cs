using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Client;
using EdgeAlarm.OpcUa.Security;
using EdgeAlarm.OpcUa.Services;
using EdgeAlarm.TestServers;
using Range = EdgeAlarm.OpcUa.Services.Range;

namespace EdgeAlarm.OpcUa.Tests.Client;

/// <summary>What a server says of its nodes: the fingerprint by which a gateway finds that an address names another thing.</summary>
public class NodeDescriptionTests
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Field", "F-22")]
    public async Task A_node_is_described_by_path_type_shape_unit_and_range()
    {
        await using var server = await NodeOpcuaServer.StartAsync(new() { Tags = 1, Paused = true, Types = true });
        await using var session = await ConnectAsync(server);
        var described = await DescribeAsync(session, "Level", "Matrix", "Motor", "History", "Nobody");

        Assert.Equal("Objects/Plant/Level", described[0].Path);
        Assert.Equal((NodeClass.Variable, "Level", "Temperature of tank T-101"), (described[0].Class, described[0].BrowseName, described[0].Description));
        Assert.Equal(new Range { Low = -20, High = 150 }, described[0].Range);
        Assert.Equal("°C", described[0].Unit?.DisplayName.Text);
        Assert.Equal((new ExpandedNodeId(NodeId.Numeric(0, 11)), -1, true, false), (described[0].DataType, described[0].ValueRank, described[0].IsReadable, described[0].HasHistory));
        Assert.Equal((2, "2,3"), (described[1].ValueRank, string.Join(',', described[1].ArrayDimensions)));
        Assert.Null(described[1].Unit);
        Assert.Equal("nsu=urn:edgealarm:test-types;i=3003", described[2].DataType.ToString());
        Assert.True(described[3].HasHistory);
        Assert.Equal((StatusCodes.BadNodeIdUnknown, ""), (described[4].Status, described[4].Path));
    }

    // a small PLC refuses larger calls; forty tags of nine attributes each are then eighteen calls of twenty
    [Fact]
    public async Task Calls_keep_to_the_limit_that_the_server_says()
    {
        await using var server = await NodeOpcuaServer.StartAsync(new() { Tags = 40, Paused = true, OperationsMax = 20 });
        await using var session = await ConnectAsync(server);
        Assert.Equal(new OperationLimits(20, 20, 20, 20, 20, 100_000), session.Limits);
        var described = await DescribeAsync(session, [.. Enumerable.Range(0, 40).Select(tag => $"Tag{tag:D4}")]);
        Assert.All(described, (node, index) => Assert.Equal($"Objects/Plant/Tag{index:D4}", node.Path));
    }

    internal static async Task<UaSession> ConnectAsync(NodeOpcuaServer server)
    {
        var session = await UaSession.ConnectAsync(new() { EndpointUrl = server.Url, Policy = SecurityPolicy.None, Mode = MessageSecurityMode.None }, TimeProvider.System, Token);
        await session.LearnAsync(profile: null, Token);
        return session;
    }

    internal static NodeId[] Nodes(IReadOnlyList<string?> namespaces, params string[] names) =>
        [.. names.Select(name => ExpandedNodeId.Parse(NodeOpcuaServer.TypedAddress(name)).TryResolve(namespaces, out var node) ? node : NodeId.Null)];

    private static async Task<IReadOnlyList<NodeDescription>> DescribeAsync(UaSession session, params string[] names)
    {
        var namespaces = await session.ReadNamespacesAsync(Token);
        return await NodeDescriptionReader.ReadAsync(session, Nodes(namespaces, names), namespaces, Token);
    }
}
