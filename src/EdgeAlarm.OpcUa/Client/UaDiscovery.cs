using System.Security.Cryptography;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Security;
using EdgeAlarm.OpcUa.Services;

namespace EdgeAlarm.OpcUa.Client;

/// <summary>Asks a server for its endpoints over a channel without security, chooses the demanded one and validates the certificate in it.</summary>
internal static class UaDiscovery
{
    /// <summary>Finds the demanded endpoint; the caller disposes of it.</summary>
    /// <exception cref="UaClientException">No connection, no such endpoint, or a certificate that is not trusted.</exception>
    public static async Task<UaEndpoint> FindAsync(UaClientOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var offered = await OfferedAsync(options, time, cancellationToken);
        var (chosen, token) = EndpointSelection.Select(offered, options);
        var needsCertificate = options.Policy.IsSecured || EncryptsPassword(options, chosen, token);
        if (!needsCertificate)
        {
            return new(chosen, token, offered, null, null);
        }
        var store = options.Certificates
            ?? throw new UaClientException(UaFailure.Security, StatusCodes.BadConfigurationError, $"{options.EndpointUrl} needs certificates, but no certificate folder is configured");
        var server = ParseCertificate(chosen, options);
        try
        {
            Validate(server, chosen, options, store, time);
            return new(chosen, token, offered, server, options.Policy.IsSecured ? LoadOwn(store) : null);
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    private static async Task<IReadOnlyList<EndpointDescription>> OfferedAsync(UaClientOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var target = new ChannelTarget(options.EndpointUrl, SecurityPolicy.None, MessageSecurityMode.None, null, null);
        await using var channel = await UaChannel.OpenAsync(target, options, time, cancellationToken);
        var request = new GetEndpointsRequest
        {
            Header = new RequestHeader { TimestampTicks = time.GetUtcNow().UtcTicks, TimeoutHintMs = (uint)options.RequestTimeout.TotalMilliseconds },
            EndpointUrl = options.EndpointUrl.OriginalString,
        };
        return (await channel.CallAsync<GetEndpointsRequest, GetEndpointsResponse>(request, cancellationToken)).Message.Endpoints;
    }

    private static bool EncryptsPassword(UaClientOptions options, EndpointDescription chosen, UserTokenPolicy token)
    {
        if (options.User.Name is null)
        {
            return false;
        }
        var encrypts = PasswordPolicy(chosen, token).IsSecured;
        return encrypts || options.Mode is MessageSecurityMode.SignAndEncrypt
            ? encrypts
            : throw new UaClientException(UaFailure.Security, StatusCodes.BadSecurityPolicyRejected,
                $"{options.EndpointUrl} would take the password of user '{options.User}' in clear text. Configure a secure endpoint, or no user");
    }

    /// <summary>The policy that protects the password: the token's own, else the endpoint's (OPC 10000-4 §7.42).</summary>
    /// <exception cref="UaClientException">It is none of ours.</exception>
    internal static SecurityPolicy PasswordPolicy(EndpointDescription chosen, UserTokenPolicy token)
    {
        var uri = string.IsNullOrEmpty(token.SecurityPolicyUri) ? chosen.SecurityPolicyUri : token.SecurityPolicyUri;
        return SecurityPolicy.TryFind(uri, out var policy)
            ? policy
            : throw new UaClientException(UaFailure.Endpoint, StatusCodes.BadSecurityPolicyRejected, $"the server wants passwords encrypted by {UaClientException.Printable(uri ?? "")}, which is not supported");
    }

    private static PeerCertificate ParseCertificate(EndpointDescription chosen, UaClientOptions options)
    {
        try
        {
            return PeerCertificate.Parse(chosen.ServerCertificate);
        }
        catch (SecurityViolation violation)
        {
            throw new UaClientException(UaFailure.Security, violation.Status, $"{options.EndpointUrl} shows no readable certificate: {violation.Message}", violation);
        }
    }

    private static void Validate(PeerCertificate server, EndpointDescription chosen, UaClientOptions options, CertificateStore store, TimeProvider time)
    {
        var verdict = new CertificateValidator(store, time).Validate(server, new CertificateExpectations
        {
            Policy = options.Policy.IsSecured ? options.Policy : SecurityPolicy.Basic256Sha256,
            ApplicationUri = chosen.Server.ApplicationUri,
            Host = options.CheckHostName ? options.EndpointUrl.IdnHost : null,
        });
        if (!verdict.IsAccepted)
        {
            throw new UaClientException(UaFailure.Security, verdict.Status, verdict.Words);
        }
    }

    private static ApplicationCertificate LoadOwn(CertificateStore store)
    {
        try
        {
            return store.LoadOwn()
                ?? throw new UaClientException(UaFailure.Security, StatusCodes.BadConfigurationError, $"there is no own certificate in {store.OwnFolder}: create one");
        }
        catch (CryptographicException unreadable)
        {
            throw new UaClientException(UaFailure.Security, StatusCodes.BadConfigurationError, unreadable.Message, unreadable);
        }
    }
}
