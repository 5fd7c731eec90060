using System.Globalization;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Security;
using EdgeAlarm.OpcUa.Services;

namespace EdgeAlarm.OpcUa.Client;

/// <summary>
/// Chooses by configuration alone: GetEndpoints is unprotected, so whoever sits on the wire can strip the secure endpoints from it. What was demanded is found
/// or it is an error; the server's SecurityLevel counts for nothing (OPC 10000-4 §5.4.4).
/// </summary>
public static class EndpointSelection
{
    /// <summary>The only transport of this client.</summary>
    public const string BinaryTransport = "http://opcfoundation.org/UA-Profile/Transport/uatcp-uasc-uabinary";

    private static readonly (EndpointDescription Endpoint, UserTokenPolicy Token, SecurityPolicy Security)[] NoChoice = [];

    /// <summary>Finds the endpoint with the demanded policy and mode, its token policy for the configured user, and what protects that token.</summary>
    /// <exception cref="UaClientException">There is none; the message names what is offered and the next step.</exception>
    public static (EndpointDescription Endpoint, UserTokenPolicy Token, SecurityPolicy TokenSecurity) Select(
        IReadOnlyList<EndpointDescription> offered, UaClientOptions demanded)
    {
        var binary = offered.Where(IsBinary).ToArray();
        var endpoints = binary.Where(endpoint => endpoint.SecurityMode == demanded.Mode
            && string.Equals(endpoint.SecurityPolicyUri, demanded.Policy.Uri, StringComparison.Ordinal)).ToArray();
        if (endpoints.Length == 0)
        {
            var names = string.Join(", ", binary.Select(Name).Distinct(StringComparer.Ordinal));
            throw new UaClientException(UaFailure.Endpoint, StatusCodes.BadSecurityPolicyRejected,
                $"{demanded.EndpointUrl} offers no endpoint with {demanded.Policy.Name}/{demanded.Mode}; it offers {(names.Length == 0 ? "none at all" : names)}. "
                + "Enable the demanded one at the server, or configure one that it offers");
        }
        var type = demanded.User.TokenType;
        var candidates = endpoints.SelectMany(endpoint => endpoint.UserIdentityTokens.Where(token => token.TokenType == type).Select(token => (Endpoint: endpoint, Token: token))).ToArray();
        if (candidates.Length > 0)
        {
            return Protected(candidates, demanded);
        }
        var tokens = string.Join(", ", endpoints.SelectMany(endpoint => endpoint.UserIdentityTokens).Select(token => token.TokenType.ToString()).Distinct(StringComparer.Ordinal));
        throw new UaClientException(UaFailure.Endpoint, StatusCodes.BadIdentityTokenInvalid,
            $"{demanded.EndpointUrl} accepts no {type} login with {demanded.Policy.Name}/{demanded.Mode}; it accepts {(tokens.Length == 0 ? "none" : tokens)}. "
            + (type is UserTokenType.Anonymous ? "Configure a user and its password file" : "Remove the user from the source's settings, or enable such users at the server"));
    }

    /// <summary>Whether CreateSession told the same endpoints as discovery: otherwise somebody on the wire changed the unprotected list.</summary>
    public static bool AreSame(IReadOnlyList<EndpointDescription> discovered, IReadOnlyList<EndpointDescription> told) =>
        discovered.Where(IsBinary).Select(Fingerprint).Order(StringComparer.Ordinal).SequenceEqual(told.Where(IsBinary).Select(Fingerprint).Order(StringComparer.Ordinal), StringComparer.Ordinal);

    // several token policies may stand side by side, under one PolicyId too; the first one that protects the secret is taken, whatever stands before it
    private static (EndpointDescription Endpoint, UserTokenPolicy Token, SecurityPolicy TokenSecurity) Protected(
        (EndpointDescription Endpoint, UserTokenPolicy Token)[] candidates, UaClientOptions demanded)
    {
        var known = candidates
            .SelectMany(candidate => SecurityPolicy.TryFind(TokenSecurityUri(candidate), out var security) ? [(candidate.Endpoint, candidate.Token, Security: security)] : NoChoice)
            .OrderByDescending(choice => choice.Security.IsSecured) // stable: the server's order within each half
            .ToArray();
        var type = demanded.User.TokenType;
        if (type is UserTokenType.Anonymous)
        {
            return (candidates[0].Endpoint, candidates[0].Token, SecurityPolicy.None);
        }
        if (known.Length == 0)
        {
            var wanted = string.Join(", ", candidates.Select(TokenSecurityUri).Distinct(StringComparer.Ordinal));
            throw new UaClientException(UaFailure.Endpoint, StatusCodes.BadSecurityPolicyRejected,
                $"{demanded.EndpointUrl} wants the login of {demanded.User} protected by {UaClientException.Printable(wanted)}, which is not supported; "
                + $"supported are {string.Join(", ", SecurityPolicy.All.Where(policy => policy.IsSecured))}. Enable one of them for users at the server");
        }
        var isEncryptedAnyway = type is UserTokenType.UserName && demanded.Mode is MessageSecurityMode.SignAndEncrypt;
        if (known[0].Security.IsSecured || isEncryptedAnyway)
        {
            return known[0];
        }
        throw new UaClientException(UaFailure.Security, StatusCodes.BadSecurityPolicyRejected, type is UserTokenType.UserName
            ? $"{demanded.EndpointUrl} would take the password of user '{demanded.User}' in clear text. Configure a secure endpoint, or no user"
            : $"{demanded.EndpointUrl} asks {demanded.User} for no signature, so that its login would prove nothing. Configure a secure endpoint, or no user");
    }

    // the token's own policy, else the endpoint's (OPC 10000-4 §7.42)
    private static string TokenSecurityUri((EndpointDescription Endpoint, UserTokenPolicy Token) candidate) =>
        (string.IsNullOrEmpty(candidate.Token.SecurityPolicyUri) ? candidate.Endpoint.SecurityPolicyUri : candidate.Token.SecurityPolicyUri) ?? "";

    private static bool IsBinary(EndpointDescription endpoint) => string.Equals(endpoint.TransportProfileUri, BinaryTransport, StringComparison.Ordinal);

    private static string Name(EndpointDescription endpoint)
    {
        var policy = SecurityPolicy.TryFind(endpoint.SecurityPolicyUri, out var known) ? known.Name : (endpoint.SecurityPolicyUri ?? "").Split('#')[^1];
        return endpoint.SecurityMode is MessageSecurityMode.None ? "None" : $"{UaClientException.Printable(policy)}/{endpoint.SecurityMode}";
    }

    // the URL is left out: behind address translation the server names itself otherwise
    private static string Fingerprint(EndpointDescription endpoint) => string.Create(CultureInfo.InvariantCulture,
        $"{endpoint.SecurityMode}|{endpoint.SecurityPolicyUri}|{endpoint.SecurityLevel}|{string.Join(';', endpoint.UserIdentityTokens.Select(token => $"{token.PolicyId},{token.TokenType},{token.SecurityPolicyUri}").Order(StringComparer.Ordinal))}");
}
