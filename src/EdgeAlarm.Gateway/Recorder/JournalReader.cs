using EdgeAlarm.Engine;

namespace EdgeAlarm.Gateway.Recorder;

/// <summary>Reads a journal, from disk only: of a running gateway up to what is flushed, or offline without the lock. Any thread; each enumeration opens its own files.</summary>
public sealed class JournalReader
{
    private readonly DataFolder _folder;
    private readonly Func<long> _limit;
    private readonly Func<IReadOnlyList<StoredEvent>> _unrecorded;

    /// <summary>Reads a journal that may or may not be in use.</summary>
    public JournalReader(DataFolder folder)
        : this(folder, static () => long.MaxValue, static () => [])
    {
    }

    internal JournalReader(DataFolder folder, Func<long> limit, Func<IReadOnlyList<StoredEvent>> unrecorded)
    {
        _unrecorded = unrecorded;
        _folder = folder;
        _limit = limit;
    }

    /// <summary>Position of the oldest record that is still there; 0 for an empty journal.</summary>
    public long FirstPosition => SegmentFile.List(_folder.Journal, SegmentFile.JournalExtension) is [var first, ..] ? first.FirstPosition : 0;

    /// <summary>Where the last unbroken chain of segments begins: 0, or behind damage that was set aside, or where older segments went.</summary>
    public long ChainBegin()
    {
        long begin = 0, end = 0;
        foreach (var file in SegmentFile.List(_folder.Journal, SegmentFile.JournalExtension))
        {
            using var reader = SegmentReader.Open(file.Path);
            if (reader is not null)
            {
                begin = file.FirstPosition == end ? begin : file.FirstPosition;
                end = reader.Footer()?.End ?? file.FirstPosition + reader.RecordBytes;
            }
        }

        return begin;
    }

    /// <summary>The headers of the segments in the order of the journal.</summary>
    public IReadOnlyList<SegmentHeader> Segments()
    {
        var headers = new List<SegmentHeader>();
        foreach (var file in SegmentFile.List(_folder.Journal, SegmentFile.JournalExtension))
        {
            using var reader = SegmentReader.Open(file.Path);
            if (reader is not null)
            {
                headers.Add(reader.Header);
            }
        }

        return headers;
    }

    /// <summary>The records in order. Ends at the first record of the last segment that is not whole yet.</summary>
    /// <param name="from">Position of a record; those before are left out.</param>
    /// <param name="until">Position at which to end.</param>
    /// <exception cref="JournalDamage">A record in the middle is damaged.</exception>
    public IEnumerable<JournalRecord> ReadRecords(long from = 0, long until = long.MaxValue)
    {
        var limit = Math.Min(until, _limit());
        var files = SegmentFile.List(_folder.Journal, SegmentFile.JournalExtension);
        for (var i = 0; i < files.Count; i++)
        {
            var isLast = i == files.Count - 1;
            if ((!isLast && files[i + 1].FirstPosition <= from) || files[i].FirstPosition >= limit)
            {
                continue;
            }

            using var reader = SegmentReader.OpenAnyway(files[i]);
            if (from > reader.Header.FirstPosition)
            {
                reader.Seek(from);
            }

            while (Next(reader, limit, isLast) is { } record)
            {
                yield return record;
            }

            if (reader.Position < limit && !isLast && reader.Position != files[i + 1].FirstPosition)
            {
                throw new JournalDamage(reader.Path, reader.Offset, $"The segment ends at position {reader.Position}, the next begins at {files[i + 1].FirstPosition}.");
            }
        }
    }

    /// <summary>The epochs of which events are still there, with their lowest and highest seq under a flushed commit; oldest first.</summary>
    public IReadOnlyList<EventRange> Epochs()
    {
        var limit = _limit();
        var unrecorded = _unrecorded();
        var ranges = new List<EventRange>();
        var turn = new List<StoredEvent>();
        foreach (var file in FilesWithEvents())
        {
            using var reader = OpenJournalOrEvents(file);
            if (reader?.Footer() is { } footer)
            {
                foreach (var range in footer.Events)
                {
                    Widen(ranges, range);
                }
            }
            else if (reader is not null)
            {
                turn.Clear();
                var fileLimit = file.Path.EndsWith(SegmentFile.EventsExtension, StringComparison.Ordinal) ? long.MaxValue : limit;
                while (NextOfTurn(reader, fileLimit, turn))
                {
                    turn.ForEach(stored => Widen(ranges, new(stored.Epoch, stored.Seq, stored.Seq)));
                    turn.Clear();
                }
            }
        }

        foreach (var stored in unrecorded)
        {
            Widen(ranges, new(stored.Epoch, stored.Seq, stored.Seq));
        }

        return ranges;
    }

    /// <summary>Events under a flushed commit, in order of seq, from segments and event segments, and those that are in memory because the disk is dead. For the refill of the outbox.</summary>
    /// <param name="epoch">The epoch.</param>
    /// <param name="fromSeq">The first seq wanted.</param>
    public IEnumerable<StoredEvent> ReadEvents(Guid epoch, long fromSeq)
    {
        var limit = _limit();
        // before the files: what leaves the memory meanwhile is in a file by then
        var unrecorded = _unrecorded();
        var next = fromSeq;
        var turn = new List<StoredEvent>();
        foreach (var file in FilesWithEvents())
        {
            using var reader = OpenJournalOrEvents(file);
            if (reader is null || (reader.Footer() is { } footer && !footer.Events.Any(range => range.Epoch == epoch && range.Last >= fromSeq)))
            {
                continue;
            }

            turn.Clear();
            var fileLimit = file.Path.EndsWith(SegmentFile.EventsExtension, StringComparison.Ordinal) ? long.MaxValue : limit;
            while (NextOfTurn(reader, fileLimit, turn))
            {
                foreach (var stored in turn)
                {
                    if (stored.Epoch == epoch && stored.Seq >= fromSeq)
                    {
                        next = stored.Seq + 1;
                        yield return stored;
                    }
                }

                turn.Clear();
            }
        }

        foreach (var stored in unrecorded.Where(stored => stored.Epoch == epoch && stored.Seq >= next))
        {
            yield return stored;
        }
    }

    /// <summary>The turns before a position, from segments and event segments, as far as they can be read; oldest first. For what is counted again.</summary>
    /// <param name="until">Behind the last turn.</param>
    /// <param name="bytesMax">So many bytes of the latest files are read at most.</param>
    internal IEnumerable<RecordedTurn> ReadTurns(long until, long bytesMax)
    {
        var files = FilesWithEvents().Where(file => file.FirstPosition < until).Reverse().ToList();
        var left = bytesMax;
        foreach (var file in files.TakeWhile(file => (left -= new FileInfo(file.Path) is { Exists: true } found ? found.Length : 0) >= 0).Reverse().ToList())
        {
            using var reader = OpenJournalOrEvents(file);
            while (reader is not null && NextTurn(reader, reader.Header.Kind == SegmentKind.Events ? long.MaxValue : until) is { } turn)
            {
                yield return turn;
            }
        }
    }

    private static void Widen(List<EventRange> ranges, EventRange seen)
    {
        var index = ranges.FindIndex(range => range.Epoch == seen.Epoch);
        if (index < 0)
        {
            ranges.Add(seen);
        }
        else
        {
            ranges[index] = new(seen.Epoch, Math.Min(ranges[index].First, seen.First), Math.Max(ranges[index].Last, seen.Last));
        }
    }

    private static JournalRecord? Next(SegmentReader reader, long limit, bool isLast)
    {
        if (reader.Position >= limit)
        {
            return null;
        }

        var position = reader.Position;
        switch (reader.Read(out var record))
        {
            case SegmentRead.Record:
                return JournalRecord.Decode(position, record);
            case SegmentRead.End:
                return null;
            case SegmentRead.Broken when isLast:
                return null;
            case SegmentRead.Broken:
            default:
                throw new JournalDamage(reader.Path, reader.Offset, "The record is damaged.");
        }
    }

    // reads up to and with the next commit; events behind the last commit are no facts yet
    private static bool NextOfTurn(SegmentReader reader, long limit, List<StoredEvent> turn)
    {
        while (reader.Position < limit)
        {
            switch (reader.Read(out var record))
            {
                case SegmentRead.Record when RecordFrame.Type(record) == RecordType.Event:
                    turn.Add(JournalRecord.DecodeEvent(RecordFrame.Payload(record)));
                    break;
                case SegmentRead.Record when RecordFrame.Type(record) == RecordType.Commit:
                    return true;
                case SegmentRead.Record:
                    break;
                case SegmentRead.Broken when reader.TrySkipDamage():
                    // one damaged turn costs no other one its events
                    turn.Clear();
                    break;
                case SegmentRead.Broken:
                case SegmentRead.End:
                default:
                    return false;
            }
        }

        return false;
    }

    private static RecordedTurn? NextTurn(SegmentReader reader, long until)
    {
        var events = new List<StoredEvent>();
        PlantTime? lived = null;
        while (reader.Position < until && reader.Read(out var record) == SegmentRead.Record)
        {
            switch (RecordFrame.Type(record))
            {
                case RecordType.Event:
                    events.Add(JournalRecord.DecodeEvent(RecordFrame.Payload(record)));
                    break;
                case RecordType.Tick:
                    lived = JournalRecord.Decode(reader.Position, record).Input!.At;
                    break;
                case RecordType.Commit:
                    return new(events, reader.Header.Kind == SegmentKind.Events ? Commit.Read(RecordFrame.Payload(record)).At : lived);
                default:
                    break;
            }
        }

        return null;
    }

    private List<SegmentFile> FilesWithEvents()
    {
        var journals = SegmentFile.List(_folder.Journal, SegmentFile.JournalExtension);
        var inJournal = journals.Select(file => file.FirstPosition).ToHashSet();
        var events = SegmentFile.List(_folder.Events, SegmentFile.EventsExtension).Where(file => !inJournal.Contains(file.FirstPosition));
        return [.. events.Concat(journals).OrderBy(file => file.FirstPosition)];
    }

    // retention may move the events of a segment aside while somebody reads: look there then
    private SegmentReader? OpenJournalOrEvents(SegmentFile file)
    {
        try
        {
            return SegmentReader.OpenAnyway(file);
        }
        catch (FileNotFoundException)
        {
            var moved = SegmentFile.PathOf(_folder.Events, file.FirstPosition, SegmentFile.EventsExtension);
            return File.Exists(moved) ? SegmentReader.OpenAnyway(new(moved, file.FirstPosition)) : null;
        }
    }
}
