using System.Security.Cryptography;

namespace EdgeAlarm.OpcUa.Security;

/// <summary>P_SHA256, the expansion function of TLS 1.2 (RFC 5246 §5) as OPC UA uses it. OPC 10000-6 §6.7.5.</summary>
public static class KeyDerivation
{
    /// <summary>Fills <paramref name="output"/> with P_SHA256(secret, seed).</summary>
    /// <param name="secret">The HMAC key: the nonce of the other side of the direction.</param>
    /// <param name="seed">The nonce of the side that sends with these keys.</param>
    /// <param name="output">Any length; the first bytes do not depend on it.</param>
    public static void PSha256(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> seed, Span<byte> output)
    {
        Span<byte> block = stackalloc byte[SHA256.HashSizeInBytes];
        var chained = new byte[SHA256.HashSizeInBytes + seed.Length];
        var a = chained.AsSpan(0, SHA256.HashSizeInBytes);
        seed.CopyTo(chained.AsSpan(SHA256.HashSizeInBytes));

        HMACSHA256.HashData(secret, seed, a);
        while (!output.IsEmpty)
        {
            HMACSHA256.HashData(secret, chained, block);
            var taken = Math.Min(block.Length, output.Length);
            block[..taken].CopyTo(output);
            output = output[taken..];
            HMACSHA256.HashData(secret, a, block);
            block.CopyTo(a);
        }

        CryptographicOperations.ZeroMemory(chained);
        CryptographicOperations.ZeroMemory(block);
    }
}
