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
        var (offered, clockOffset) = await OfferedAsync(options, time, cancellationToken);
        try
        {
            return Choose(options, offered, clockOffset, time);
        }
        catch (UaClientException refused)
        {
            throw ClockDifference.Named(refused, clockOffset);
        }
    }

    /// <summary>Looks whether the server shows another certificate than it did.</summary>
    /// <param name="options">What is demanded of the server.</param>
    /// <param name="known">The certificate that it showed.</param>
    /// <param name="time">Where time comes from.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What to tell, with both thumbprints and what to do; null where it shows the same, or nothing.</returns>
    public static async Task<UaClientException?> ChangedAsync(UaClientOptions options, PeerCertificate known, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            var (offered, clockOffset) = await OfferedAsync(options, time, cancellationToken);
            using var shown = ParseCertificate(EndpointSelection.Select(offered, options).Endpoint, options);
            if (string.Equals(shown.Certificate.Thumbprint, known.Certificate.Thumbprint, StringComparison.Ordinal))
            {
                return null;
            }
            var changed = $"{options.EndpointUrl} shows another certificate than before, {shown.Certificate.Thumbprint} instead of {known.Certificate.Thumbprint}";
            try
            {
                Choose(options, offered, clockOffset, time).Dispose();
                return new(UaFailure.Session, StatusCodes.BadCertificateInvalid, $"{changed}. It is trusted: the next attempt makes a session with it");
            }
            catch (UaClientException refused)
            {
                return new(UaFailure.Security, refused.Status, $"{changed}. {refused.Message}", refused);
            }
        }
        catch (UaClientException)
        {
            return null;
        }
    }

    private static UaEndpoint Choose(UaClientOptions options, IReadOnlyList<EndpointDescription> offered, TimeSpan? clockOffset, TimeProvider time)
    {
        var (chosen, token, tokenSecurity) = EndpointSelection.Select(offered, options);
        if (!options.Policy.IsSecured && !tokenSecurity.IsSecured)
        {
            return new(chosen, token, tokenSecurity, offered, null, null, null, clockOffset);
        }
        var store = options.Certificates
            ?? throw new UaClientException(UaFailure.Security, StatusCodes.BadConfigurationError, $"{options.EndpointUrl} needs certificates, but no certificate folder is configured");
        var server = ParseCertificate(chosen, options);
        try
        {
            Validate(server, chosen, options.Policy.IsSecured ? options.Policy : tokenSecurity, options, store, time);
            return options.Policy.IsSecured
                ? new(chosen, token, tokenSecurity, offered, server, LoadOwn(store), store.LoadPrevious(time.GetUtcNow()), clockOffset)
                : new(chosen, token, tokenSecurity, offered, server, null, null, clockOffset);
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    private static async Task<(IReadOnlyList<EndpointDescription> Endpoints, TimeSpan? ClockOffset)> OfferedAsync(
        UaClientOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var target = new ChannelTarget(options.EndpointUrl, SecurityPolicy.None, MessageSecurityMode.None, null, null);
        await using var channel = await UaChannel.OpenAsync(target, options, time, cancellationToken);
        var sent = time.GetUtcNow();
        var request = new GetEndpointsRequest
        {
            Header = new RequestHeader { TimestampTicks = sent.UtcTicks, TimeoutHintMs = (uint)options.RequestTimeout.TotalMilliseconds },
            EndpointUrl = options.EndpointUrl.OriginalString,
        };
        var response = (await channel.CallAsync<GetEndpointsRequest, GetEndpointsResponse>(request, cancellationToken)).Message;
        return (response.Endpoints, ClockDifference.Measure(sent, time.GetUtcNow(), response.Header.TimestampTicks));
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

    private static void Validate(
        PeerCertificate server, EndpointDescription chosen, SecurityPolicy policy, UaClientOptions options, CertificateStore store, TimeProvider time)
    {
        var verdict = new CertificateValidator(store, time).Validate(server, new CertificateExpectations
        {
            Policy = policy,
            AcceptsUnknownRevocation = options.AcceptsUnknownRevocation,
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
                ?? throw new UaClientException(UaFailure.Security, StatusCodes.BadConfigurationError, $"there is no own certificate in {store.OwnFolder}: create it with 'edgealarm certs own create'");
        }
        catch (CryptographicException unreadable)
        {
            throw new UaClientException(UaFailure.Security, StatusCodes.BadConfigurationError, unreadable.Message, unreadable);
        }
    }
}
