namespace EdgeAlarm.Gateway.Certificates;

/// <summary>What was told about certificates and which ones the servers showed last, so that a restart tells nothing twice and forgets nothing. Without IO and
/// without time. One caller at a time.</summary>
public sealed record CertificateLedger
{
    /// <summary>Standing conditions: the name, and what was told under it.</summary>
    public Dictionary<string, string> Told { get; init; } = new(StringComparer.Ordinal);

    /// <summary>The servers by the name of their source.</summary>
    public Dictionary<string, SeenServer> Servers { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Brings one condition up to date.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="state">What there is to tell; null where there is nothing. The same state is told once.</param>
    /// <returns>True or false where the condition has to be raised or cleared; null where all is told.</returns>
    public bool? Update(string name, string? state)
    {
        if (string.Equals(Told.GetValueOrDefault(name), state, StringComparison.Ordinal))
        {
            return null;
        }

        if (state is null)
        {
            Told.Remove(name);
            return false;
        }

        Told[name] = state;
        return true;
    }

    /// <summary>What is to be told of a certificate at this moment; null while its end is far.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="now">The present time.</param>
    public static string? StateOf(WatchedCertificate certificate, DateTimeOffset now) =>
        CertificateExpiry.StageOf(certificate.End, now) is var stage && stage is ExpiryStage.Far ? null : $"{stage} {certificate.Thumbprint}";

    /// <summary>Keeps the certificate with which a server was seen.</summary>
    /// <returns>The one it had before, where that was another.</returns>
    public SeenServer? Saw(string source, SeenServer server)
    {
        var before = Servers.GetValueOrDefault(source);
        Servers[source] = server;
        return before is not null && !string.Equals(before.Thumbprint, server.Thumbprint, StringComparison.Ordinal) ? before : null;
    }
}
