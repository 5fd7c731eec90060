using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeAlarm.OpcUa.Security;

namespace EdgeAlarm.Certificates;

/// <summary>A certificate of the store, as people and machines are shown it.</summary>
/// <param name="Place">The folder: own, previous, trusted, issuers or rejected.</param>
/// <param name="File">Path of its file.</param>
/// <param name="Subject">Subject without control characters.</param>
/// <param name="Sha1">Thumbprint in hexadecimal.</param>
/// <param name="Sha256">Thumbprint in hexadecimal.</param>
/// <param name="ApplicationUri">Empty where it names none.</param>
/// <param name="NotBefore">When it begins.</param>
/// <param name="NotAfter">When it ends.</param>
/// <param name="KeyBits">Length of its RSA key; 0 for another key.</param>
/// <param name="IsAuthority">It may issue others.</param>
/// <param name="Wrong">What is wrong with it, as the end of a sentence; null if nothing is.</param>
internal sealed record CertificateRow(
    string Place,
    string File,
    string Subject,
    string Sha1,
    string Sha256,
    string ApplicationUri,
    DateTimeOffset NotBefore,
    DateTimeOffset NotAfter,
    int KeyBits,
    bool IsAuthority,
    string? Wrong)
{
    /// <summary>Makes the row of a certificate.</summary>
    public static CertificateRow Of(string place, string file, X509Certificate2 certificate, string? wrong)
    {
        using var key = certificate.GetRSAPublicKey();
        return new(
            place,
            file,
            CertificateText.Readable(certificate.Subject),
            certificate.Thumbprint,
            certificate.GetCertHashString(HashAlgorithmName.SHA256),
            UriOf(certificate),
            new DateTimeOffset(certificate.NotBefore).ToUniversalTime(),
            new DateTimeOffset(certificate.NotAfter).ToUniversalTime(),
            key?.KeySize ?? 0,
            certificate.Extensions.OfType<X509BasicConstraintsExtension>().Any(constraints => constraints.CertificateAuthority),
            wrong);
    }

    private static string UriOf(X509Certificate2 certificate)
    {
        try
        {
            return CertificateText.Readable(SubjectAlternativeName.Of(certificate).ApplicationUri);
        }
        catch (CryptographicException)
        {
            return "";
        }
    }
}
