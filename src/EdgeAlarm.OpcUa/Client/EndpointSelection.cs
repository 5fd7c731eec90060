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

    /// <summary>Finds the endpoint with the demanded policy and mode, and its token policy for the configured user.</summary>
    /// <exception cref="UaClientException">There is none; the message names what is offered and the next step.</exception>
    public static (EndpointDescription Endpoint, UserTokenPolicy Token) Select(IReadOnlyList<EndpointDescription> offered, UaClientOptions demanded)
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
        var type = demanded.User.Name is null ? UserTokenType.Anonymous : UserTokenType.UserName;
        foreach (var endpoint in endpoints)
        {
            if (endpoint.UserIdentityTokens.FirstOrDefault(token => token.TokenType == type) is { } token)
            {
                return (endpoint, token);
            }
        }
        var tokens = string.Join(", ", endpoints.SelectMany(endpoint => endpoint.UserIdentityTokens).Select(token => token.TokenType.ToString()).Distinct(StringComparer.Ordinal));
        throw new UaClientException(UaFailure.Endpoint, StatusCodes.BadIdentityTokenInvalid,
            $"{demanded.EndpointUrl} accepts no {type} login with {demanded.Policy.Name}/{demanded.Mode}; it accepts {(tokens.Length == 0 ? "none" : tokens)}. "
            + (type is UserTokenType.Anonymous ? "Configure a user and its password file" : "Remove the user from the source's settings, or enable user names at the server"));
    }

    /// <summary>Whether CreateSession told the same endpoints as discovery: otherwise somebody on the wire changed the unprotected list.</summary>
    public static bool AreSame(IReadOnlyList<EndpointDescription> discovered, IReadOnlyList<EndpointDescription> told) =>
        discovered.Where(IsBinary).Select(Fingerprint).Order(StringComparer.Ordinal).SequenceEqual(told.Where(IsBinary).Select(Fingerprint).Order(StringComparer.Ordinal), StringComparer.Ordinal);

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
