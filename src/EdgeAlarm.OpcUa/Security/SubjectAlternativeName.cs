using System.Formats.Asn1;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EdgeAlarm.OpcUa.Security;

/// <summary>The names in a certificate's subjectAltName: the ApplicationUri and the hosts. OPC 10000-6 §6.2.2, RFC 5280 §4.2.1.6.</summary>
public sealed class SubjectAlternativeName
{
    private const string Oid = "2.5.29.17";
    private static readonly Asn1Tag DnsTag = new(TagClass.ContextSpecific, 2);
    private static readonly Asn1Tag UriTag = new(TagClass.ContextSpecific, 6);
    private static readonly Asn1Tag AddressTag = new(TagClass.ContextSpecific, 7);

    private readonly List<string> _uris = [];
    private readonly List<string> _hosts = [];
    private readonly List<IPAddress> _addresses = [];

    private SubjectAlternativeName()
    {
    }

    /// <summary>The application's identity: the first URI entry; empty where there is none.</summary>
    public string ApplicationUri => _uris.Count > 0 ? _uris[0] : "";

    /// <summary>The DNS entries as written.</summary>
    public IReadOnlyList<string> DnsNames => _hosts;

    /// <summary>The address entries; malformed ones are left out.</summary>
    public IReadOnlyList<IPAddress> Addresses => _addresses;

    /// <summary>Reads the extension of a certificate.</summary>
    /// <param name="certificate">Any certificate.</param>
    /// <returns>Empty names where the extension is missing.</returns>
    /// <exception cref="CryptographicException">The extension is malformed.</exception>
    public static SubjectAlternativeName Of(X509Certificate2 certificate)
    {
        var names = new SubjectAlternativeName();
        if (certificate.Extensions[Oid] is { } extension)
        {
            try
            {
                names.Read(extension.RawData);
            }
            catch (AsnContentException malformed)
            {
                throw new CryptographicException("The subjectAltName is malformed.", malformed);
            }
        }

        return names;
    }

    /// <summary>Whether the certificate was made for a host. Addresses compare as addresses, names without regard to case,
    /// no wildcards. Some PLCs write their address as a DNS name: that counts too.</summary>
    /// <param name="host">Host of an endpoint URL, a name or an address, IPv6 with or without brackets.</param>
    /// <returns>True where an entry names the host.</returns>
    public bool Covers(string host)
    {
        var bare = host.Trim('[', ']');
        return _hosts.Contains(bare, StringComparer.OrdinalIgnoreCase)
            || (IPAddress.TryParse(bare, out var address) && _addresses.Contains(address));
    }

    private void Read(byte[] extension)
    {
        var entries = new AsnReader(extension, AsnEncodingRules.DER).ReadSequence();
        while (entries.HasData)
        {
            var tag = entries.PeekTag();
            if (tag.HasSameClassAndValue(UriTag))
            {
                _uris.Add(entries.ReadCharacterString(UniversalTagNumber.IA5String, UriTag));
            }
            else if (tag.HasSameClassAndValue(DnsTag))
            {
                _hosts.Add(entries.ReadCharacterString(UniversalTagNumber.IA5String, DnsTag));
            }
            else if (tag.HasSameClassAndValue(AddressTag))
            {
                var bytes = entries.ReadOctetString(AddressTag);
                if (bytes.Length is 4 or 16)
                {
                    _addresses.Add(new IPAddress(bytes));
                }
            }
            else
            {
                entries.ReadEncodedValue();
            }
        }
    }
}
