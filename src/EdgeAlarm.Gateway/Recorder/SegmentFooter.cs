using System.Buffers.Binary;

namespace EdgeAlarm.Gateway.Recorder;

/// <summary>The index of a sealed segment: what a question about one tag, or a refill from one seq, may leave unread.</summary>
/// <param name="End">Position behind its last record.</param>
/// <param name="Tags">The tags that occur, by the index of the segment's configuration.</param>
/// <param name="Events">The events that occur, one range for each epoch.</param>
public sealed record SegmentFooter(long End, IReadOnlyList<TagRange> Tags, IReadOnlyList<EventRange> Events)
{
    private const int TrailerLength = 16;

    private static ReadOnlySpan<byte> TrailerMagic => "EAFOOTER"u8;

    /// <summary>The footer record and behind it the trailer: offset of the record in the file (8 bytes), magic (8).</summary>
    internal ReadOnlySpan<byte> Encode(long firstPosition)
    {
        var buffer = new JournalBuffer();
        var start = RecordFrame.Begin(buffer, RecordType.Footer);
        buffer.WriteVarint((ulong)Tags.Count);
        foreach (var tag in Tags)
        {
            buffer.WriteVarint((ulong)tag.Tag);
            buffer.WriteVarint((ulong)tag.Samples);
            buffer.WriteVarint((ulong)(tag.First - firstPosition));
            buffer.WriteVarint((ulong)(tag.Last - firstPosition));
        }

        buffer.WriteVarint((ulong)Events.Count);
        foreach (var range in Events)
        {
            buffer.Write(range.Epoch);
            buffer.Write(range.First);
            buffer.Write(range.Last);
        }

        RecordFrame.End(buffer, start, End);
        buffer.Write(SegmentHeader.Length + End - firstPosition);
        buffer.Write(TrailerMagic);
        return buffer.Written;
    }

    /// <summary>Reads the footer of a segment file; null where it has none (the segment is not sealed, or its end is damaged).</summary>
    internal static SegmentFooter? Read(ISegmentBytes file, long firstPosition)
    {
        var length = file.Length;
        Span<byte> trailer = stackalloc byte[TrailerLength];
        if (length < SegmentHeader.Length + RecordFrame.Overhead + TrailerLength
            || file.Read(trailer, length - TrailerLength) != TrailerLength
            || !trailer[8..].SequenceEqual(TrailerMagic))
        {
            return null;
        }

        var offset = BinaryPrimitives.ReadInt64LittleEndian(trailer);
        var size = length - TrailerLength - offset;
        if (offset < SegmentHeader.Length || size is < RecordFrame.Overhead or > RecordFrame.PayloadMax)
        {
            return null;
        }

        var record = new byte[size];
        var end = firstPosition + offset - SegmentHeader.Length;
        return file.Read(record, offset) == size && RecordFrame.TryRead(record, end, out var whole) && whole == size && RecordFrame.Type(record) == RecordType.Footer
            ? Decode(RecordFrame.Payload(record), firstPosition, end)
            : null;
    }

    private static SegmentFooter Decode(ReadOnlySpan<byte> bytes, long firstPosition, long end)
    {
        var payload = new RecordPayload(bytes);
        var tags = new TagRange[payload.Count()];
        for (var i = 0; i < tags.Length; i++)
        {
            tags[i] = new(payload.Count(), (long)payload.Varint(), firstPosition + (long)payload.Varint(), firstPosition + (long)payload.Varint());
        }

        var events = new EventRange[payload.Count()];
        for (var i = 0; i < events.Length; i++)
        {
            events[i] = new(payload.Guid(), payload.Int64(), payload.Int64());
        }

        return new(end, tags, events);
    }
}
