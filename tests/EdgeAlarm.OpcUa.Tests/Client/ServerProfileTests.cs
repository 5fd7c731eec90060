using EdgeAlarm.OpcUa.Client;
using EdgeAlarm.OpcUa.Security;
using EdgeAlarm.TestServers;

namespace EdgeAlarm.OpcUa.Tests.Client;

public class ServerProfileTests
{
    [Theory]
    [InlineData("Siemens AG", "https://www.siemens.com/s7-1500", "SIMATIC.S7-1500.OPC-UA.Application:PLC_1", "S7-1500")]
    [InlineData("Siemens AG", "", "S7-1200 OPC UA server", "S7-1200")]
    [InlineData("Siemens AG", "", "SIMATIC NET OPC UA server", "General")]
    [InlineData("Kepware", "urn:kepware:KEPServerEX", "KEPServerEX", "Kepware")]
    [InlineData("PTC", "", "Kepware Server", "Kepware")]
    [InlineData("3S - Smart Software Solutions GmbH", "http://www.codesys.com", "CODESYS OPC UA Server", "CODESYS")]
    [InlineData("Beckhoff Automation", "", "TcOpcUaServer", "Beckhoff")]
    [InlineData("Schneider Electric", "", "BMENUA0100", "Schneider")]
    [InlineData("Keppel Works", "", "Line 1500", "General")]
    [InlineData("", "", "", "General")]
    public void A_server_is_recognised_by_how_it_describes_itself(string manufacturer, string uri, string name, string profile) =>
        Assert.Equal(profile, new ServerProduct(manufacturer, uri, name, "1.0").Profile.Name);

    [Fact]
    public void Every_fact_names_its_source_and_every_profile_is_found_by_its_name()
    {
        Assert.All(ServerProfiles.All, profile =>
        {
            Assert.Same(profile, ServerProfiles.Find(profile.Name));
            string?[] sources =
            [
                profile.ItemsPerCallMax?.Source, profile.ItemsPerSubscriptionMax?.Source, profile.ItemsMax?.Source, profile.PublishRequestsMax?.Source,
                profile.QueueMax?.Source, profile.SessionsMax?.Source, profile.TransfersSubscriptions?.Source, profile.SessionTimeoutMin?.Source, profile.LifetimeMax?.Source,
                .. profile.Remarks.Select(remark => remark.Source),
            ];
            Assert.DoesNotContain(sources, source => source is not null && source.Length < 8);
            Assert.Equal(profile == ServerProfiles.General, sources.All(source => source is null));
        });
        Assert.Null(ServerProfiles.Find("S7-300"));
    }

    // F-4 is the same server: what it refuses is never asked of it. Its items are made in calls of a hundred
    [Fact]
    [Trait("Field", "F-4")]
    public async Task What_is_known_of_a_make_limits_what_the_server_says_of_itself()
    {
        await using var server = await NodeOpcuaServer.StartAsync(new() { Tags = 1, Paused = true, OperationsMax = 400 });
        await using var session = await UaSession.ConnectAsync(
            new() { EndpointUrl = server.Url, Policy = SecurityPolicy.None, Mode = MessageSecurityMode.None }, TimeProvider.System, TestContext.Current.CancellationToken);
        await session.LearnAsync(ServerProfiles.S71200, TestContext.Current.CancellationToken);
        Assert.Equal((400, 100), (session.Limits.Read, session.Limits.CreateItems));
        await session.LearnAsync(ServerProfiles.General, TestContext.Current.CancellationToken);
        Assert.Equal((400, 400), (session.Limits.Read, session.Limits.CreateItems));
        Assert.Contains("node", session.Product?.ToString(), StringComparison.OrdinalIgnoreCase);
    }
}
