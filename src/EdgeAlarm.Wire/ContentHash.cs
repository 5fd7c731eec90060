using System.Security.Cryptography;

namespace EdgeAlarm.Wire;

/// <summary>
/// Identity of an event's bytes. The same key with another hash is a conflict (a restored image, a second machine under the same name) and never an overwrite.
/// </summary>
public static class ContentHash
{
    /// <summary>Length in bytes.</summary>
    public const int Length = 32;

    /// <summary>SHA-256 of a payload as it crossed the network; 32 bytes.</summary>
    /// <param name="payload">The bytes as published.</param>
    public static byte[] Of(ReadOnlySpan<byte> payload) => SHA256.HashData(payload);
}
