using System.Security.Cryptography.X509Certificates;
using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.Security;

/// <summary>Whether a certificate was revoked, by the lists of a store. A missing list is not taken for a good one. OPC 10000-4 §6.1.3, RFC 5280 §6.3.</summary>
internal static class Revocation
{
    /// <summary>Judges a chain, leaf first; a root is revoked by taking it out of the store.</summary>
    /// <param name="chain">Each element but the last was issued by the next.</param>
    /// <param name="lists">The store's lists.</param>
    /// <param name="acceptsUnknown">Whether a missing or overdue list is accepted; one that names the certificate never is.</param>
    /// <param name="now">The present time.</param>
    /// <returns>Good, or a bad status and the end of a sentence about the leaf.</returns>
    public static (StatusCode Status, string Words) Check(
        IReadOnlyList<X509Certificate2> chain, IReadOnlyList<CertificateRevocationList> lists, bool acceptsUnknown, DateTimeOffset now)
    {
        for (var i = 0; i < chain.Count - 1; i++)
        {
            var (certificate, issuer, isLeaf) = (chain[i], chain[i + 1], i == 0);
            var newest = Newest(issuer, lists);
            if (newest?.Names(certificate) is true)
            {
                return (isLeaf ? StatusCodes.BadCertificateRevoked : StatusCodes.BadCertificateIssuerRevoked,
                    isLeaf ? $"was revoked by {Name(issuer)}: have a new one issued" : $"was issued under {Name(certificate)}, which {Name(issuer)} has revoked: have a new one issued");
            }

            if (!acceptsUnknown && (newest is null || newest.IsPartial || newest.IsOverdue(now)))
            {
                var what = newest switch
                {
                    null => "there is no revocation list of it",
                    { IsPartial: true } => "its revocation list says only a part",
                    _ => $"its revocation list is out of date since {newest.NextUpdate:u}",
                };
                return (isLeaf ? StatusCodes.BadCertificateRevocationUnknown : StatusCodes.BadCertificateIssuerRevocationUnknown,
                    $"may have been revoked by {Name(issuer)}: {what}. Put its present list (*.crl) beside its certificate into trusted or issuers, or set \"unknownRevocation\": \"accept\" for this source");
            }
        }

        return (StatusCodes.Good, "");
    }

    /// <summary>Whether a certificate that is trusted by its own bytes was revoked all the same.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="trust">The store's content.</param>
    /// <returns>The authority whose list names it; null where there is none.</returns>
    public static X509Certificate2? RevokerOf(X509Certificate2 certificate, TrustList trust) => trust.Everybody
        .Where(authority => authority.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData))
        .FirstOrDefault(authority => Newest(authority, trust.RevocationLists)?.Names(certificate) is true);

    private static CertificateRevocationList? Newest(X509Certificate2 issuer, IEnumerable<CertificateRevocationList> lists) =>
        lists.Where(list => list.IsOf(issuer)).MaxBy(list => list.ThisUpdate);

    private static string Name(X509Certificate2 authority) => $"\"{CertificateText.Readable(authority.Subject)}\"";
}
