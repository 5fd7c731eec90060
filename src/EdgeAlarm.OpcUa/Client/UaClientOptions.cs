using EdgeAlarm.OpcUa.Security;

namespace EdgeAlarm.OpcUa.Client;

/// <summary>How to reach one server and what is demanded of it. Nothing is ever negotiated down.</summary>
public sealed record UaClientOptions
{
    /// <summary>The server's URL as people configured it, <c>opc.tcp://host:port/path</c>; port 4840 where it names none.</summary>
    public required Uri EndpointUrl { get; init; }

    /// <summary>The security policy that is demanded.</summary>
    public required SecurityPolicy Policy { get; init; }

    /// <summary>The message security mode that is demanded; <see cref="MessageSecurityMode.None"/> exactly with <see cref="SecurityPolicy.None"/>.</summary>
    public required MessageSecurityMode Mode { get; init; }

    /// <summary>Who logs in; anonymous by default.</summary>
    public UserIdentity User { get; init; } = UserIdentity.Anonymous;

    /// <summary>Own certificate and trust; required unless the policy is None and the user anonymous.</summary>
    public CertificateStore? Certificates { get; init; }

    /// <summary>Whether the server's certificate has to name the host of the URL; true by default. Off only for PLCs that are reached through address translation.</summary>
    public bool CheckHostName { get; init; } = true;

    /// <summary>Whether a server is accepted whose authority has no present revocation list in the store; false by default, see
    /// <see cref="CertificateExpectations.AcceptsUnknownRevocation"/>.</summary>
    public bool AcceptsUnknownRevocation { get; init; }

    /// <summary>Identity of this application where there is no own certificate; otherwise the certificate's URI is used.</summary>
    public string ApplicationUri { get; init; } = "urn:edgealarm";

    /// <summary>Name of the session, shown by the server's diagnostics.</summary>
    public string SessionName { get; init; } = "EdgeAlarm";

    /// <summary>How long connecting may take in each of its steps; 1 s to 1 min, default 10 s. Small PLCs need seconds for their RSA operations.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long to wait for the answer to a request other than Publish; 1 s to 2 min, default 15 s.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// How long the server keeps the session without hearing of us; default 2 min. Shorter turns a longer cut into a gap, longer occupies one of a PLC's few
    /// sessions after a crash of ours.
    /// </summary>
    public TimeSpan SessionTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Lifetime of a channel's token to ask for; default 1 h. Each renewal costs the PLC an RSA operation.</summary>
    public TimeSpan ChannelLifetime { get; init; } = TimeSpan.FromHours(1);
}
