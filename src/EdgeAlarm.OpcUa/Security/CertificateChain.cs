using System.Security.Cryptography.X509Certificates;
using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.Security;

/// <summary>Judges a chain from a leaf to a certification authority of the store. OPC 10000-4 §6.1.3, RFC 5280 §6.</summary>
internal static class CertificateChain
{
    /// <summary>Builds and judges the chain. Time of the leaf is not judged here.</summary>
    /// <param name="peer">Leaf, and perhaps issuers that it sent.</param>
    /// <param name="trusted">Content of <c>trusted/</c>.</param>
    /// <param name="issuers">Content of <c>issuers/</c>.</param>
    /// <param name="now">Time by which the issuers are judged.</param>
    /// <returns>Good where signatures lead to an authority that is in <paramref name="trusted"/>.</returns>
    public static StatusCode Check(
        PeerCertificate peer, IReadOnlyList<X509Certificate2> trusted, IReadOnlyList<X509Certificate2> issuers, DateTimeOffset now)
    {
        using var chain = new X509Chain();
        var policy = chain.ChainPolicy;
        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        policy.RevocationMode = X509RevocationMode.NoCheck;
        policy.DisableCertificateDownloads = true;
        policy.VerificationTime = now.UtcDateTime;
        policy.VerificationTimeIgnored = false;
        foreach (var authority in trusted.Concat(issuers))
        {
            (IsSelfIssued(authority) ? policy.CustomTrustStore : policy.ExtraStore).Add(authority);
        }

        policy.ExtraStore.AddRange(peer.Issuers.ToArray());
        chain.Build(peer.Certificate);
        try
        {
            var authorities = chain.ChainElements.Skip(1).ToList();
            var flags = Flags(chain.ChainElements);
            if (flags.HasFlag(X509ChainStatusFlags.NotSignatureValid) || flags.HasFlag(X509ChainStatusFlags.Cyclic))
            {
                return StatusCodes.BadCertificateInvalid;
            }

            if (flags.HasFlag(X509ChainStatusFlags.PartialChain))
            {
                return StatusCodes.BadCertificateChainIncomplete;
            }

            if (flags.HasFlag(X509ChainStatusFlags.UntrustedRoot) || !authorities.Any(a => IsAmong(trusted, a.Certificate)))
            {
                return StatusCodes.BadCertificateUntrusted;
            }

            if (Flags(authorities).HasFlag(X509ChainStatusFlags.NotTimeValid))
            {
                return StatusCodes.BadCertificateIssuerTimeInvalid;
            }

            // Whatever else is wrong with an authority (not a CA, path too long, name constraints) is its use.
            return (flags & ~X509ChainStatusFlags.NotTimeValid) == X509ChainStatusFlags.NoError
                ? StatusCodes.Good
                : StatusCodes.BadCertificateIssuerUseNotAllowed;
        }
        finally
        {
            foreach (var element in chain.ChainElements)
            {
                element.Certificate.Dispose();
            }
        }
    }

    /// <summary>Says what a bad status means, after the certificate's name.</summary>
    /// <param name="status">From <see cref="Check"/>.</param>
    /// <returns>The end of a sentence, without its full stop.</returns>
    public static string Explain(StatusCode status)
    {
        if (status == StatusCodes.BadCertificateInvalid)
        {
            return "has a wrong signature in its chain";
        }

        if (status == StatusCodes.BadCertificateChainIncomplete)
        {
            return "was issued by an authority that is not in the store: put the missing authority into trusted or issuers";
        }

        if (status == StatusCodes.BadCertificateIssuerTimeInvalid)
        {
            return "was issued by an authority whose certificate is expired or not yet valid";
        }

        return status == StatusCodes.BadCertificateIssuerUseNotAllowed
            ? "was issued by a certificate that may not issue certificates"
            : "is not trusted";
    }

    private static X509ChainStatusFlags Flags(IEnumerable<X509ChainElement> elements) => elements
        .SelectMany(e => e.ChainElementStatus)
        .Aggregate(X509ChainStatusFlags.NoError, (flags, status) => flags | status.Status);

    private static bool IsSelfIssued(X509Certificate2 certificate) =>
        certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);

    private static bool IsAmong(IEnumerable<X509Certificate2> certificates, X509Certificate2 wanted) =>
        certificates.Any(c => c.RawDataMemory.Span.SequenceEqual(wanted.RawDataMemory.Span));
}
