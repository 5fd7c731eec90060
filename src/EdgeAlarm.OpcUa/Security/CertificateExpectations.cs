namespace EdgeAlarm.OpcUa.Security;

/// <summary>What a peer's certificate has to match beyond being trusted.</summary>
public sealed record CertificateExpectations
{
    /// <summary>The policy whose key lengths apply.</summary>
    public required SecurityPolicy Policy { get; init; }

    /// <summary>What the peer shows its certificate for; default as a server.</summary>
    public CertificateUse Use { get; init; }

    /// <summary>ApplicationUri that the peer claims in its ApplicationDescription; null where it is not known yet. Never leave it out
    /// once it is known: a trusted pump's certificate would do for the tank.</summary>
    public string? ApplicationUri { get; init; }

    /// <summary>Host of the configured URL, name or address; null to leave it unchecked, by the plant's decision for PLCs whose
    /// certificate names no host. A server checking a client leaves it null.</summary>
    public string? Host { get; init; }

    /// <summary>Whether a peer whose authority has no present revocation list is accepted; default no. By the plant's decision for authorities that
    /// publish none: a certificate that was stolen then counts until it ends.</summary>
    public bool AcceptsUnknownRevocation { get; init; }
}
