using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EdgeAlarm.OpcUa.Security;

/// <summary>A certificate and its private key in two files: DER or PEM, and PEM without a pass phrase.</summary>
public static class CertificateFiles
{
    private const UnixFileMode OthersMode =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>Loads the two.</summary>
    /// <param name="certificatePath">DER or PEM file.</param>
    /// <param name="keyPath">PEM file, PKCS#8 or PKCS#1; readable by its owner alone.</param>
    /// <returns>The certificate with its key; the caller disposes of it.</returns>
    /// <exception cref="CryptographicException">A file is missing or unreadable, they do not belong together, or others may read the key; the message
    /// names the file and the next step.</exception>
    public static ApplicationCertificate Load(string certificatePath, string keyPath)
    {
        foreach (var path in new[] { certificatePath, keyPath })
        {
            if (!File.Exists(path))
            {
                throw new CryptographicException($"There is no file {path}, or this account may not see it.");
            }
        }

        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(keyPath) & OthersMode) != UnixFileMode.None)
        {
            throw new CryptographicException($"Others may read the private key {keyPath}: run chmod 600 {keyPath}, and make a new key if others could have.");
        }

        try
        {
            using var key = RSA.Create();
            key.ImportFromPem(File.ReadAllText(keyPath));
            using var certificate = X509CertificateLoader.LoadCertificateFromFile(certificatePath);
            return new ApplicationCertificate(certificate.CopyWithPrivateKey(key));
        }
        catch (Exception unreadable) when (unreadable is CryptographicException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw new CryptographicException($"{certificatePath} and {keyPath} are no certificate and its RSA key: {unreadable.Message}", unreadable);
        }
    }
}
