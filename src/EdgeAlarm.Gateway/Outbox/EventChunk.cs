using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using EdgeAlarm.Gateway.Recorder;

namespace EdgeAlarm.Gateway.Outbox;

/// <summary>
/// A dense run of events of one epoch as one block of bytes, so that LiteDB handles one document for a whole batch. Each event:
/// length of the payload u32, CRC-32C u32 over epoch, seq and payload, seq i64, payload; little-endian. The CRC is ours because LiteDB has no checksum at all.
/// </summary>
internal static class EventChunk
{
    /// <summary>Most events in one chunk.</summary>
    internal const int EventsMax = 500;

    /// <summary>Payload bytes beyond which a chunk takes no further event; far below the 16 MB of a LiteDB document.</summary>
    internal const int BytesMax = 512 * 1024;

    private const int HeaderLength = 16;

    internal static byte[] Encode(ReadOnlySpan<StoredEvent> events)
    {
        var length = 0;
        foreach (var stored in events)
        {
            length += HeaderLength + stored.Payload.Length;
        }

        var bytes = new byte[length];
        var rest = bytes.AsSpan();
        foreach (var stored in events)
        {
            var payload = stored.Payload.Span;
            BinaryPrimitives.WriteUInt32LittleEndian(rest, (uint)payload.Length);
            BinaryPrimitives.WriteUInt32LittleEndian(rest[4..], Checksum(stored.Epoch, stored.Seq, payload));
            BinaryPrimitives.WriteInt64LittleEndian(rest[8..], stored.Seq);
            payload.CopyTo(rest[HeaderLength..]);
            rest = rest[(HeaderLength + payload.Length)..];
        }

        return bytes;
    }

    /// <summary>Reads the events back; their payloads lie within <paramref name="bytes"/>.</summary>
    /// <exception cref="OutboxDoubt">A length, a CRC or a seq is not as it was written.</exception>
    internal static List<StoredEvent> Decode(Guid epoch, long firstSeq, ReadOnlyMemory<byte> bytes)
    {
        var events = new List<StoredEvent>();
        var seq = firstSeq;
        while (!bytes.IsEmpty)
        {
            var header = bytes.Span;
            if (header.Length < HeaderLength || BinaryPrimitives.ReadUInt32LittleEndian(header) > header.Length - HeaderLength)
            {
                throw Doubt(epoch, seq, "is cut off");
            }

            var length = (int)BinaryPrimitives.ReadUInt32LittleEndian(header);
            var payload = bytes.Slice(HeaderLength, length);
            if (BinaryPrimitives.ReadInt64LittleEndian(header[8..]) != seq)
            {
                throw Doubt(epoch, seq, "carries another seq");
            }

            if (BinaryPrimitives.ReadUInt32LittleEndian(header[4..]) != Checksum(epoch, seq, payload.Span))
            {
                throw Doubt(epoch, seq, "fails its CRC");
            }

            events.Add(new(epoch, seq, payload));
            bytes = bytes[(HeaderLength + length)..];
            seq++;
        }

        return events.Count > 0 ? events : throw Doubt(epoch, firstSeq, "is missing from its chunk");
    }

    private static uint Checksum(Guid epoch, long seq, ReadOnlySpan<byte> payload)
    {
        Span<byte> key = stackalloc byte[24];
        epoch.TryWriteBytes(key);
        BinaryPrimitives.WriteInt64LittleEndian(key[16..], seq);
        return ~Crc32C(Crc32C(uint.MaxValue, key), payload);
    }

    private static uint Crc32C(uint crc, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= 8)
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[8..];
        }

        foreach (var value in bytes)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return crc;
    }

    private static OutboxDoubt Doubt(Guid epoch, long seq, string what) =>
        new(string.Create(CultureInfo.InvariantCulture, $"Event {seq} of epoch {epoch} {what}."));
}
