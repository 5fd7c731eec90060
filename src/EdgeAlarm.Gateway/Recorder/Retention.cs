using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Configuration;

namespace EdgeAlarm.Gateway.Recorder;

/// <summary>
/// Seals finished segments with their index, packs them, and lets the oldest go by age and size, never before their events are copied. Event segments go once receipted and 30 days
/// old. When the disk gets full it lets them go earlier. Runs beside the pump; any thread.
/// </summary>
internal sealed class Retention
{
    /// <summary>How long events stay at least, receipted or not.</summary>
    public static readonly TimeSpan EventsKeptMin = TimeSpan.FromDays(30);

    private readonly Action<JournalDamage> _damaged;
    private readonly DataFolder _folder;
    private readonly RecorderSettings _settings;
    private readonly SnapshotStore _snapshots;
    private readonly Lock _gate = new();
    private readonly HashSet<string> _packed = [];
    private readonly bool _packs;
    private Guid _receiptedEpoch;
    private long _receiptedThrough;

    /// <param name="folder">The data folder.</param>
    /// <param name="settings">How much is kept.</param>
    /// <param name="snapshots">The snapshots.</param>
    /// <param name="packs">Whether it packs what is sealed.</param>
    /// <param name="damaged">Is told of a damaged segment that was set aside.</param>
    public Retention(DataFolder folder, RecorderSettings settings, SnapshotStore snapshots, bool packs, Action<JournalDamage> damaged)
    {
        _damaged = damaged;
        _packs = packs;
        _folder = folder;
        _settings = settings;
        _snapshots = snapshots;
    }

    /// <summary>Bytes of the segments with samples.</summary>
    public long RecordingBytes => SegmentFile.List(_folder.Journal, SegmentFile.JournalExtension).Sum(LengthOf);

    /// <summary>What the centre has; events that it has not are kept.</summary>
    /// <param name="epoch">The epoch of the last receipt.</param>
    /// <param name="through">Its last seq.</param>
    public void Receipted(Guid epoch, long through)
    {
        lock (_gate)
        {
            (_receiptedEpoch, _receiptedThrough) = (epoch, through);
        }
    }

    /// <summary>Does what is due.</summary>
    /// <param name="now">Plant time.</param>
    public void TurnOnce(PlantTime now)
    {
        lock (_gate)
        {
            var files = SegmentFile.List(_folder.Journal, SegmentFile.JournalExtension);
            foreach (var file in files.SkipLast(1))
            {
                Seal(file);
            }

            LetSegmentsGo(files, now);
            LetEventsGo(now);
            if (_packs)
            {
                PackOne();
            }

            _snapshots.Thin([.. SegmentFile.List(_folder.Journal, SegmentFile.JournalExtension).Select(file => file.FirstPosition)]);
        }
    }

    /// <summary>Lets the oldest segment with samples go before its time, unless a start needs it; its events are kept.</summary>
    /// <returns>Bytes that became free; 0 if there is none to let go.</returns>
    public long ShedSamples()
    {
        lock (_gate)
        {
            if (SegmentFile.List(_folder.Journal, SegmentFile.JournalExtension) is not [var oldest, var next, ..] || next.FirstPosition > _snapshots.NeededFrom())
            {
                return 0;
            }

            var length = LengthOf(oldest);
            LetGo(oldest);
            // a segment of events alone leaves nothing free, but it went
            return Math.Max(1, length - LengthOf(new(SegmentFile.PathOf(_folder.Events, oldest.FirstPosition, SegmentFile.EventsExtension), oldest.FirstPosition)));
        }
    }

    /// <summary>Lets the oldest event segment go that is receipted, however young.</summary>
    /// <returns>Bytes that became free; 0 if there is none to let go.</returns>
    public long ShedReceiptedEvents()
    {
        lock (_gate)
        {
            return Shed(SegmentFile.List(_folder.Events, SegmentFile.EventsExtension).Find(file => IsReceipted(RangesOf(file, out _))));
        }
    }

    /// <summary>Lets the oldest event segment go that the centre does not have: whoever asks tells of the loss.</summary>
    /// <param name="lost">The events in it.</param>
    /// <returns>Bytes that became free; 0 if there is none to let go.</returns>
    public long ShedEvents(out IReadOnlyList<EventRange> lost)
    {
        lock (_gate)
        {
            lost = [];
            if (SegmentFile.List(_folder.Events, SegmentFile.EventsExtension) is not [var oldest, ..])
            {
                return 0;
            }

            lost = RangesOf(oldest, out _);
            return Shed(oldest);
        }
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

    // one a turn, the oldest first: packing has time, and the processor is for alarms
    private void PackOne()
    {
        var segments = SegmentFile.List(_folder.Journal, SegmentFile.JournalExtension).SkipLast(1).Concat(SegmentFile.List(_folder.Events, SegmentFile.EventsExtension));
        foreach (var file in segments.Where(file => !_packed.Contains(file.Path)))
        {
            if (IsEnded(file))
            {
                _packed.Add(file.Path);
                if (SegmentPacking.Pack(_folder, file))
                {
                    return;
                }
            }
        }
    }

    private static bool IsEnded(SegmentFile file)
    {
        using var reader = SegmentReader.Open(file.Path);
        return reader is { Header.Kind: SegmentKind.Events } || reader?.Footer() is not null;
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
            Widen(events, record.Event.Epoch, record.Event.Seq);
        }
    }

    private void LetSegmentsGo(List<SegmentFile> files, PlantTime now)
    {
        var size = files.Sum(LengthOf);
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

            size -= LengthOf(files[i]);
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

    private void LetEventsGo(PlantTime now)
    {
        foreach (var file in SegmentFile.List(_folder.Events, SegmentFile.EventsExtension))
        {
            var ranges = RangesOf(file, out var at);
            if (ranges.Count == 0)
            {
                continue;
            }

            if (now - at <= EventsKeptMin || !IsReceipted(ranges))
            {
                return;
            }

            _folder.Disk.Delete(file.Path);
        }
    }

    // a receipt of a later epoch says nothing of an older one: those stay for somebody to look at
    private bool IsReceipted(IReadOnlyList<EventRange> ranges) => ranges is [.., var last] && last.Epoch == _receiptedEpoch && last.Last <= _receiptedThrough;

    private long Shed(SegmentFile file)
    {
        if (file.Path is null)
        {
            return 0;
        }

        var length = LengthOf(file);
        _folder.Disk.Delete(file.Path);
        return length;
    }

    private static long LengthOf(SegmentFile file) => new FileInfo(file.Path) is { Exists: true } found ? found.Length : 0;

    // the events of an event segment and when the last of them was; nothing of one whose header is damaged
    private static List<EventRange> RangesOf(SegmentFile file, out PlantTime at)
    {
        var ranges = new List<EventRange>();
        using var reader = SegmentReader.Open(file.Path);
        at = reader?.Header.CreatedAt ?? default;
        while (reader is not null && reader.Read(out var record) == SegmentRead.Record)
        {
            if (RecordFrame.Type(record) == RecordType.Event)
            {
                var stored = JournalRecord.DecodeEvent(RecordFrame.Payload(record));
                Widen(ranges, stored.Epoch, stored.Seq);
            }
            else if (RecordFrame.Type(record) == RecordType.Commit)
            {
                at = Commit.Read(RecordFrame.Payload(record)).At;
            }
        }

        return ranges;
    }

    private static void Widen(List<EventRange> ranges, Guid epoch, long seq)
    {
        var index = ranges.FindIndex(range => range.Epoch == epoch);
        if (index < 0)
        {
            ranges.Add(new(epoch, seq, seq));
        }
        else
        {
            ranges[index] = ranges[index] with { Last = seq };
        }
    }
}
