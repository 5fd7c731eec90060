using EdgeAlarm.OpcUa.Security;
using EdgeAlarm.OpcUa.Services;

namespace EdgeAlarm.OpcUa.Client;

/// <summary>The endpoint of a server that was chosen, with what has to be compared and proved later. Lives as long as the session.</summary>
/// <param name="Chosen">The endpoint with the demanded policy and mode.</param>
/// <param name="Token">Its token policy for the configured user.</param>
/// <param name="TokenSecurity">The policy that protects the user's token: the token policy's own, else the endpoint's; None where nothing has to be protected.</param>
/// <param name="Offered">All endpoints that discovery told, to be compared with those of CreateSession (OPC 10000-4 §5.7.2.1).</param>
/// <param name="ServerCertificate">The server's certificate, validated; null where nothing needs it.</param>
/// <param name="Own">Our certificate; null where nothing needs it.</param>
/// <param name="OwnPrevious">Our certificate of before its renewal, for a server that trusts only that; null where there is none.</param>
/// <param name="ClockOffset">Our clock minus the server's at discovery; null where the server told no time. Unprotected: for messages only.</param>
internal sealed record UaEndpoint(
    EndpointDescription Chosen,
    UserTokenPolicy Token,
    SecurityPolicy TokenSecurity,
    IReadOnlyList<EndpointDescription> Offered,
    PeerCertificate? ServerCertificate,
    ApplicationCertificate? Own,
    ApplicationCertificate? OwnPrevious,
    TimeSpan? ClockOffset) : IDisposable
{
    /// <summary>Whether <see cref="Own"/> is the certificate of before the renewal.</summary>
    public bool IsOwnPrevious { get; private init; }

    /// <summary>The same endpoint with our certificate of before the renewal; this one is used no more.</summary>
    public UaEndpoint WithPrevious()
    {
        Own?.Dispose();
        return this with { Own = OwnPrevious, OwnPrevious = null, IsOwnPrevious = true };
    }

    /// <inheritdoc />
    public void Dispose()
    {
        ServerCertificate?.Dispose();
        Own?.Dispose();
        OwnPrevious?.Dispose();
    }
}
