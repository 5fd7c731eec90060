using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Configuration;

namespace EdgeAlarm.Gateway.Recorder;

/// <summary>
/// Seals finished segments with their index and lets the oldest go by age and size, never before their events are copied. Event segments go once receipted and 30 days
/// old. Runs beside the pump; one thread at a time.
/// </summary>
internal sealed class Retention
{
    /// <summary>How long events stay at least, receipted or not.</summary>
    public static readonly TimeSpan EventsKeptMin = TimeSpan.FromDays(30);

    private readonly Action<JournalDamage> _damaged;
    private readonly DataFolder _folder;
    private readonly RecorderSettings _settings;
    private readonly SnapshotStore _snapshots;

    /// <param name="folder">The data folder.</param>
    /// <param name="settings">How much is kept.</param>
    /// <param name="snapshots">The snapshots.</param>
    /// <param name="damaged">Is told of a damaged segment that was set aside.</param>
    public Retention(DataFolder folder, RecorderSettings settings, SnapshotStore snapshots, Action<JournalDamage> damaged)
    {
        _damaged = damaged;
        _folder = folder;
        _settings = settings;
        _snapshots = snapshots;
    }

    /// <summary>Does what is due.</summary>
    /// <param name="now">Plant time.</param>
    /// <param name="receiptedEpoch">The epoch of the last receipt.</param>
    /// <param name="receiptedThrough">Its last seq.</param>
    public void TurnOnce(PlantTime now, Guid receiptedEpoch, long receiptedThrough)
    {
        var files = SegmentFile.List(_folder.Journal, SegmentFile.JournalExtension);
        foreach (var file in files.SkipLast(1))
        {
            Seal(file);
        }

        LetSegmentsGo(files, now);
        LetEventsGo(now, receiptedEpoch, receiptedThrough);
        _snapshots.Thin([.. SegmentFile.List(_folder.Journal, SegmentFile.JournalExtension).Select(file => file.FirstPosition)]);
    }

    private void Seal(SegmentFile file)
    {
        using var reader = SegmentReader.Open(file.Path);
        if (reader is null || reader.Footer() is not null)
        {
            return;
        }

        var tags = new SortedDictionary<int, TagRange>();
        var events = new List<EventRange>();
        var position = reader.Position;
        SegmentRead read;
        while ((read = reader.Read(out var bytes)) == SegmentRead.Record)
        {
            if (RecordFrame.Type(bytes) is RecordType.Event or RecordType.Notification)
            {
                Index(JournalRecord.Decode(position, bytes), tags, events);
            }

            position = reader.Position;
        }

        if (read == SegmentRead.End)
        {
            var footer = new SegmentFooter(position, [.. tags.Values], events);
            using var open = _folder.Disk.Open(file.Path);
            open.Write(footer.Encode(reader.Header.FirstPosition), reader.Offset);
            open.Flush();
        }
    }

    private static void Index(JournalRecord record, SortedDictionary<int, TagRange> tags, List<EventRange> events)
    {
        foreach (var sample in record.Samples.Span)
        {
            tags[sample.Tag] = tags.TryGetValue(sample.Tag, out var range)
                ? range with { Samples = range.Samples + 1, Last = record.Position }
                : new(sample.Tag, 1, record.Position, record.Position);
        }

        if (record.Type == RecordType.Event)
        {
            var index = events.FindIndex(range => range.Epoch == record.Event.Epoch);
            if (index < 0)
            {
                events.Add(new(record.Event.Epoch, record.Event.Seq, record.Event.Seq));
            }
            else
            {
                events[index] = events[index] with { Last = record.Event.Seq };
            }
        }
    }

    private void LetSegmentsGo(List<SegmentFile> files, PlantTime now)
    {
        var size = files.Sum(file => new FileInfo(file.Path).Length);
        var neededFrom = _snapshots.NeededFrom();
        for (var i = 0; i + 1 < files.Count; i++)
        {
            using var next = SegmentReader.Open(files[i + 1].Path);
            // one whose header is damaged says nothing of its age: it goes with the one before it
            var isOld = next is null || now - next.Header.CreatedAt > _settings.Keep;
            if ((!isOld && size <= _settings.MaxSize) || files[i + 1].FirstPosition > neededFrom)
            {
                return;
            }

            size -= new FileInfo(files[i].Path).Length;
            LetGo(files[i]);
        }
    }

    // a damaged segment must not keep all that follow it: what is readable of its events is kept, and the file for people to look at
    private void LetGo(SegmentFile file)
    {
        try
        {
            EventSegment.Copy(_folder, file);
            _folder.Disk.Delete(file.Path);
        }
        catch (JournalDamage damage)
        {
            Quarantine.SetAside(_folder, file);
            _damaged(damage);
        }
    }

    private void LetEventsGo(PlantTime now, Guid receiptedEpoch, long receiptedThrough)
    {
        foreach (var file in SegmentFile.List(_folder.Events, SegmentFile.EventsExtension))
        {
            using var reader = SegmentReader.Open(file.Path);
            if (reader is null)
            {
                continue;
            }

            var (epoch, last, at) = (Guid.Empty, 0L, reader.Header.CreatedAt);
            while (reader.Read(out var record) == SegmentRead.Record)
            {
                if (RecordFrame.Type(record) == RecordType.Event)
                {
                    (epoch, last, _) = JournalRecord.DecodeEvent(RecordFrame.Payload(record));
                }
                else if (RecordFrame.Type(record) == RecordType.Commit)
                {
                    at = Commit.Read(RecordFrame.Payload(record)).At;
                }
            }

            // a receipt of a later epoch says nothing of an older one: those stay for somebody to look at
            if (now - at <= EventsKeptMin || epoch != receiptedEpoch || last > receiptedThrough)
            {
                return;
            }

            _folder.Disk.Delete(file.Path);
        }
    }
}
