using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EdgeAlarm.TestServers;

/// <summary>An authority of a plant's own and a server certificate for 127.0.0.1 by it, as PEM files.</summary>
public static class TlsFiles
{
    /// <summary>Name of the authority's file.</summary>
    public const string Authority = "authority.pem";

    /// <summary>Name of the server's certificate file.</summary>
    public const string Certificate = "server.pem";

    /// <summary>Name of the server's key file.</summary>
    public const string Key = "server.key";

    /// <summary>Writes the three files.</summary>
    public static void Create(string folder)
    {
        var now = TimeProvider.System.GetUtcNow();
        using var authorityKey = RSA.Create(2048);
        var authorityRequest = new CertificateRequest("CN=Plant authority", authorityKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        authorityRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        authorityRequest.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        using var authority = authorityRequest.CreateSelfSigned(now.AddDays(-1), now.AddDays(30));

        using var serverKey = RSA.Create(2048);
        var serverRequest = new CertificateRequest("CN=Broker", serverKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        serverRequest.CertificateExtensions.Add(names.Build());
        using var server = serverRequest.Create(authority, now.AddDays(-1), now.AddDays(29), RandomNumberGenerator.GetBytes(8));

        File.WriteAllText(Path.Combine(folder, Authority), authority.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, Certificate), server.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, Key), serverKey.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>Lines of mosquitto.conf that secure its first listener and open a second one without TLS.</summary>
    public static string[] MosquittoLines(int plainPort) =>
    [
        $"certfile {{folder}}/{Certificate}",
        $"keyfile {{folder}}/{Key}",
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"listener {plainPort} 127.0.0.1"),
    ];
}
