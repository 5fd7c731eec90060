using System.Security.Cryptography.X509Certificates;

namespace EdgeAlarm.OpcUa.Security;

/// <summary>What a certificate store held when it was read.</summary>
/// <param name="Trusted">Peers and authorities that are trusted.</param>
/// <param name="Issuers">Authorities that only complete a chain.</param>
/// <param name="RevocationLists">The revocation lists beside both.</param>
public sealed record TrustList(
    IReadOnlyList<X509Certificate2> Trusted, IReadOnlyList<X509Certificate2> Issuers, IReadOnlyList<CertificateRevocationList> RevocationLists) : IDisposable
{
    /// <summary>Trusted ones and issuers.</summary>
    public IEnumerable<X509Certificate2> Everybody => Trusted.Concat(Issuers);

    /// <summary>Whether these very bytes are trusted.</summary>
    /// <param name="der">DER of a certificate.</param>
    public bool Trusts(ReadOnlySpan<byte> der)
    {
        foreach (var trusted in Trusted)
        {
            if (trusted.RawDataMemory.Span.SequenceEqual(der))
            {
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var certificate in Everybody)
        {
            certificate.Dispose();
        }
    }
}
