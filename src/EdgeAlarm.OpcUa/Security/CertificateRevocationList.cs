using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EdgeAlarm.OpcUa.Security;

/// <summary>What an authority says of the certificates that it issued and that count no more. RFC 5280 §5.</summary>
public sealed class CertificateRevocationList
{
    private static readonly Asn1Tag ExtensionsTag = new(TagClass.ContextSpecific, 0);

    // RSA with each hash; the parameters of RSASSA-PSS name one of the same
    private static readonly Dictionary<string, HashAlgorithmName> Pkcs1Hashes = new(StringComparer.Ordinal)
    {
        ["1.2.840.113549.1.1.11"] = HashAlgorithmName.SHA256,
        ["1.2.840.113549.1.1.12"] = HashAlgorithmName.SHA384,
        ["1.2.840.113549.1.1.13"] = HashAlgorithmName.SHA512,
    };

    private const string ReasonCode = "2.5.29.21";
    private const int RemoveFromCrl = 8;

    private readonly HashSet<BigInteger> _serials = [];
    private readonly HashSet<BigInteger> _released = [];
    private readonly ReadOnlyMemory<byte> _signed;
    private readonly ReadOnlyMemory<byte> _issuer;
    private readonly byte[] _signature;
    private readonly string _algorithm;

    private CertificateRevocationList(ReadOnlyMemory<byte> der)
    {
        var outer = new AsnReader(der, AsnEncodingRules.DER);
        var list = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        _signed = list.PeekEncodedValue();
        var content = list.ReadSequence();
        _algorithm = list.ReadSequence().ReadObjectIdentifier();
        _signature = list.ReadBitString(out _);
        if (content.PeekTag().HasSameClassAndValue(Asn1Tag.Integer))
        {
            content.ReadInteger();
        }

        content.ReadSequence();
        _issuer = content.ReadEncodedValue();
        Issuer = new X500DistinguishedName(_issuer.Span).Name;
        ThisUpdate = Time(content);
        NextUpdate = IsTime(content) ? Time(content) : null;
        if (content.HasData && content.PeekTag().HasSameClassAndValue(Asn1Tag.Sequence))
        {
            for (var entries = content.ReadSequence(); entries.HasData;)
            {
                var entry = entries.ReadSequence();
                var serial = entry.ReadInteger();
                Time(entry);
                (entry.HasData && IsRelease(entry.ReadSequence()) ? _released : _serials).Add(serial);
            }
        }

        IsPartial = content.HasData && HasCriticalExtension(content.ReadSequence(ExtensionsTag).ReadSequence());
    }

    /// <summary>The authority's name.</summary>
    public string Issuer { get; }

    /// <summary>When the list was made, UTC.</summary>
    public DateTimeOffset ThisUpdate { get; }

    /// <summary>When the next one is due at the latest, UTC; null where the authority promises none.</summary>
    public DateTimeOffset? NextUpdate { get; }

    /// <summary>How many certificates it revokes.</summary>
    public int Count => _serials.Count;

    /// <summary>True for a list that says only a part (a delta, or for some certificates only): it proves of nothing that it is good.</summary>
    public bool IsPartial { get; }

    /// <summary>Parses a list.</summary>
    /// <param name="file">DER or PEM.</param>
    /// <exception cref="CryptographicException">It is none.</exception>
    public static CertificateRevocationList Parse(ReadOnlyMemory<byte> file)
    {
        try
        {
            var text = file.Span.StartsWith("-----BEGIN"u8) ? System.Text.Encoding.ASCII.GetString(file.Span) : null;
            return new CertificateRevocationList(text is not null && PemEncoding.TryFind(text, out var pem) ? Convert.FromBase64String(text[pem.Base64Data]) : file);
        }
        catch (Exception malformed) when (malformed is AsnContentException or FormatException)
        {
            throw new CryptographicException("This is no certificate revocation list.", malformed);
        }
    }

    /// <summary>Whether it names a certificate of this issuer by its serial number.</summary>
    /// <param name="certificate">A certificate that the list's issuer issued.</param>
    public bool Names(X509Certificate2 certificate) => _serials.Contains(Serial(certificate));

    /// <summary>Whether it takes back that a certificate of this issuer was revoked (reason removeFromCRL, in a delta only).</summary>
    /// <param name="certificate">A certificate that the list's issuer issued.</param>
    public bool Releases(X509Certificate2 certificate) => _released.Contains(Serial(certificate));

    /// <summary>Whether the next list is overdue.</summary>
    /// <param name="now">The present time.</param>
    public bool IsOverdue(DateTimeOffset now) => NextUpdate < now;

    /// <summary>Whether an authority made this list: its name and its signature.</summary>
    /// <param name="authority">The authority's certificate.</param>
    public bool IsOf(X509Certificate2 authority)
    {
        using var key = authority.GetRSAPublicKey();
        return key is not null
            && authority.SubjectName.RawData.AsSpan().SequenceEqual(_issuer.Span)
            && (Pkcs1Hashes.TryGetValue(_algorithm, out var hash)
                ? key.VerifyData(_signed.Span, _signature, hash, RSASignaturePadding.Pkcs1)
                : Pkcs1Hashes.Values.Any(each => key.VerifyData(_signed.Span, _signature, each, RSASignaturePadding.Pss)));
    }

    private static BigInteger Serial(X509Certificate2 certificate) => new(certificate.SerialNumberBytes.Span, isUnsigned: false, isBigEndian: true);

    private static bool IsRelease(AsnReader extensions)
    {
        var isRelease = false;
        while (extensions.HasData)
        {
            var extension = extensions.ReadSequence();
            var isReason = string.Equals(extension.ReadObjectIdentifier(), ReasonCode, StringComparison.Ordinal);
            if (isReason && extension.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean))
            {
                extension.ReadBoolean();
            }

            // a single ENUMERATED
            isRelease |= isReason && new AsnReader(extension.ReadOctetString(), AsnEncodingRules.DER).ReadEnumeratedBytes().Span is [RemoveFromCrl];
        }

        return isRelease;
    }

    private static bool IsTime(AsnReader reader) => reader.HasData
        && (reader.PeekTag().HasSameClassAndValue(Asn1Tag.UtcTime) || reader.PeekTag().HasSameClassAndValue(Asn1Tag.GeneralizedTime));

    private static DateTimeOffset Time(AsnReader reader) =>
        reader.PeekTag().HasSameClassAndValue(Asn1Tag.UtcTime) ? reader.ReadUtcTime() : reader.ReadGeneralizedTime();

    private static bool HasCriticalExtension(AsnReader extensions)
    {
        var any = false;
        while (extensions.HasData)
        {
            var extension = extensions.ReadSequence();
            extension.ReadObjectIdentifier();
            any |= extension.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean) && extension.ReadBoolean();
        }

        return any;
    }
}
