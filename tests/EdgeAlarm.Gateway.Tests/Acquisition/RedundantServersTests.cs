using EdgeAlarm.Gateway.Acquisition;

namespace EdgeAlarm.Gateway.Tests.Acquisition;

public sealed class RedundantServersTests
{
    private static readonly Uri First = new("opc.tcp://plc-a:4840");
    private static readonly Uri Second = new("opc.tcp://plc-b:4840");
    private static readonly Uri Third = new("opc.tcp://plc-c:4840");

    [Fact]
    public void Between_healthy_servers_nothing_is_changed_because_each_change_costs_a_gap()
    {
        var servers = new RedundantServers([First, Second]);
        servers.Told(First, 201);
        servers.Told(Second, 255);
        Assert.Null(servers.Improve());
        Assert.Equal(First, servers.Current);
    }

    [Fact]
    public void A_degraded_server_is_left_for_the_best_of_the_others()
    {
        var servers = new RedundantServers([First, Second, Third]);
        servers.Told(First, 199);
        servers.Told(Second, 201);
        servers.Told(Third, 255);
        Assert.Contains("service level 199", servers.Improve(), StringComparison.Ordinal);
        Assert.Equal(Third, servers.Current);
        Assert.Equal([First, Second], servers.Others);
    }

    [Fact]
    public void A_degraded_server_is_kept_where_no_other_is_better_or_answers()
    {
        var servers = new RedundantServers([First, Second, Third]);
        servers.Told(First, 80);
        servers.Told(Second, 80);
        servers.Told(Third, null);
        Assert.Null(servers.Improve());
        Assert.Equal(First, servers.Current);
    }

    [Fact]
    public void A_server_that_is_away_is_left_after_two_attempts_for_the_best_that_is_known()
    {
        var servers = new RedundantServers([First, Second, Third]);
        servers.Told(Third, 255);
        Assert.False(servers.Failed());
        Assert.True(servers.Failed());
        Assert.Equal(Third, servers.Current);
    }

    [Fact]
    public void All_servers_are_tried_in_turn_for_ever_where_all_are_away()
    {
        var servers = new RedundantServers([First, Second, Third]);
        var tried = new List<Uri>();
        for (var attempt = 0; attempt < 2 * RedundantServers.FailuresMax * 3; attempt++)
        {
            tried.Add(servers.Current);
            servers.Failed();
        }

        Assert.Equal([First, Second, Third, First, Second, Third], tried.Where((_, attempt) => attempt % RedundantServers.FailuresMax == 0));
    }

    [Fact]
    public void A_server_without_others_is_tried_for_ever()
    {
        var servers = new RedundantServers([First]);
        for (var attempt = 0; attempt < 100; attempt++)
        {
            Assert.False(servers.Failed());
        }

        Assert.Equal(First, servers.Current);
    }
}
