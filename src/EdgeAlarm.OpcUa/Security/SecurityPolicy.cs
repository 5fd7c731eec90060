using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace EdgeAlarm.OpcUa.Security;

/// <summary>One security policy as a row of numbers and algorithms. The code that uses it never asks which policy it is, so
/// that a further RSA policy is a further row. OPC 10000-7 §6.6; lengths in bytes unless the name says otherwise.</summary>
public sealed class SecurityPolicy
{
    private const string UriPrefix = "http://opcfoundation.org/UA/SecurityPolicy#";
    private const string RsaSha256Uri = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
    private const string OaepSha1Uri = "http://www.w3.org/2001/04/xmlenc#rsa-oaep";

    private SecurityPolicy(string name) => (Name, Uri) = (name, UriPrefix + name);

    /// <summary>No protection at all; only for a network that is protected otherwise, and for discovery.</summary>
    public static SecurityPolicy None { get; } = new("None");

    /// <summary>RSA with SHA-256, OAEP, AES-256-CBC, HMAC-SHA-256: what practically every PLC of today offers.</summary>
    public static SecurityPolicy Basic256Sha256 { get; } = new("Basic256Sha256")
    {
        IsSecured = true,
        AsymmetricSignatureUri = RsaSha256Uri,
        AsymmetricEncryptionOverhead = 42,
        AsymmetricEncryptionUri = OaepSha1Uri,
        SigningKeyBytes = 32,
        EncryptingKeyBytes = 32,
        NonceBytes = 32,
    };

    /// <summary>As <see cref="Basic256Sha256"/> with AES-128-CBC: cheaper for a small PLC, no weaker in practice.</summary>
    public static SecurityPolicy Aes128Sha256RsaOaep { get; } = new("Aes128_Sha256_RsaOaep")
    {
        IsSecured = true,
        AsymmetricSignatureUri = RsaSha256Uri,
        AsymmetricEncryptionOverhead = 42,
        AsymmetricEncryptionUri = OaepSha1Uri,
        SigningKeyBytes = 32,
        EncryptingKeyBytes = 16,
        NonceBytes = 32,
    };

    /// <summary>RSA-PSS signatures, OAEP with SHA-256, AES-256-CBC: the strongest of the RSA policies.</summary>
    public static SecurityPolicy Aes256Sha256RsaPss { get; } = new("Aes256_Sha256_RsaPss")
    {
        IsSecured = true,
        AsymmetricSignaturePadding = RSASignaturePadding.Pss,
        AsymmetricSignatureUri = "http://opcfoundation.org/UA/security/rsa-pss-sha2-256",
        AsymmetricEncryptionPadding = RSAEncryptionPadding.OaepSHA256,
        AsymmetricEncryptionOverhead = 66,
        AsymmetricEncryptionUri = "http://opcfoundation.org/UA/security/rsa-oaep-sha2-256",
        SigningKeyBytes = 32,
        EncryptingKeyBytes = 32,
        NonceBytes = 32,
    };

    /// <summary>All policies that may be configured: whoever lists them takes the list from here. The deprecated ones (SHA-1 signatures, PKCS#1
    /// v1.5 encryption) are not among them.</summary>
    public static IReadOnlyList<SecurityPolicy> All { get; } = [None, Basic256Sha256, Aes128Sha256RsaOaep, Aes256Sha256RsaPss];

    /// <summary>The part of the URI after '#', as people write it in settings.</summary>
    public string Name { get; }

    /// <summary>The policy's URI, compared byte by byte on the wire.</summary>
    public string Uri { get; }

    /// <summary>False only for <see cref="None"/>. Where true, OpenSecureChannel is always signed and encrypted, whatever the mode.</summary>
    public bool IsSecured { get; private init; }

    /// <summary>Padding of RSA signatures; the hash is SHA-256 in every policy served.</summary>
    public RSASignaturePadding AsymmetricSignaturePadding { get; private init; } = RSASignaturePadding.Pkcs1;

    /// <summary>Algorithm URI of SignatureData; empty for <see cref="None"/>.</summary>
    public string AsymmetricSignatureUri { get; private init; } = "";

    /// <summary>Padding of RSA encryption (OpenSecureChannel and the legacy form of a password).</summary>
    public RSAEncryptionPadding AsymmetricEncryptionPadding { get; private init; } = RSAEncryptionPadding.OaepSHA1;

    /// <summary>Bytes of each RSA block that the encryption padding takes: a key of k bytes carries k minus this.</summary>
    public int AsymmetricEncryptionOverhead { get; private init; }

    /// <summary>EncryptionAlgorithm URI of identity tokens; empty for <see cref="None"/>.</summary>
    public string AsymmetricEncryptionUri { get; private init; } = "";

    /// <summary>Length of the derived HMAC key.</summary>
    public int SigningKeyBytes { get; private init; }

    /// <summary>Length of the derived AES key: 32 or 16.</summary>
    public int EncryptingKeyBytes { get; private init; }

    /// <summary>Length of ClientNonce and ServerNonce of OpenSecureChannel; 0 for <see cref="None"/>.</summary>
    public int NonceBytes { get; private init; }

    /// <summary>Length of an HMAC-SHA-256 signature; 0 for <see cref="None"/>.</summary>
    public int SymmetricSignatureBytes => IsSecured ? SHA256.HashSizeInBytes : 0;

    /// <summary>Shortest RSA key that is accepted, in bits.</summary>
    public int KeyBitsMin { get; private init; } = 2048;

    /// <summary>Longest RSA key that is accepted, in bits; longer ones only serve to keep a PLC busy.</summary>
    public int KeyBitsMax { get; private init; } = 4096;

    /// <summary>Finds a policy by its full URI.</summary>
    /// <param name="uri">The URI from the wire; anything is allowed.</param>
    /// <param name="policy">The policy.</param>
    /// <returns>False for an unknown or a deprecated policy: answer BadSecurityPolicyRejected.</returns>
    public static bool TryFind(string? uri, [NotNullWhen(true)] out SecurityPolicy? policy)
    {
        policy = All.FirstOrDefault(p => string.Equals(p.Uri, uri, StringComparison.Ordinal));
        return policy is not null;
    }

    /// <summary>Whether a mode may go with this policy: None with None, the two others with every other policy. OPC 10000-4 §7.20.</summary>
    /// <param name="mode">The mode asked for.</param>
    /// <returns>False for <see cref="MessageSecurityMode.Invalid"/> and for mixtures.</returns>
    public bool Allows(MessageSecurityMode mode) => mode switch
    {
        MessageSecurityMode.None => !IsSecured,
        MessageSecurityMode.Sign or MessageSecurityMode.SignAndEncrypt => IsSecured,

        // The mode comes from the wire: any number is possible.
        _ => false,
    };

    /// <inheritdoc/>
    public override string ToString() => Name;
}
