namespace EdgeAlarm.Gateway.Recorder;

/// <summary>Event segments: the events of a segment that goes, in the same format, kept until receipted and for at least 30 days.</summary>
internal static class EventSegment
{
    /// <summary>Copies the events of an unhurt segment, durably.</summary>
    public static void Copy(DataFolder folder, SegmentFile file) => Write(folder, file, skipDamage: false);

    /// <summary>Copies what is readable of the events of a damaged segment: after damage it goes on behind the next valid commit.</summary>
    public static void Salvage(DataFolder folder, SegmentFile file) => Write(folder, file, skipDamage: true);

    /// <summary>Makes an event segment of events that no segment has, durably.</summary>
    public static void Write(DataFolder folder, SegmentHeader header, ReadOnlySpan<StoredEvent> events, Commit commit)
    {
        var file = new SegmentFile(SegmentFile.PathOf(folder.Events, header.FirstPosition, SegmentFile.EventsExtension), header.FirstPosition);
        var buffer = new JournalBuffer(64 * 1024);
        buffer.Write(header.Encode());
        foreach (ref readonly var stored in events)
        {
            RecordWriter.Write(buffer, PositionIn(buffer, file), in stored);
        }

        RecordWriter.Write(buffer, PositionIn(buffer, file), commit);
        folder.Disk.WriteWhole(file.Path, buffer.Written);
    }

    private static void Write(DataFolder folder, SegmentFile file, bool skipDamage)
    {
        using var reader = skipDamage ? SegmentReader.OpenAnyway(file) : SegmentReader.Open(file.Path);
        if (reader is null)
        {
            throw new JournalDamage(file.Path, 0, "The header is damaged.");
        }

        var buffer = new JournalBuffer(64 * 1024);
        buffer.Write((reader.Header with { Kind = SegmentKind.Events, IsPacked = false }).Encode());
        var end = buffer.Length;
        var commit = default(Commit);
        while (true)
        {
            switch (reader.Read(out var record))
            {
                case SegmentRead.Record when RecordFrame.Type(record) == RecordType.Event:
                    Append(buffer, file, RecordType.Event, RecordFrame.Payload(record));
                    break;
                case SegmentRead.Record when RecordFrame.Type(record) == RecordType.Commit:
                    commit = Commit.Read(RecordFrame.Payload(record));
                    if (buffer.Length > end)
                    {
                        Append(buffer, file, RecordType.Commit, RecordFrame.Payload(record));
                        end = buffer.Length;
                    }

                    break;
                case SegmentRead.Record:
                    break;
                case SegmentRead.Broken when skipDamage && reader.TrySkipDamage():
                    buffer.Truncate(end);
                    break;
                case SegmentRead.Broken when !skipDamage:
                    throw new JournalDamage(reader.Path, reader.Offset, "The record is damaged.");
                case SegmentRead.Broken:
                case SegmentRead.End:
                default:
                    buffer.Truncate(end);
                    if (end > SegmentHeader.Length)
                    {
                        folder.Disk.WriteWhole(SegmentFile.PathOf(folder.Events, file.FirstPosition, SegmentFile.EventsExtension), buffer.Written);
                    }

                    return;
            }
        }
    }

    private static void Append(JournalBuffer buffer, SegmentFile file, RecordType type, ReadOnlySpan<byte> payload)
    {
        var position = PositionIn(buffer, file);
        var start = RecordFrame.Begin(buffer, type);
        buffer.Write(payload);
        RecordFrame.End(buffer, start, position);
    }

    private static long PositionIn(JournalBuffer buffer, SegmentFile file) => file.FirstPosition + buffer.Length - SegmentHeader.Length;
}
