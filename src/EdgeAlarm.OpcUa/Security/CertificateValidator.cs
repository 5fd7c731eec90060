using System.Security.Cryptography.X509Certificates;
using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.Security;

/// <summary>Decides whether a peer's certificate is accepted, in the order of OPC 10000-4 §6.1.3. Trust comes only from the store's folders, never
/// from the operating system. Revocation lists are not read.</summary>
/// <remarks>A trusted leaf is trusted by being byte for byte the file in <c>trusted/</c>. Otherwise a chain of valid signatures has to lead to a root in
/// <c>trusted/</c> or <c>issuers/</c>, with at least one of its authorities in <c>trusted/</c>.</remarks>
/// <param name="store">The folders.</param>
/// <param name="time">The clock that validity is judged by.</param>
public sealed class CertificateValidator(CertificateStore store, TimeProvider time)
{
    private const X509KeyUsageFlags Encipherment = X509KeyUsageFlags.KeyEncipherment | X509KeyUsageFlags.DataEncipherment;

    // RSA with SHA-256, SHA-384, SHA-512, and RSASSA-PSS.
    private static readonly string[] SignatureOids =
        ["1.2.840.113549.1.1.11", "1.2.840.113549.1.1.12", "1.2.840.113549.1.1.13", "1.2.840.113549.1.1.10"];

    /// <summary>Validates. A refused certificate is kept in <c>rejected/</c>.</summary>
    /// <param name="peer">What the peer sent.</param>
    /// <param name="expected">What it has to match.</param>
    /// <returns>Accepted, or the first check that failed with its words.</returns>
    public CertificateVerdict Validate(PeerCertificate peer, CertificateExpectations expected)
    {
        var (status, words) = Check(peer, expected);
        if (status.IsGood)
        {
            return CertificateVerdict.Accepted;
        }

        var path = store.Reject(peer);
        var next = status == StatusCodes.BadCertificateUntrusted
            ? $"If its thumbprint is right, move {path} to {store.TrustedFolder}."
            : $"The certificate is kept in {path}.";
        return new CertificateVerdict(status, $"{words} {next}");
    }

    private (StatusCode Status, string Words) Check(PeerCertificate peer, CertificateExpectations expected)
    {
        var leaf = peer.Certificate;
        var name = $"The certificate \"{Readable(leaf.Subject)}\" (SHA-1 {leaf.Thumbprint})";
        var (least, most) = (expected.Policy.KeyBitsMin, expected.Policy.KeyBitsMax);
        if (peer.KeyBits < least || peer.KeyBits > most)
        {
            var key = peer.KeyBits == 0 ? "no RSA key" : $"a key of {peer.KeyBits} bits";
            return (StatusCodes.BadCertificatePolicyCheckFailed, $"{name} has {key}; {expected.Policy} allows RSA of {least} to {most}.");
        }

        if (!SignatureOids.Contains(leaf.SignatureAlgorithm.Value, StringComparer.Ordinal))
        {
            var algorithm = leaf.SignatureAlgorithm.FriendlyName ?? leaf.SignatureAlgorithm.Value;
            return (StatusCodes.BadCertificatePolicyCheckFailed, $"{name} is signed with {algorithm}; SHA-256 or better is needed.");
        }

        if (CheckTrust(peer, name) is { Status.IsBad: true } untrusted)
        {
            return untrusted;
        }

        var now = time.GetUtcNow().UtcDateTime;
        if (now < leaf.NotBefore.ToUniversalTime() || now > leaf.NotAfter.ToUniversalTime())
        {
            return (StatusCodes.BadCertificateTimeInvalid,
                $"{name} is valid from {leaf.NotBefore.ToUniversalTime():u} to {leaf.NotAfter.ToUniversalTime():u} and this machine's clock says {now:u}: renew it, or set the clock.");
        }

        var names = SubjectAlternativeName.Of(leaf);
        if (expected.Host is { } host && !names.Covers(host))
        {
            return (StatusCodes.BadCertificateHostNameInvalid,
                $"{name} is for {Readable(string.Join(", ", names.DnsNames.Concat(names.Addresses.Select(a => a.ToString()))))} and not for {host}: use that name in the URL, or have it reissued.");
        }

        if (expected.ApplicationUri is { } uri && !string.Equals(uri, names.ApplicationUri, StringComparison.Ordinal))
        {
            return (StatusCodes.BadCertificateUriInvalid,
                $"{name} belongs to the application \"{Readable(names.ApplicationUri)}\" and not to \"{Readable(uri)}\".");
        }

        var usage = leaf.Extensions.OfType<X509KeyUsageExtension>().FirstOrDefault()?.KeyUsages ?? X509KeyUsageFlags.None;
        return usage.HasFlag(X509KeyUsageFlags.DigitalSignature) && (usage & Encipherment) != X509KeyUsageFlags.None
            ? (StatusCodes.Good, "")
            : (StatusCodes.BadCertificateUseNotAllowed, $"{name} may not be used to sign and encrypt (its key usage is {usage}): have it reissued.");
    }

    private (StatusCode Status, string Words) CheckTrust(PeerCertificate peer, string name)
    {
        var trusted = store.LoadTrusted();
        var issuers = store.LoadIssuers();
        try
        {
            if (trusted.Any(t => t.RawDataMemory.Span.SequenceEqual(peer.Der.Span)))
            {
                return (StatusCodes.Good, "");
            }

            return CertificateChain.Check(peer, trusted, issuers, time.GetUtcNow()) is var status && status.IsGood
                ? (status, "")
                : (status, $"{name} {CertificateChain.Explain(status)}.");
        }
        finally
        {
            foreach (var certificate in trusted.Concat(issuers))
            {
                certificate.Dispose();
            }
        }
    }

    /// <summary>Foreign text in a message: no line breaks or control characters that could forge a line of a log.</summary>
    private static string Readable(string foreign) =>
        string.Concat(foreign.Take(200).Select(c => char.IsControl(c) ? '?' : c));
}
