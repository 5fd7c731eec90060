using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace EdgeAlarm.OpcUa.Security;

/// <summary>The Password field of a UserNameIdentityToken in the form that every server reads: length, password and the server's last nonce,
/// encrypted block by block with the server's RSA key. OPC 10000-4 §7.41.2.2 (legacy encrypted token secret).</summary>
/// <remarks>With the policy None the field is the clear password: send it only over a channel that encrypts.</remarks>
public static class PasswordSecret
{
    private const int PasswordBytesMax = 4096;

    /// <summary>Encrypts a password for a server.</summary>
    /// <param name="policy">Policy of the UserTokenPolicy, of the endpoint where that is empty; its
    /// <see cref="SecurityPolicy.AsymmetricEncryptionUri"/> goes into EncryptionAlgorithm.</param>
    /// <param name="server">The server's certificate; may be null only with the policy None.</param>
    /// <param name="password">The password.</param>
    /// <param name="serverNonce">The nonce the server sent last.</param>
    /// <returns>The field's bytes.</returns>
    public static byte[] Encrypt(SecurityPolicy policy, PeerCertificate? server, string password, ReadOnlySpan<byte> serverNonce)
    {
        var secret = Encoding.UTF8.GetBytes(password);
        if (!policy.IsSecured)
        {
            return secret;
        }

        ArgumentNullException.ThrowIfNull(server);
        var length = secret.Length + serverNonce.Length;
        var block = server.PlainBlockBytes(policy);
        var blocks = (sizeof(int) + length + block - 1) / block;
        var plain = new byte[blocks * block];
        BinaryPrimitives.WriteInt32LittleEndian(plain, length);
        secret.CopyTo(plain.AsSpan(sizeof(int)));
        serverNonce.CopyTo(plain.AsSpan(sizeof(int) + secret.Length));
        var cipher = new byte[blocks * server.KeyBytes];
        server.Encrypt(policy, plain, cipher);
        CryptographicOperations.ZeroMemory(plain);
        CryptographicOperations.ZeroMemory(secret);
        return cipher;
    }

    /// <summary>Decrypts what a client sent and checks that it was made for this session.</summary>
    /// <param name="policy">Policy of the token.</param>
    /// <param name="own">The server's key; may be null only with the policy None.</param>
    /// <param name="algorithm">EncryptionAlgorithm of the token.</param>
    /// <param name="secret">Password field of the token.</param>
    /// <param name="serverNonce">The nonce we sent last.</param>
    /// <param name="password">The password.</param>
    /// <returns>False where anything at all is wrong, without saying what: BadIdentityTokenInvalid.</returns>
    public static bool TryDecrypt(
        SecurityPolicy policy,
        ApplicationCertificate? own,
        string? algorithm,
        ReadOnlySpan<byte> secret,
        ReadOnlySpan<byte> serverNonce,
        [NotNullWhen(true)] out string? password)
    {
        password = null;
        if (!policy.IsSecured)
        {
            if (!string.IsNullOrEmpty(algorithm) || secret.Length > PasswordBytesMax)
            {
                return false;
            }

            password = Encoding.UTF8.GetString(secret);
            return true;
        }

        if (own is null
            || !string.Equals(algorithm, policy.AsymmetricEncryptionUri, StringComparison.Ordinal)
            || secret.IsEmpty
            || secret.Length > PasswordBytesMax + own.KeyBytes)
        {
            return false;
        }

        var plain = new byte[secret.Length];
        var good = own.TryDecrypt(policy, secret, plain, out var written) && written >= sizeof(int);
        var length = good ? BinaryPrimitives.ReadInt32LittleEndian(plain) : 0;
        if (good && length >= serverNonce.Length && length <= written - sizeof(int))
        {
            var content = plain.AsSpan(sizeof(int), length);
            if (CryptographicOperations.FixedTimeEquals(content[^serverNonce.Length..], serverNonce))
            {
                password = Encoding.UTF8.GetString(content[..^serverNonce.Length]);
            }
        }

        CryptographicOperations.ZeroMemory(plain);
        return password is not null;
    }
}
