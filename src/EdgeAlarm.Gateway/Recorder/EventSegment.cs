namespace EdgeAlarm.Gateway.Recorder;

/// <summary>Event segments: the events of a segment that goes, in the same format, kept until receipted and for at least 30 days.</summary>
internal static class EventSegment
{
    /// <summary>Copies the events of an unhurt segment, durably.</summary>
    public static void Copy(DataFolder folder, SegmentFile file) => Write(folder, file, skipDamage: false);

    /// <summary>Copies what is readable of the events of a damaged segment: after damage it goes on behind the next valid commit.</summary>
    public static void Salvage(DataFolder folder, SegmentFile file) => Write(folder, file, skipDamage: true);

    private static void Write(DataFolder folder, SegmentFile file, bool skipDamage)
    {
        using var reader = SegmentReader.Open(file.Path);
        if (reader is null)
        {
            return;
        }

        var buffer = new JournalBuffer(64 * 1024);
        buffer.Write((reader.Header with { Kind = SegmentKind.Events }).Encode());
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
                case SegmentRead.Broken when skipDamage && TrySkipDamage(reader):
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
        var position = file.FirstPosition + buffer.Length - SegmentHeader.Length;
        var start = RecordFrame.Begin(buffer, type);
        buffer.Write(payload);
        RecordFrame.End(buffer, start, position);
    }

    private static bool TrySkipDamage(SegmentReader reader)
    {
        var offset = SegmentScan.NextCommit(File.ReadAllBytes(reader.Path), reader.Offset + 1, reader.Header.FirstPosition);
        if (offset < 0)
        {
            return false;
        }

        reader.Seek(reader.Header.FirstPosition + offset - SegmentHeader.Length);
        return true;
    }
}
