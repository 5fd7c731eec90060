using System.Security.Cryptography.X509Certificates;

namespace EdgeAlarm.OpcUa.Security;

/// <summary>How a certificate is named to people.</summary>
public static class CertificateText
{
    private const int PrefixCharacters = 12;

    /// <summary>Subject and thumbprint, as a sentence begins.</summary>
    /// <param name="certificate">Any certificate, a stranger's too.</param>
    public static string Name(X509Certificate2 certificate) => $"The certificate \"{Readable(certificate.Subject)}\" (SHA-1 {certificate.Thumbprint})";

    /// <summary>Foreign text in a message: at most 200 characters, no line breaks or control characters that could forge a line of a log.</summary>
    /// <param name="foreign">Text from a certificate.</param>
    public static string Readable(string foreign) => string.Concat(foreign.Take(200).Select(c => char.IsControl(c) ? '?' : c));

    /// <summary>The command that trusts a refused certificate.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="options">What the command needs to mean the store that refused it; blank for nothing.</param>
    public static string TrustCommand(X509Certificate2 certificate, string options) =>
        $"edgealarm certs trust {certificate.Thumbprint[..PrefixCharacters]}{(options.Length > 0 ? " " + options : "")}";
}
