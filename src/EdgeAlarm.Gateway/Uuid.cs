using System.Buffers.Binary;

namespace EdgeAlarm.Gateway;

/// <summary>Identities of epochs, commands and sessions.</summary>
internal static class Uuid
{
    /// <summary>A UUID of version 7 (RFC 9562 §5.7): the moment in milliseconds, the rest by chance.</summary>
    /// <param name="at">The moment.</param>
    /// <param name="chance">Where the rest comes from; null for the system's own.</param>
    public static Guid Create(DateTimeOffset at, Random? chance)
    {
        if (chance is null)
        {
            return Guid.CreateVersion7(at);
        }

        Span<byte> bytes = stackalloc byte[16];
        chance.NextBytes(bytes);
        BinaryPrimitives.WriteInt64BigEndian(bytes, (at.ToUnixTimeMilliseconds() << 16) | 0x7000 | (uint)chance.Next(0x1000));
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new(bytes, bigEndian: true);
    }
}
