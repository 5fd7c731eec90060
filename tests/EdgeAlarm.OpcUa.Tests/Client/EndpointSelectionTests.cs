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
        var (chosen, token, _) = EndpointSelection.Select(
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
        var (_, token, _) = EndpointSelection.Select(
            [Endpoint(SecurityPolicy.None, MessageSecurityMode.None, 0, Named, Anonymous, Anonymous)], Demand(SecurityPolicy.None, MessageSecurityMode.None));
        Assert.Equal(UserTokenType.Anonymous, token.TokenType);
    }

    // the PolicyId is the same each time: what protects the token tells them apart, and one that this client lacks or that protects nothing stands first
    [Theory]
    [InlineData(UserTokenType.UserName)]
    [InlineData(UserTokenType.Certificate)]
    public void Of_token_policies_with_one_PolicyId_the_first_that_protects_the_login_is_taken(UserTokenType type)
    {
        UserTokenPolicy Policy(string uri) => new() { PolicyId = "same", TokenType = type, SecurityPolicyUri = uri };
        var unknown = Policy("http://opcfoundation.org/UA/SecurityPolicy#ECC_nistP256");
        var wanted = Policy(SecurityPolicy.Aes256Sha256RsaPss.Uri);

        var (_, token, security) = EndpointSelection.Select(
            [Endpoint(SecurityPolicy.None, MessageSecurityMode.None, 0, Anonymous, unknown, Policy(SecurityPolicy.None.Uri), wanted, Policy(SecurityPolicy.Basic256Sha256.Uri))],
            Demand(SecurityPolicy.None, MessageSecurityMode.None) with { User = User(type) });

        Assert.Same(wanted, token);
        Assert.Same(SecurityPolicy.Aes256Sha256RsaPss, security);
    }

    // opcua-security §6 row 7: a password never travels in clear, and a certificate's login never without its signature
    [Theory]
    [InlineData(UserTokenType.UserName, MessageSecurityMode.None, "in clear text")]
    [InlineData(UserTokenType.UserName, MessageSecurityMode.Sign, "in clear text")]
    [InlineData(UserTokenType.Certificate, MessageSecurityMode.None, "for no signature")]
    [InlineData(UserTokenType.Certificate, MessageSecurityMode.SignAndEncrypt, "for no signature")]
    public void A_login_that_nothing_protects_is_refused(UserTokenType type, MessageSecurityMode mode, string words)
    {
        var policy = mode is MessageSecurityMode.None ? SecurityPolicy.None : SecurityPolicy.Basic256Sha256;
        var bare = new UserTokenPolicy { PolicyId = "u", TokenType = type, SecurityPolicyUri = SecurityPolicy.None.Uri };

        var refused = Assert.Throws<UaClientException>(() => EndpointSelection.Select([Endpoint(policy, mode, 0, bare)], Demand(policy, mode) with { User = User(type) }));

        Assert.Equal(UaFailure.Security, refused.Failure);
        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_login_that_only_an_unknown_policy_would_protect_is_refused_by_its_name()
    {
        var elliptic = new UserTokenPolicy { PolicyId = "u", TokenType = UserTokenType.UserName, SecurityPolicyUri = "http://opcfoundation.org/UA/SecurityPolicy#ECC_nistP256" };

        var refused = Assert.Throws<UaClientException>(() => EndpointSelection.Select(
            [Endpoint(SecurityPolicy.Basic256Sha256, MessageSecurityMode.SignAndEncrypt, 0, elliptic)],
            Demand(SecurityPolicy.Basic256Sha256, MessageSecurityMode.SignAndEncrypt) with { User = User(UserTokenType.UserName) }));

        Assert.Equal(UaFailure.Endpoint, refused.Failure);
        Assert.Contains("ECC_nistP256", refused.Message, StringComparison.Ordinal);
        Assert.Contains("supported are Basic256Sha256, Aes128_Sha256_RsaOaep, Aes256_Sha256_RsaPss", refused.Message, StringComparison.Ordinal);
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

    private static UserIdentity User(UserTokenType type) => type is UserTokenType.UserName
        ? UserIdentity.Named("edge", "secret")
        : UserIdentity.WithCertificate(Security.TestCertificates.Client());

    private static UaClientOptions Demand(SecurityPolicy policy, MessageSecurityMode mode) => new() { EndpointUrl = new("opc.tcp://plc:4840"), Policy = policy, Mode = mode };

    private static EndpointDescription Endpoint(SecurityPolicy policy, MessageSecurityMode mode, byte level, params UserTokenPolicy[] tokens) => new()
    {
        EndpointUrl = "opc.tcp://plc:4840", SecurityPolicyUri = policy.Uri, SecurityMode = mode, SecurityLevel = level, UserIdentityTokens = tokens,
        TransportProfileUri = EndpointSelection.BinaryTransport,
    };
}
