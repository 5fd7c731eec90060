using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeAlarm.OpcUa.Security;

namespace EdgeAlarm.Certificates;

/// <summary>Everything in a certificate store, with what is wrong with it.</summary>
/// <param name="Folder">The store's folder.</param>
/// <param name="Certificates">Own ones first, refused ones last.</param>
/// <param name="RevocationLists">The lists.</param>
/// <param name="Unreadable">Files that are neither: whoever put them there relies on what is not there.</param>
internal sealed record CertificateListing(string Folder, IReadOnlyList<CertificateRow> Certificates, IReadOnlyList<RevocationRow> RevocationLists, IReadOnlyList<UnreadableRow> Unreadable)
{
    /// <summary>Something that the gateway relies on is not as it should be; what is refused is refused in order.</summary>
    public bool HasFaults => Certificates.Any(row => row is { Wrong: not null, Place: not ("rejected" or "previous") }) || RevocationLists.Any(list => list.Wrong is not null) || Unreadable.Count > 0;

    /// <summary>Reads a store.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static CertificateListing Of(string folder, TimeProvider time)
    {
        var store = new CertificateStore(folder);
        var now = time.GetUtcNow();
        var rows = new List<CertificateRow>();
        foreach (var (file, certificate) in CertificateStore.Certificates(store.OwnFolder))
        {
            using (certificate)
            {
                var isPresent = string.Equals(Path.GetFileName(file), "certificate.der", StringComparison.Ordinal);
                rows.Add(CertificateRow.Of(isPresent ? "own" : "previous", file, certificate, isPresent ? OwnFault(store) ?? TimeFault(certificate, now) : TimeFault(certificate, now)));
            }
        }

        var validator = new CertificateValidator(store, time);
        foreach (var (place, of) in new[] { ("trusted", store.TrustedFolder), ("issuers", store.IssuersFolder), ("rejected", store.RejectedFolder) })
        {
            foreach (var (file, certificate) in CertificateStore.Certificates(of))
            {
                using (certificate)
                {
                    rows.Add(CertificateRow.Of(place, file, certificate, FaultOf(certificate, validator, now)));
                }
            }
        }

        using var trust = store.LoadTrustList();
        return new(
            folder,
            [.. rows.OrderBy(row => Array.IndexOf(Order, row.Place))],
            [.. Lists("trusted", store.TrustedFolder, trust, now), .. Lists("issuers", store.IssuersFolder, trust, now)],
            [.. new[] { store.OwnFolder, store.TrustedFolder, store.IssuersFolder, store.RejectedFolder }.SelectMany(CertificateStore.Unreadable).Select(file => new UnreadableRow(file.Path, file.Problem))]);
    }

    /// <summary>What stands against a certificate as the certificate of a server, or of an authority; null if nothing does.</summary>
    public static string? FaultOf(X509Certificate2 certificate, CertificateValidator validator, DateTimeOffset now)
    {
        if (certificate.Extensions.OfType<X509BasicConstraintsExtension>().Any(constraints => constraints.CertificateAuthority))
        {
            return TimeFault(certificate, now);
        }

        try
        {
            using var peer = PeerCertificate.Parse(certificate.RawData);
            var (status, words) = validator.Judge(peer, new CertificateExpectations { Policy = EndpointSecurity.Default.Policy });
            return status.IsGood ? null : words;
        }
        catch (SecurityViolation unreadable)
        {
            return unreadable.Message;
        }
    }

    private static readonly string[] Order = ["own", "previous", "trusted", "issuers", "rejected"];

    private static string? OwnFault(CertificateStore store)
    {
        try
        {
            string? damage = null;
            store.LoadOwn(words => damage = words)?.Dispose();
            return damage;
        }
        catch (CryptographicException unusable)
        {
            return unusable.Message.TrimEnd('.');
        }
    }

    private static string? TimeFault(X509Certificate2 certificate, DateTimeOffset now) =>
        now > new DateTimeOffset(certificate.NotAfter) ? "has ended: have it renewed" : now < new DateTimeOffset(certificate.NotBefore) ? "is not valid yet: is this machine's clock right?" : null;

    private static IEnumerable<RevocationRow> Lists(string place, string folder, TrustList trust, DateTimeOffset now)
    {
        foreach (var (file, list) in CertificateStore.RevocationLists(folder))
        {
            var wrong = list switch
            {
                _ when !trust.Everybody.Any(list.IsOf) => "no authority in trusted or issuers has signed it: put the authority's certificate beside it",
                { IsPartial: true } => "it says only a part and proves nothing: get the full list",
                _ when list.IsOverdue(now) => "it is out of date: get the present one",
                _ => null,
            };
            yield return new(place, file, CertificateText.Readable(list.Issuer), list.ThisUpdate, list.NextUpdate, list.Count, wrong);
        }
    }
}
