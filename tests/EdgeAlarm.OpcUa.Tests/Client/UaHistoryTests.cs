using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Client;
using EdgeAlarm.TestServers;

namespace EdgeAlarm.OpcUa.Tests.Client;

/// <summary>Raw history of an independent server, page by page.</summary>
public class UaHistoryTests
{
    private const int Recorded = 250;
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;
    private static readonly long Noon = new DateTime(2025, 6, 1, 12, 0, 0, DateTimeKind.Utc).Ticks;

    [Fact]
    public async Task All_values_of_an_interval_come_once_and_in_order_over_several_continuation_points()
    {
        await using var server = await RecordedAsync();
        await using var session = await NodeDescriptionTests.ConnectAsync(server);
        var pages = await ReadAsync(session, new(At(10), At(240)) { PageMax = 50 }, "History");
        Assert.True(pages.Count >= 5, $"{pages.Count} pages");
        Assert.Equal([.. pages.Select(_ => false).SkipLast(1), true], pages.Select(page => page.IsLast));
        Assert.Equal(Enumerable.Range(10, 230).Select(value => (double)value), pages.SelectMany(page => page.Values).Select(value => value.Value.AsDouble()));
        Assert.Equal(At(10), pages[0].Values[0].SourceTicks);
    }

    [Fact]
    public async Task Each_node_has_its_own_outcome()
    {
        await using var server = await RecordedAsync();
        await using var session = await NodeDescriptionTests.ConnectAsync(server);
        var pages = await ReadAsync(session, new(At(0), At(5)), "Level", "History", "Nobody");
        Assert.True(pages.Single(page => page.Index == 0).Status.IsBad);
        Assert.Equal(5, pages.Single(page => page.Index == 1).Values.Count);
        Assert.Equal(StatusCodes.BadNodeIdUnknown, pages.Single(page => page.Index == 2).Status);
        var empty = await ReadAsync(session, new(At(1000), At(1001)), "History");
        Assert.Equal((StatusCodes.GoodNoData, 0, true), (empty.Single().Status, empty.Single().Values.Count, empty.Single().IsLast));
    }

    [Fact]
    public async Task What_is_beyond_the_bound_is_not_read_and_the_reader_may_stop_at_any_page()
    {
        await using var server = await RecordedAsync();
        await using var session = await NodeDescriptionTests.ConnectAsync(server);
        var pages = await ReadAsync(session, new(At(0), At(Recorded)) { PageMax = 50, ValuesMax = 120 }, "History");
        Assert.Equal((120, StatusCodes.GoodMoreData, true), (pages.Sum(page => page.Values.Count), pages[^1].Status, pages[^1].IsLast));

        var namespaces = await session.ReadNamespacesAsync(Token);
        await session.LearnAsync(ServerProfiles.General, Token);
        var limits = session.Limits;
        // more often than the server has continuation points: each has to be released
        for (var round = 0; round < 30; round++)
        {
            await foreach (var page in session.ReadRawAsync([new(NodeDescriptionTests.Nodes(namespaces, "History")[0])], new(At(0), At(Recorded)) { PageMax = 10 }, limits, Token))
            {
                Assert.Equal((10, false), (page.Values.Count, page.IsLast));
                break;
            }
        }
    }

    private static long At(int second) => Noon + (second * TimeSpan.TicksPerSecond);

    private static async Task<NodeOpcuaServer> RecordedAsync()
    {
        var server = await NodeOpcuaServer.StartAsync(new() { Tags = 1, Paused = true, Types = true });
        for (var second = 0; second < Recorded; second++)
        {
            await server.SetTypedAsync("History", second, At(second));
        }
        return server;
    }

    private static async Task<List<HistoryPage>> ReadAsync(UaSession session, HistoryQuery query, params string[] names)
    {
        var namespaces = await session.ReadNamespacesAsync(Token);
        await session.LearnAsync(ServerProfiles.General, Token);
        var limits = session.Limits;
        var pages = new List<HistoryPage>();
        await foreach (var page in session.ReadRawAsync([.. NodeDescriptionTests.Nodes(namespaces, names).Select(node => new HistoryNode(node))], query, limits, Token))
        {
            pages.Add(page);
        }
        return pages;
    }
}
