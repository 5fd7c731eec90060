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
            var own = lists.Where(list => list.IsOf(issuer)).OrderByDescending(list => list.ThisUpdate).ToList();
            if (IsRevoked(certificate, own))
            {
                return (isLeaf ? StatusCodes.BadCertificateRevoked : StatusCodes.BadCertificateIssuerRevoked,
                    isLeaf ? $"was revoked by {Name(issuer)}: have a new one issued" : $"was issued under {Name(certificate)}, which {Name(issuer)} has revoked: have a new one issued");
            }

            // a partial list proves of nothing that it is good, so the newest full one is asked
            var newest = own.Find(list => !list.IsPartial) ?? own.FirstOrDefault();
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
        .FirstOrDefault(authority => IsRevoked(certificate, trust.RevocationLists.Where(list => list.IsOf(authority)).OrderByDescending(list => list.ThisUpdate)));

    // each list counts, for the newest may say only a part; the newest that speaks of the certificate has the last word. RFC 5280 §5.3.1
    private static bool IsRevoked(X509Certificate2 certificate, IEnumerable<CertificateRevocationList> newestFirst) =>
        newestFirst.FirstOrDefault(list => list.Names(certificate) || list.Releases(certificate))?.Names(certificate) is true;

    private static string Name(X509Certificate2 authority) => $"\"{CertificateText.Readable(authority.Subject)}\"";
}
