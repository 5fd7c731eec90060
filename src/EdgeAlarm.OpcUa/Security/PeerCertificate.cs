using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.Security;

/// <summary>The certificate of the other side as it came over the wire: a leaf, perhaps followed by its issuers. Parsing says
/// nothing about trust; <see cref="CertificateValidator"/> does. OPC 10000-6 §6.7.2.3.</summary>
public sealed class PeerCertificate : IDisposable
{
    private const int ChainLengthMax = 8;
    private readonly RSA? _publicKey;
    private readonly Lock _gate = new();

    private PeerCertificate(List<X509Certificate2> chain)
    {
        Certificate = chain[0];
        Issuers = chain.GetRange(1, chain.Count - 1);
        Thumbprint = Certificate.GetCertHash();
        _publicKey = Certificate.GetRSAPublicKey();
        ApplicationUri = SubjectAlternativeName.Of(Certificate).ApplicationUri;
    }

    /// <summary>The leaf.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>What was sent behind the leaf, in the order sent.</summary>
    public IReadOnlyList<X509Certificate2> Issuers { get; }

    /// <summary>DER of the leaf alone: what signatures of CreateSession and ActivateSession cover.</summary>
    public ReadOnlyMemory<byte> Der => Certificate.RawDataMemory;

    /// <summary>SHA-1 of <see cref="Der"/>, 20 bytes: a name on the wire, not a protection.</summary>
    public ReadOnlyMemory<byte> Thumbprint { get; }

    /// <summary>URI entry of the subjectAltName; empty where there is none.</summary>
    public string ApplicationUri { get; }

    /// <summary>Length of the RSA key in bits; 0 where the key is not RSA.</summary>
    public int KeyBits => _publicKey?.KeySize ?? 0;

    /// <summary>Length of a signature or of an encrypted block of this key.</summary>
    internal int KeyBytes => KeyBits / 8;

    /// <summary>Parses what an OpenSecureChannel header, an EndpointDescription or a CreateSession carries.</summary>
    /// <param name="der">One DER certificate, or several one after the other with the leaf first.</param>
    /// <returns>The certificate; the caller disposes of it.</returns>
    /// <exception cref="SecurityViolation">BadCertificateInvalid: not DER, trailing bytes, more than eight certificates.</exception>
    public static PeerCertificate Parse(ReadOnlySpan<byte> der)
    {
        var chain = new List<X509Certificate2>();
        try
        {
            do
            {
                AsnDecoder.ReadEncodedValue(der, AsnEncodingRules.DER, out _, out _, out var length);
                chain.Add(X509CertificateLoader.LoadCertificate(der[..length]));
                der = der[length..];
            }
            while (!der.IsEmpty && chain.Count < ChainLengthMax);

            return der.IsEmpty ? new PeerCertificate(chain) : throw new CryptographicException("The chain is too long.");
        }
        catch (Exception malformed) when (malformed is CryptographicException or AsnContentException)
        {
            chain.ForEach(c => c.Dispose());
            throw new SecurityViolation(StatusCodes.BadCertificateInvalid, "The peer's certificate cannot be read");
        }
    }

    /// <summary>Whether this is byte for byte the same leaf.</summary>
    /// <param name="other">DER of another leaf, or of a chain whose leaf counts.</param>
    /// <returns>True only for identical bytes.</returns>
    public bool IsSameLeaf(ReadOnlySpan<byte> other) => other.StartsWith(Der.Span);

    /// <summary>Verifies a signature of the peer.</summary>
    /// <param name="policy">Names the algorithm.</param>
    /// <param name="signed">The bytes that were signed.</param>
    /// <param name="signature">The signature.</param>
    /// <returns>False for a wrong signature and for a key that is not RSA.</returns>
    internal bool Verify(SecurityPolicy policy, ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature)
    {
        lock (_gate)
        {
            return _publicKey?.VerifyData(signed, signature, HashAlgorithmName.SHA256, policy.AsymmetricSignaturePadding) ?? false;
        }
    }

    /// <summary>Encrypts for the peer, block by block. OPC 10000-6 §6.7.2.5.</summary>
    /// <param name="policy">Names the algorithm and the block.</param>
    /// <param name="plain">Whole blocks of <see cref="PlainBlockBytes"/>.</param>
    /// <param name="cipher">As many blocks of the key's length.</param>
    internal void Encrypt(SecurityPolicy policy, ReadOnlySpan<byte> plain, Span<byte> cipher)
    {
        lock (_gate)
        {
            var key = _publicKey ?? throw new SecurityViolation(StatusCodes.BadCertificatePolicyCheckFailed, "The peer's key is not RSA");
            for (var block = PlainBlockBytes(policy); !plain.IsEmpty; plain = plain[block..], cipher = cipher[KeyBytes..])
            {
                key.Encrypt(plain[..block], cipher, policy.AsymmetricEncryptionPadding);
            }
        }
    }

    /// <summary>Plain bytes that one encrypted block carries.</summary>
    /// <param name="policy">Names the padding.</param>
    /// <returns>Bytes; at least 1 for every key that a policy accepts.</returns>
    internal int PlainBlockBytes(SecurityPolicy policy) => KeyBytes - policy.AsymmetricEncryptionOverhead;

    /// <inheritdoc/>
    public void Dispose()
    {
        _publicKey?.Dispose();
        Certificate.Dispose();
        foreach (var issuer in Issuers)
        {
            issuer.Dispose();
        }
    }
}
