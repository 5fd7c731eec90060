using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.Security;

/// <summary>The rules that a certificate has to keep beside being trusted, each with its status code. OPC 10000-4 §6.1.3, OPC 10000-6 §6.2.2. Each answers null, or
/// a bad status and the end of a sentence about the leaf.</summary>
internal static class CertificateRules
{
    private const string AnyUse = "2.5.29.37.0";
    private const X509KeyUsageFlags Encipherment = X509KeyUsageFlags.KeyEncipherment | X509KeyUsageFlags.DataEncipherment;

    // RSA with SHA-256, SHA-384, SHA-512, and RSASSA-PSS.
    private static readonly string[] SignatureOids =
        ["1.2.840.113549.1.1.11", "1.2.840.113549.1.1.12", "1.2.840.113549.1.1.13", "1.2.840.113549.1.1.10"];

    /// <summary>Key lengths of the whole chain, and hashes of all its signatures; a root's signature of itself proves nothing and may be old.</summary>
    public static (StatusCode Status, string Words)? Policy(IReadOnlyList<X509Certificate2> chain, CertificateExpectations expected)
    {
        var (least, most) = (expected.Policy.KeyBitsMin, expected.Policy.KeyBitsMax);
        foreach (var certificate in chain)
        {
            var which = ReferenceEquals(certificate, chain[0]) ? "" : $"was issued under \"{CertificateText.Readable(certificate.Subject)}\", which ";
            using var key = certificate.GetRSAPublicKey();
            var bits = key?.KeySize ?? 0;
            if (bits < least || bits > most)
            {
                var has = bits == 0 ? "no RSA key" : $"a key of {bits} bits";
                return (StatusCodes.BadCertificatePolicyCheckFailed, $"{which}has {has}; {expected.Policy} allows RSA of {least} to {most}: have it reissued with such a key");
            }

            var isRoot = chain.Count > 1 && ReferenceEquals(certificate, chain[^1]);
            if (!isRoot && !SignatureOids.Contains(certificate.SignatureAlgorithm.Value, StringComparer.Ordinal))
            {
                var algorithm = certificate.SignatureAlgorithm.FriendlyName ?? certificate.SignatureAlgorithm.Value;
                return (StatusCodes.BadCertificatePolicyCheckFailed, $"{which}is signed with {algorithm}; SHA-256 or better is needed: have it reissued");
            }
        }

        return null;
    }

    /// <summary>Time, host, application and usage of the leaf.</summary>
    public static (StatusCode Status, string Words)? OfLeaf(X509Certificate2 leaf, CertificateExpectations expected, DateTimeOffset now)
    {
        var (from, to) = (new DateTimeOffset(leaf.NotBefore), new DateTimeOffset(leaf.NotAfter));
        if (now < from || now > to)
        {
            return (StatusCodes.BadCertificateTimeInvalid, $"is valid from {from:u} to {to:u} and this machine's clock says {now:u}: renew it, or set the clock");
        }

        var names = SubjectAlternativeName.Of(leaf);
        if (expected.Host is { } host && !names.Covers(host))
        {
            var hosts = string.Join(", ", names.DnsNames.Concat(names.Addresses.Select(address => address.ToString())));
            return (StatusCodes.BadCertificateHostNameInvalid,
                $"is for {(hosts.Length == 0 ? "no host" : CertificateText.Readable(hosts))} and not for {host}: use that name in the URL, or have it reissued");
        }

        if (expected.ApplicationUri is { } uri && !string.Equals(uri, names.ApplicationUri, StringComparison.Ordinal))
        {
            return (StatusCodes.BadCertificateUriInvalid,
                $"belongs to the application \"{CertificateText.Readable(names.ApplicationUri)}\" and not to \"{CertificateText.Readable(uri)}\"");
        }

        return Usage(leaf, expected.Use);
    }

    /// <summary>Time and usage of the authorities.</summary>
    public static (StatusCode Status, string Words)? OfAuthorities(CertificateChain chain)
    {
        if (chain.IsOutOfTimeAbove)
        {
            return (StatusCodes.BadCertificateIssuerTimeInvalid, "was issued by an authority whose certificate is expired or not yet valid");
        }

        return chain.IsMisusedAbove
            ? (StatusCodes.BadCertificateIssuerUseNotAllowed, "was issued by a certificate that may not issue certificates")
            : null;
    }

    private static (StatusCode Status, string Words)? Usage(X509Certificate2 leaf, CertificateUse use)
    {
        var usage = leaf.Extensions.OfType<X509KeyUsageExtension>().FirstOrDefault()?.KeyUsages ?? X509KeyUsageFlags.None;
        var mayEncrypt = use is CertificateUse.User || (usage & Encipherment) != X509KeyUsageFlags.None;
        if (!usage.HasFlag(X509KeyUsageFlags.DigitalSignature) || !mayEncrypt)
        {
            return (StatusCodes.BadCertificateUseNotAllowed,
                $"may not be used to sign{(use is CertificateUse.User ? "" : " and encrypt")} (its key usage is {usage}): have it reissued");
        }

        // where no extended use is named, every one is allowed
        var uses = leaf.Extensions.OfType<X509EnhancedKeyUsageExtension>().FirstOrDefault()?.EnhancedKeyUsages.Cast<Oid>().Select(oid => oid.Value).ToArray() ?? [AnyUse];
        var wanted = use switch
        {
            CertificateUse.Server => ApplicationCertificate.ServerAuthentication,
            CertificateUse.Client => ApplicationCertificate.ClientAuthentication,
            CertificateUse.User => null,
        };
        return wanted is null || uses.Contains(wanted, StringComparer.Ordinal) || uses.Contains(AnyUse, StringComparer.Ordinal)
            ? null
            : (StatusCodes.BadCertificateUseNotAllowed, $"may not be used as a {(use is CertificateUse.Server ? "server" : "client")} (its extended key usage names others): have it reissued");
    }
}
