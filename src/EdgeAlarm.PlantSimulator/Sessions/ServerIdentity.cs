using System.Security.Cryptography;
using System.Text;
using EdgeAlarm.OpcUa.Security;
using EdgeAlarm.OpcUa.Services;
using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.PlantSimulator.Sessions;

/// <summary>Who the server is and whom it lets in.</summary>
internal sealed class ServerIdentity
{
    internal const string AnonymousPolicyId = "anonymous";
    internal const string UserNamePolicyId = "username";
    internal const string CertificatePolicyId = "certificate";
    internal const string TransportProfile = "http://opcfoundation.org/UA-Profile/Transport/uatcp-uasc-uabinary";

    internal required string ApplicationUri { get; init; }

    /// <summary>Where clients reach it, known once it listens.</summary>
    internal required string EndpointUrl { get; init; }

    /// <summary>Its certificate; without one there is only None.</summary>
    internal required ApplicationCertificate? Own { get; init; }

    /// <summary>Sessions without any security are let in.</summary>
    internal required bool AllowsNone { get; init; }

    internal required bool AllowsAnonymous { get; init; }

    internal required IReadOnlyDictionary<string, string> Users { get; init; }

    /// <summary>Judges the certificates of users; without it there are no such users.</summary>
    internal CertificateValidator? UserCertificates { get; init; }

    /// <summary>What a channel may be opened with for a session.</summary>
    internal IEnumerable<(SecurityPolicy Policy, MessageSecurityMode Mode)> SessionEndpoints()
    {
        foreach (var (policy, mode) in EndpointSecurity.All)
        {
            if (policy.IsSecured ? Own is not null : AllowsNone)
            {
                yield return (policy, mode);
            }
        }
    }

    internal EndpointDescription[] Describe() => [.. SessionEndpoints().Select(endpoint => new EndpointDescription
    {
        EndpointUrl = EndpointUrl,
        Server = new ApplicationDescription
        {
            ApplicationUri = ApplicationUri,
            ProductUri = "urn:edgealarm:simulator",
            ApplicationName = new LocalizedText("EdgeAlarm plant simulator"),
            ApplicationType = ApplicationType.Server,
            DiscoveryUrls = [EndpointUrl],
        },
        ServerCertificate = Own?.Der.ToArray(),
        SecurityMode = endpoint.Mode,
        SecurityPolicyUri = endpoint.Policy.Uri,
        UserIdentityTokens = [.. Tokens(endpoint.Policy)],
        TransportProfileUri = TransportProfile,
        SecurityLevel = (byte)(endpoint.Mode == MessageSecurityMode.SignAndEncrypt ? 20 : endpoint.Mode == MessageSecurityMode.Sign ? 10 : 0),
    })];

    /// <summary>The policy under which a password or a user's signature comes: the channel's, and on a channel without one the certificate's, so that it is never clear where it can be helped.</summary>
    internal SecurityPolicy TokenPolicy(SecurityPolicy channel) => channel.IsSecured || Own is null ? channel : SecurityPolicy.Basic256Sha256;

    /// <summary>Whether name and password belong together, in a time that does not depend on how far they do.</summary>
    internal bool Knows(string? name, string password)
    {
        var known = Users.TryGetValue(name ?? string.Empty, out var expected);
        var same = CryptographicOperations.FixedTimeEquals(Hash(password), Hash(expected ?? string.Empty));
        return known && same;
    }

    private IEnumerable<UserTokenPolicy> Tokens(SecurityPolicy channel)
    {
        if (AllowsAnonymous)
        {
            yield return new UserTokenPolicy { PolicyId = AnonymousPolicyId, TokenType = UserTokenType.Anonymous };
        }

        if (Users.Count > 0)
        {
            yield return new UserTokenPolicy
            {
                PolicyId = UserNamePolicyId,
                TokenType = UserTokenType.UserName,
                SecurityPolicyUri = channel.IsSecured ? null : TokenPolicy(channel).Uri,
            };
        }

        if (UserCertificates is not null)
        {
            yield return new UserTokenPolicy
            {
                PolicyId = CertificatePolicyId,
                TokenType = UserTokenType.Certificate,
                SecurityPolicyUri = channel.IsSecured ? null : TokenPolicy(channel).Uri,
            };
        }
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
