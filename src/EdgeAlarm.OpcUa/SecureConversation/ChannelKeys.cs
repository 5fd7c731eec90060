using System.Security.Cryptography;
using EdgeAlarm.OpcUa.Security;

namespace EdgeAlarm.OpcUa.SecureConversation;

/// <summary>The derived keys of one direction of one token. The HMAC and AES objects live as long as the token, so that a chunk
/// costs no allocation but the empty array (24 bytes) with which .NET resets a cipher. For one caller at a time. OPC 10000-6 §6.7.5.</summary>
internal sealed class ChannelKeys : IDisposable
{
    /// <summary>Block of AES, bytes; also the length of the initialisation vector.</summary>
    public const int BlockBytes = 16;

    private readonly IncrementalHash _hmac;
    private readonly Aes _aes;
    private readonly ICryptoTransform _encryptor;
    private readonly ICryptoTransform _decryptor;
    private readonly byte[] _computed;

    private ChannelKeys(IncrementalHash hmac, Aes aes)
    {
        _hmac = hmac;
        _aes = aes;
        _encryptor = aes.CreateEncryptor();
        _decryptor = aes.CreateDecryptor();
        _computed = new byte[hmac.HashLengthInBytes];
    }

    /// <summary>Derives the keys with which one side sends.</summary>
    /// <param name="policy">Names the lengths.</param>
    /// <param name="receiverNonce">Secret of P_SHA256: the nonce of the side that receives.</param>
    /// <param name="senderNonce">Seed of P_SHA256: the nonce of the side that sends.</param>
    /// <returns>The keys.</returns>
    public static ChannelKeys Derive(SecurityPolicy policy, ReadOnlySpan<byte> receiverNonce, ReadOnlySpan<byte> senderNonce)
    {
        Span<byte> material = stackalloc byte[policy.SigningKeyBytes + policy.EncryptingKeyBytes + BlockBytes];
        KeyDerivation.PSha256(receiverNonce, senderNonce, material);
        var aes = Aes.Create();
        aes.Mode = CipherMode.CBC;
        aes.Padding = PaddingMode.None;
        aes.SetKey(material.Slice(policy.SigningKeyBytes, policy.EncryptingKeyBytes));
        aes.IV = material[^BlockBytes..].ToArray();
        var keys = new ChannelKeys(
            IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, material[..policy.SigningKeyBytes]), aes);
        CryptographicOperations.ZeroMemory(material);
        return keys;
    }

    /// <summary>Signs.</summary>
    /// <param name="signed">The bytes to sign.</param>
    /// <param name="signature">Where the signature goes; may not overlap.</param>
    public void Sign(ReadOnlySpan<byte> signed, Span<byte> signature)
    {
        _hmac.AppendData(signed);
        _hmac.GetHashAndReset(signature);
    }

    /// <summary>Verifies in constant time.</summary>
    /// <param name="signed">The bytes that were signed.</param>
    /// <param name="signature">The signature that came with them.</param>
    /// <returns>False where it is not ours.</returns>
    public bool Verify(ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature)
    {
        Sign(signed, _computed);
        return CryptographicOperations.FixedTimeEquals(_computed, signature);
    }

    /// <summary>Encrypts in place; each call starts with the token's initialisation vector.</summary>
    /// <param name="buffer">Holds the plain bytes and then the cipher.</param>
    /// <param name="offset">First byte.</param>
    /// <param name="count">A multiple of <see cref="BlockBytes"/>.</param>
    public void Encrypt(byte[] buffer, int offset, int count) => Transform(_encryptor, buffer, offset, count);

    /// <summary>Decrypts in place.</summary>
    /// <param name="buffer">Holds the cipher and then the plain bytes.</param>
    /// <param name="offset">First byte.</param>
    /// <param name="count">A multiple of <see cref="BlockBytes"/>.</param>
    public void Decrypt(byte[] buffer, int offset, int count) => Transform(_decryptor, buffer, offset, count);

    /// <inheritdoc/>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_computed);
        _encryptor.Dispose();
        _decryptor.Dispose();
        _aes.Dispose();
        _hmac.Dispose();
    }

    private static void Transform(ICryptoTransform transform, byte[] buffer, int offset, int count)
    {
        transform.TransformBlock(buffer, offset, count, buffer, offset);

        // An empty final block carries no bytes; it puts the transform back to the initialisation vector.
        transform.TransformFinalBlock(buffer, offset, 0);
    }
}
