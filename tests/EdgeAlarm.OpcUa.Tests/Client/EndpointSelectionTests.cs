using EdgeAlarm.OpcUa.Client;
using EdgeAlarm.OpcUa.Security;
using EdgeAlarm.OpcUa.Services;

namespace EdgeAlarm.OpcUa.Tests.Client;

/// <summary>opcua-security §5.1, §6 rows 1 and 7: what was configured is found or it is an error.</summary>
public class EndpointSelectionTests
{
    private static readonly UserTokenPolicy Anonymous = new() { PolicyId = "a", TokenType = UserTokenType.Anonymous };
    private static readonly UserTokenPolicy Named = new() { PolicyId = "u", TokenType = UserTokenType.UserName };

    [Fact]
    public void The_demanded_endpoint_is_taken_whatever_the_server_ranks_higher()
    {
        var demanded = Endpoint(SecurityPolicy.Basic256Sha256, MessageSecurityMode.Sign, 1, Anonymous);
        var (chosen, token) = EndpointSelection.Select(
            [Endpoint(SecurityPolicy.None, MessageSecurityMode.None, 200, Anonymous), Endpoint(SecurityPolicy.Basic256Sha256, MessageSecurityMode.SignAndEncrypt, 100, Anonymous), demanded],
            Demand(SecurityPolicy.Basic256Sha256, MessageSecurityMode.Sign));
        Assert.Same(demanded, chosen);
        Assert.Equal("a", token.PolicyId);
    }

    [Fact]
    public void A_list_stripped_of_its_secure_endpoints_never_leads_to_a_weaker_one()
    {
        var refused = Assert.Throws<UaClientException>(() => EndpointSelection.Select(
            [Endpoint(SecurityPolicy.None, MessageSecurityMode.None, 0, Anonymous), Endpoint(SecurityPolicy.Basic256Sha256, MessageSecurityMode.Sign, 0, Anonymous)],
            Demand(SecurityPolicy.Basic256Sha256, MessageSecurityMode.SignAndEncrypt)));
        Assert.Equal(UaFailure.Endpoint, refused.Failure);
        Assert.Contains("it offers None, Basic256Sha256/Sign.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_user_is_never_turned_into_an_anonymous_one()
    {
        var refused = Assert.Throws<UaClientException>(() => EndpointSelection.Select(
            [Endpoint(SecurityPolicy.None, MessageSecurityMode.None, 0, Anonymous)],
            Demand(SecurityPolicy.None, MessageSecurityMode.None) with { User = UserIdentity.Named("edge", "secret") }));
        Assert.Contains("accepts no UserName login", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused.Message, StringComparison.Ordinal);
    }

    // open62541 repeats its token policies with the same PolicyId: no dictionary keyed by it
    [Fact]
    public void Repeated_token_policies_are_no_obstacle()
    {
        var (_, token) = EndpointSelection.Select(
            [Endpoint(SecurityPolicy.None, MessageSecurityMode.None, 0, Named, Anonymous, Anonymous)], Demand(SecurityPolicy.None, MessageSecurityMode.None));
        Assert.Equal(UserTokenType.Anonymous, token.TokenType);
    }

    [Fact]
    public void Lists_are_the_same_in_any_order_and_behind_any_address_and_differ_by_one_token()
    {
        EndpointDescription[] discovered = [Endpoint(SecurityPolicy.None, MessageSecurityMode.None, 0, Anonymous), Endpoint(SecurityPolicy.Basic256Sha256, MessageSecurityMode.Sign, 1, Named)];
        Assert.True(EndpointSelection.AreSame(discovered, [discovered[1] with { EndpointUrl = "opc.tcp://inside:1" }, discovered[0]]));
        Assert.False(EndpointSelection.AreSame(discovered, [discovered[0]]));
        Assert.False(EndpointSelection.AreSame(discovered, [discovered[0], discovered[1] with { UserIdentityTokens = [Named, Anonymous] }]));
        Assert.False(EndpointSelection.AreSame(discovered, [discovered[0], discovered[1] with { SecurityMode = MessageSecurityMode.None }]));
    }

    private static UaClientOptions Demand(SecurityPolicy policy, MessageSecurityMode mode) => new() { EndpointUrl = new("opc.tcp://plc:4840"), Policy = policy, Mode = mode };

    private static EndpointDescription Endpoint(SecurityPolicy policy, MessageSecurityMode mode, byte level, params UserTokenPolicy[] tokens) => new()
    {
        EndpointUrl = "opc.tcp://plc:4840", SecurityPolicyUri = policy.Uri, SecurityMode = mode, SecurityLevel = level, UserIdentityTokens = tokens,
        TransportProfileUri = EndpointSelection.BinaryTransport,
    };
}
