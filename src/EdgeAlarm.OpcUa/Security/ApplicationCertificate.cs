using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EdgeAlarm.OpcUa.Security;

/// <summary>A certificate with its private key: our own, or that of the user we log in. Safe for any number of channels at the same time:
/// operations on the key take turns. OPC 10000-6 §6.2.2.</summary>
public sealed class ApplicationCertificate : IDisposable
{
    internal const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    internal const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    private const double RenewalShare = 1.0 / 6;

    // A PLC whose clock runs a little late would call a certificate of this minute "not yet valid".
    private static readonly TimeSpan ValidBefore = TimeSpan.FromDays(1);

    private readonly RSA _privateKey;
    private readonly Lock _gate = new();

    /// <summary>Takes a certificate that has its RSA private key with it.</summary>
    /// <param name="certificate">Owned by this object from now on.</param>
    /// <exception cref="CryptographicException">There is no RSA private key.</exception>
    public ApplicationCertificate(X509Certificate2 certificate)
    {
        _privateKey = certificate.GetRSAPrivateKey() ?? throw new CryptographicException("The certificate has no RSA private key.");
        Certificate = certificate;
        Thumbprint = certificate.GetCertHash();
        ApplicationUri = SubjectAlternativeName.Of(certificate).ApplicationUri;
    }

    /// <summary>The certificate, with its private key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>DER, as it is sent and as signatures cover it. Issuers are never sent with it.</summary>
    public ReadOnlyMemory<byte> Der => Certificate.RawDataMemory;

    /// <summary>SHA-1 of <see cref="Der"/>, 20 bytes: a name on the wire, not a protection.</summary>
    public ReadOnlyMemory<byte> Thumbprint { get; }

    /// <summary>URI entry of the subjectAltName; has to equal ApplicationDescription.ApplicationUri. Empty in a user's certificate.</summary>
    public string ApplicationUri { get; }

    /// <summary>When it ends.</summary>
    public DateTimeOffset End => new(Certificate.NotAfter);

    /// <summary>Length of the RSA key in bits.</summary>
    public int KeyBits => _privateKey.KeySize;

    /// <summary>Length of a signature or of an encrypted block of this key.</summary>
    internal int KeyBytes => KeyBits / 8;

    /// <summary>Makes a self-signed certificate with the fields that OPC 10000-6 §6.2.2 asks for: URI and hosts as alternative
    /// names, the four key usages of RSA and keyCertSign because it signs itself, use as client and as server.</summary>
    /// <param name="applicationUri">Identity of the installation, e.g. <c>urn:gw1:EdgeAlarm:plant1</c>; keep it for ever.</param>
    /// <param name="commonName">What people read in a trust list, e.g. <c>EdgeAlarm gw1</c>.</param>
    /// <param name="hosts">Names and addresses of this machine; a server is refused by careful clients without them.</param>
    /// <param name="now">The present time.</param>
    /// <param name="validFor">Lifetime; 1 to 5 years. Shorter means more visits to each PLC, longer a stolen key that serves longer.</param>
    /// <param name="keyBits">RSA key length: 2048, 3072 or 4096. Each step costs a PLC about three times the time to connect.</param>
    /// <returns>The certificate, nowhere stored; see <see cref="CertificateStore.CreateOwn"/>.</returns>
    public static ApplicationCertificate Create(
        string applicationUri, string commonName, IEnumerable<string> hosts, DateTimeOffset now, TimeSpan validFor, int keyBits = 2048)
    {
        using var key = RSA.Create(keyBits);
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName(commonName);
        subject.AddOrganizationName("EdgeAlarm");
        var request = new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

        var names = new SubjectAlternativeNameBuilder();
        names.AddUri(new Uri(applicationUri));
        foreach (var host in hosts)
        {
            if (IPAddress.TryParse(host, out var address))
            {
                names.AddIpAddress(address);
            }
            else
            {
                names.AddDnsName(host);
            }
        }

        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(
            X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation | X509KeyUsageFlags.KeyEncipherment
            | X509KeyUsageFlags.DataEncipherment | X509KeyUsageFlags.KeyCertSign,
            critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(
            [new Oid(ServerAuthentication), new Oid(ClientAuthentication)], critical: false));
        var identifier = new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false);
        request.CertificateExtensions.Add(identifier);
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(identifier));
        return new ApplicationCertificate(request.CreateSelfSigned(now - ValidBefore, now + validFor));
    }

    /// <summary>Whether a sixth or less of its life is left.</summary>
    /// <param name="now">The present time.</param>
    public bool IsRenewalDue(DateTimeOffset now) => End - now <= (End - new DateTimeOffset(Certificate.NotBefore)) * RenewalShare;

    /// <summary>Makes a successor with the same key, subject, ApplicationUri, names and uses; only time and serial number are new. Whoever trusts the
    /// application by its key or its authority goes on; whoever trusts the bytes has to trust the new ones.</summary>
    /// <param name="now">The present time.</param>
    /// <param name="validFor">Lifetime, as in <see cref="Create"/>.</param>
    /// <returns>The successor, nowhere stored; see <see cref="CertificateStore.RenewOwn"/>.</returns>
    /// <exception cref="CryptographicException">It was issued by an authority, which alone can renew it.</exception>
    public ApplicationCertificate Renew(DateTimeOffset now, TimeSpan validFor)
    {
        if (!CertificateChain.IsSelfIssued(Certificate))
        {
            throw new CryptographicException($"The certificate was issued by \"{Certificate.Issuer}\": have it renewed there for the same key, and put it into its place.");
        }

        lock (_gate)
        {
            var request = new CertificateRequest(Certificate.SubjectName, _privateKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            foreach (var extension in Certificate.Extensions)
            {
                request.CertificateExtensions.Add(extension);
            }

            return new ApplicationCertificate(request.CreateSelfSigned(now - ValidBefore, now + validFor));
        }
    }

    /// <summary>Signs with SHA-256 and the policy's padding.</summary>
    /// <param name="policy">Names the padding.</param>
    /// <param name="signed">The bytes to sign.</param>
    /// <param name="signature">Exactly <see cref="KeyBytes"/> long.</param>
    internal void Sign(SecurityPolicy policy, ReadOnlySpan<byte> signed, Span<byte> signature)
    {
        lock (_gate)
        {
            _privateKey.SignData(signed, signature, HashAlgorithmName.SHA256, policy.AsymmetricSignaturePadding);
        }
    }

    /// <summary>Decrypts whole blocks.</summary>
    /// <param name="policy">Names the padding.</param>
    /// <param name="cipher">Foreign bytes of any length.</param>
    /// <param name="plain">At least as long as <paramref name="cipher"/>.</param>
    /// <param name="written">Plain bytes.</param>
    /// <returns>False where the length is no multiple of the block or a block does not decrypt; all blocks are tried.</returns>
    internal bool TryDecrypt(SecurityPolicy policy, ReadOnlySpan<byte> cipher, Span<byte> plain, out int written)
    {
        written = 0;
        var good = cipher.Length % KeyBytes == 0;
        lock (_gate)
        {
            for (; cipher.Length >= KeyBytes; cipher = cipher[KeyBytes..])
            {
                try
                {
                    written += _privateKey.Decrypt(cipher[..KeyBytes], plain[written..], policy.AsymmetricEncryptionPadding);
                }
                catch (CryptographicException)
                {
                    good = false;
                }
            }
        }

        return good;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _privateKey.Dispose();
        Certificate.Dispose();
    }
}
