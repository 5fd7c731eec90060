using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeAlarm.OpcUa.Security;

namespace EdgeAlarm.OpcUa.Tests.Security;

/// <summary>Certificates made once per run: long keys take seconds.</summary>
public static class TestCertificates
{
    public static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private static readonly Dictionary<(string, int), Lazy<ApplicationCertificate>> Made = (
        from name in new[] { "client", "server" }
        from bits in new[] { 2048, 3072, 4096 }
        select (name, bits)).ToDictionary(k => k, k => new Lazy<ApplicationCertificate>(() => ApplicationCertificate.Create(
            $"urn:plant:{k.name}", $"Test {k.name}", ["plc1", "192.0.2.7"], Now, TimeSpan.FromDays(365), k.bits)));

    public static ApplicationCertificate Client(int bits = 2048) => Made[("client", bits)].Value;

    public static ApplicationCertificate Server(int bits = 2048) => Made[("server", bits)].Value;

    public static PeerCertificate Peer(ApplicationCertificate certificate) => PeerCertificate.Parse(certificate.Der.Span);

    /// <summary>A certificate as somebody else's software would make it, each property open to be wrong.</summary>
    public static X509Certificate2 Foreign(
        X509Certificate2? issuer = null,
        string subject = "CN=PLC",
        bool authority = false,
        X509KeyUsageFlags usage = X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment | X509KeyUsageFlags.DataEncipherment,
        int bits = 2048,
        HashAlgorithmName? hash = null,
        DateTimeOffset? notBefore = null,
        DateTimeOffset? notAfter = null)
    {
        using var key = RSA.Create(bits);
        var request = new CertificateRequest(subject, key, hash ?? HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddUri(new Uri("urn:plant:plc"));
        names.AddDnsName("plc1");
        names.AddIpAddress(System.Net.IPAddress.Parse("192.0.2.7"));
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(authority, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(authority ? X509KeyUsageFlags.KeyCertSign | usage : usage, true));
        var (from, to) = (notBefore ?? Now.AddDays(-1), notAfter ?? Now.AddDays(100));
        if (issuer is null)
        {
            return request.CreateSelfSigned(from, to);
        }

        var serial = RandomNumberGenerator.GetBytes(8);
        serial[0] &= 0x7F;
        using var issuerKey = issuer.GetRSAPrivateKey();
        using var issued = request.Create(
            issuer.SubjectName, X509SignatureGenerator.CreateForRSA(issuerKey!, RSASignaturePadding.Pkcs1), from, to, serial);
        return issued.CopyWithPrivateKey(key);
    }
}
