using System.Security.Cryptography.X509Certificates;

namespace EdgeAlarm.OpcUa.Security;

/// <summary>A chain from a leaf to a root, built from what a store holds and a peer sent, never from what the operating system trusts. RFC 5280 §6.</summary>
internal sealed class CertificateChain : IDisposable
{
    private readonly X509Chain _chain = new();

    /// <summary>Builds the chain.</summary>
    /// <param name="peer">Leaf, and perhaps issuers that it sent.</param>
    /// <param name="trust">The store's content.</param>
    /// <param name="now">Time by which validity is judged.</param>
    public CertificateChain(PeerCertificate peer, TrustList trust, DateTimeOffset now)
    {
        var policy = _chain.ChainPolicy;
        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        policy.RevocationMode = X509RevocationMode.NoCheck;
        policy.DisableCertificateDownloads = true;
        policy.VerificationTime = now.UtcDateTime;
        policy.VerificationTimeIgnored = false;
        foreach (var authority in trust.Everybody)
        {
            (IsSelfIssued(authority) ? policy.CustomTrustStore : policy.ExtraStore).Add(authority);
        }

        policy.ExtraStore.AddRange(peer.Issuers.ToArray());
        _chain.Build(peer.Certificate);
        Elements = [.. _chain.ChainElements.Select(element => element.Certificate)];
    }

    /// <summary>The leaf first, the root last.</summary>
    public IReadOnlyList<X509Certificate2> Elements { get; }

    /// <summary>Every authority above the leaf.</summary>
    public IEnumerable<X509Certificate2> Authorities => Elements.Skip(1);

    /// <summary>A signature of the chain is wrong.</summary>
    public bool IsBroken => (Flags(_chain.ChainElements) & (X509ChainStatusFlags.NotSignatureValid | X509ChainStatusFlags.Cyclic)) != X509ChainStatusFlags.NoError;

    /// <summary>An authority is missing.</summary>
    public bool IsIncomplete => Flags(_chain.ChainElements).HasFlag(X509ChainStatusFlags.PartialChain);

    /// <summary>The certificate of an authority is expired or not yet valid.</summary>
    public bool IsOutOfTimeAbove => Flags(_chain.ChainElements.Skip(1)).HasFlag(X509ChainStatusFlags.NotTimeValid);

    /// <summary>Something else is wrong with an authority (not a CA, path too long, name constraints): it may not issue this.</summary>
    public bool IsMisusedAbove => (Flags(_chain.ChainElements) & ~(X509ChainStatusFlags.NotTimeValid | X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.HasWeakSignature))
        != X509ChainStatusFlags.NoError;

    /// <summary>Whether an authority of the chain is trusted and the chain ends in a root of the store.</summary>
    /// <param name="trust">The store's content.</param>
    public bool LeadsTo(TrustList trust) =>
        !Flags(_chain.ChainElements).HasFlag(X509ChainStatusFlags.UntrustedRoot) && Authorities.Any(authority => trust.Trusts(authority.RawDataMemory.Span));

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var certificate in Elements)
        {
            certificate.Dispose();
        }

        _chain.Dispose();
    }

    /// <summary>Whether subject and issuer are the same.</summary>
    /// <param name="certificate">Any certificate.</param>
    public static bool IsSelfIssued(X509Certificate2 certificate) =>
        certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);

    private static X509ChainStatusFlags Flags(IEnumerable<X509ChainElement> elements) => elements
        .SelectMany(element => element.ChainElementStatus)
        .Aggregate(X509ChainStatusFlags.NoError, (flags, status) => flags | status.Status);
}
