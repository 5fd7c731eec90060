using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeAlarm.OpcUa.Security;

namespace EdgeAlarm.OpcUa.Tests.Security;

/// <summary>Certificates made once per run: long keys take seconds.</summary>
public static class TestCertificates
{
    private static readonly byte[] Sha256WithRsa = [0x30, 0x0D, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x0B, 0x05, 0x00];

    public static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Self-signed with SHA-1, made by <c>openssl req -x509 -newkey rsa:2048 -sha1</c>, because .NET makes none any more.</summary>
    public const string SignedWithSha1 =
        "MIIC8jCCAdqgAwIBAgIBATANBgkqhkiG9w0BAQUFADASMRAwDgYDVQQDDAdPbGQgUExDMB4XDTI2MTEyMzEyMzU0MFoXDTM2MTEyMDEyMzU0MFowEjEQMA4G"
        + "A1UEAwwHT2xkIFBMQzCCASIwDQYJKoZIhvcNAQEBBQADggEPADCCAQoCggEBAMCipuYVdpJrYHIrMA+b6gFjDzLfo0oxmIuyDuBy6oPSMPBJEi/f8AsetKWW"
        + "zi/9oGaNxRdoa6Q5LFZxxjVZovI+ayc+uOm3SHzOFHK5pYUqWP18Mcd335FeVlVHPN3JfQmaR/7iTB5qD5sJfw26aeXCEfXcwGWZB00yJzy1OQb8TfcWbA8K"
        + "6iZXkT0EJxQBCLcXo5h8w1zWsbHn/AO+ELlqz9zeILE6kql6/Euub0gWZZkgEVJ9BWwdA230oyFlI2xErs//oVRQFKWjH71K0TN5GMSvhJfQOoQPb8C0RvD/"
        + "Nvsx76fx0h8f4SPFXUlRtAXE528FBh8Zok0kNiuCT7sCAwEAAaNTMFEwHQYDVR0OBBYEFGe7149u9m5Tu0lCG44y2MjldFUeMB8GA1UdIwQYMBaAFGe7149u"
        + "9m5Tu0lCG44y2MjldFUeMA8GA1UdEwEB/wQFMAMBAf8wDQYJKoZIhvcNAQEFBQADggEBAHS2+cFkQyZwFD2XHZqkydnSDP6zKqzzay3Hx6pSDRZQtWL1vOp/"
        + "EsMtygJ3ZgHAHmK4xD0yUK7XO/YCC/+k1qEzaNwkRLxmjJ17rjTYTWY5LnDgYqqos216OBoeFqQFCCcXUDNusMSTBcQM/cSznqSuNk8tNxRPg4VjMg11NQsx"
        + "WvEzUCBUkW8jIh1h3nfp4LLUjlAgpMKfGNSHXmz6avZjNV1e+f7JOLUlcbAj1qmwEqVazJNMsRsypNdM3qHKNNjwzZXd1kOTKKi5y1ZDXDoIcDUrxmktDiGX"
        + "JAu5XGuqAdkN+5W02DLtQZfB+UuYvW6pDGddr4wuu30067ukrqU=";

    private static readonly Dictionary<(string, int), Lazy<ApplicationCertificate>> Made = (
        from name in new[] { "client", "server" }
        from bits in new[] { 2048, 3072, 4096 }
        select (name, bits)).ToDictionary(k => k, k => new Lazy<ApplicationCertificate>(() => ApplicationCertificate.Create(
            $"urn:plant:{k.name}", $"Test {k.name}", ["plc1", "192.0.2.7"], Now, TimeSpan.FromDays(365), k.bits)));

    private static readonly Dictionary<int, RSA[]> Keys = [];
    private static int _next;

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
        DateTimeOffset? notBefore = null,
        DateTimeOffset? notAfter = null,
        string? extendedUse = null)
    {
        using var key = Key(bits);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddUri(new Uri("urn:plant:plc"));
        names.AddDnsName("plc1");
        names.AddIpAddress(System.Net.IPAddress.Parse("192.0.2.7"));
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(authority, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(authority ? X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign | usage : usage, true));
        if (extendedUse is not null)
        {
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(extendedUse)], false));
        }

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

    /// <summary>Another certificate of an authority's key and name.</summary>
    public static X509Certificate2 SelfSigned(X500DistinguishedName subject, RSA key, DateTimeOffset notBefore, DateTimeOffset notAfter)
    {
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(notBefore, notAfter);
    }

    /// <summary>A revocation list as somebody else's software would make it.</summary>
    public static byte[] RevocationList(X509Certificate2 authority, DateTimeOffset? nextUpdate, params X509Certificate2[] revoked)
    {
        var builder = new CertificateRevocationListBuilder();
        foreach (var certificate in revoked)
        {
            builder.AddEntry(certificate);
        }

        using var key = authority.GetRSAPrivateKey();
        return builder.Build(
            authority.SubjectName,
            X509SignatureGenerator.CreateForRSA(key!, RSASignaturePadding.Pkcs1),
            1,
            nextUpdate ?? Now.AddDays(30),
            HashAlgorithmName.SHA256,
            X509AuthorityKeyIdentifierExtension.CreateFromIssuerNameAndSerialNumber(authority.SubjectName, authority.SerialNumberBytes.Span),
            Now.AddDays(-200));
    }

    /// <summary>A delta list, newer than what <see cref="RevocationList"/> makes: one entry with its reason, or none.</summary>
    public static byte[] DeltaList(X509Certificate2 authority, X509Certificate2? certificate = null, int reason = 0)
    {
        var list = new AsnWriter(AsnEncodingRules.DER);
        using (list.PushSequence())
        {
            list.WriteInteger(1);
            list.WriteEncodedValue(Sha256WithRsa);
            list.WriteEncodedValue(authority.SubjectName.RawData);
            list.WriteUtcTime(Now.AddDays(-1));
            list.WriteUtcTime(Now.AddDays(30));
            if (certificate is not null)
            {
                using var entries = list.PushSequence();
                using var entry = list.PushSequence();
                list.WriteInteger(certificate.SerialNumberBytes.Span);
                list.WriteUtcTime(Now.AddDays(-1));
                using var extensions = list.PushSequence();
                using var extension = list.PushSequence();
                list.WriteObjectIdentifier("2.5.29.21");
                list.WriteOctetString([0x0A, 1, (byte)reason]);
            }

            using (list.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
            using (list.PushSequence())
            using (list.PushSequence())
            {
                list.WriteObjectIdentifier("2.5.29.27");
                list.WriteBoolean(true);
                list.WriteOctetString([0x02, 1, 1]);
            }
        }

        using var key = authority.GetRSAPrivateKey();
        var signed = new AsnWriter(AsnEncodingRules.DER);
        using (signed.PushSequence())
        {
            signed.WriteEncodedValue(list.Encode());
            signed.WriteEncodedValue(Sha256WithRsa);
            signed.WriteBitString(key!.SignData(list.Encode(), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        }

        return signed.Encode();
    }

    // Making a key takes long; three are enough for neighbours in a test to differ.
    private static RSA Key(int bits)
    {
        lock (Keys)
        {
            if (!Keys.TryGetValue(bits, out var made))
            {
                made = Keys[bits] = [RSA.Create(bits), RSA.Create(bits), RSA.Create(bits)];
            }

            return RSA.Create(made[_next++ % made.Length].ExportParameters(true));
        }
    }
}
