namespace EdgeAlarm.Gateway.Recorder;

/// <summary>
/// Reads every byte of a recording: segments, event segments, snapshots, and the configurations that they name. Reads only, so it may run beside the gateway; what that lets go of meanwhile is left out.
/// </summary>
public sealed class JournalVerification
{
    private readonly DataFolder _folder;
    private readonly List<VerificationFinding> _notes = [];
    private readonly List<VerificationFinding> _findings = [];
    private readonly List<EventRange> _events = [];
    private readonly HashSet<string> _configurations = new(StringComparer.Ordinal);
    private long _records;
    private int _packed;

    private JournalVerification(DataFolder folder) => _folder = folder;

    /// <summary>Verifies a data folder.</summary>
    /// <param name="dataFolder">The folder.</param>
    /// <exception cref="DataFolderUnusable">A newer build wrote it.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static VerificationResult Run(string dataFolder) => new JournalVerification(new(Path.GetFullPath(dataFolder))).Run();

    private VerificationResult Run()
    {
        var segments = SegmentFile.List(_folder.Journal, SegmentFile.JournalExtension);
        var inJournal = segments.Select(file => file.FirstPosition).ToHashSet();
        var events = SegmentFile.List(_folder.Events, SegmentFile.EventsExtension);
        long? end = null;
        // the gateway reads the events of a segment that is there from it
        foreach (var file in events.Where(file => !inJournal.Contains(file.FirstPosition)).Concat(segments).OrderBy(file => file.FirstPosition))
        {
            var isJournal = inJournal.Contains(file.FirstPosition);
            var fileEnd = Segment(file, isLast: file == segments.LastOrDefault());
            if (isJournal && end is not null && fileEnd is not null && end != file.FirstPosition)
            {
                _notes.Add(new(file.Path, $"The journal begins anew here: the segment before ends at position {end}."));
            }

            end = isJournal ? fileEnd : end;
        }

        foreach (var file in events.Where(file => inJournal.Contains(file.FirstPosition)))
        {
            _notes.Add(new(file.Path, "Its segment is still in the journal: the power went before that was deleted."));
        }

        var snapshots = new SnapshotStore(_folder).Verify(_configurations, _findings, _notes);
        Configurations();
        string[] setAside = Directory.Exists(_folder.Quarantine) ? Directory.GetFiles(_folder.Quarantine) : [];
        foreach (var file in setAside.Order(StringComparer.Ordinal))
        {
            _notes.Add(new(file, "Was set aside because it is damaged."));
        }

        return new(segments.Count, events.Count, _packed, snapshots, _configurations.Count, _records, _events, _notes, _findings);
    }

    // behind its last record; null where it is not there any more, or where that is not known
    private long? Segment(SegmentFile file, bool isLast)
    {
        try
        {
            using var reader = SegmentReader.OpenAnyway(file);
            _packed += reader.IsPacked ? 1 : 0;
            if (reader.IsMadeUp)
            {
                _findings.Add(new(file.Path, "The header is damaged."));
            }
            else if (reader.Header.Kind == SegmentKind.Journal)
            {
                _configurations.Add(reader.Header.ConfigurationHash);
            }

            var read = Records(reader);
            if (read == SegmentRead.End)
            {
                if (!reader.IsEndWhole)
                {
                    _findings.Add(new(file.Path, "The index at its end is damaged; its records are whole."));
                }

                return reader.Position;
            }

            if (isLast && !SegmentScan.Of(file).WasFlushed)
            {
                _notes.Add(new(file.Path, $"Behind position {reader.Position} is a write that has not ended, or that the power tore: the next start cuts it off. Nobody was told of it."));
                return reader.Position;
            }

            _findings.Add(new(file.Path, $"Damaged at byte {reader.Offset}, position {reader.Position}."));
            while (reader.TrySkipDamage() && Records(reader) == SegmentRead.Broken)
            {
                _findings.Add(new(file.Path, $"Damaged again at byte {reader.Offset}, position {reader.Position}."));
            }

            return null;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private SegmentRead Records(SegmentReader reader)
    {
        while (true)
        {
            var position = reader.Position;
            var read = reader.Read(out var bytes);
            if (read != SegmentRead.Record)
            {
                return read;
            }

            _records++;
            try
            {
                var record = JournalRecord.Decode(position, bytes);
                if (record.Type == RecordType.Event)
                {
                    Event(reader.Path, record.Event);
                }
            }
            catch (InvalidDataException failure)
            {
                _findings.Add(new(reader.Path, $"The record at position {position} is whole, and this build cannot read it: {failure.Message}"));
            }
        }
    }

    private void Event(string file, in StoredEvent stored)
    {
        var epoch = stored.Epoch;
        var index = _events.FindLastIndex(range => range.Epoch == epoch);
        if (index < 0)
        {
            _events.Add(new(stored.Epoch, stored.Seq, stored.Seq));
            return;
        }

        var last = _events[index].Last;
        if (stored.Seq != last + 1)
        {
            _findings.Add(new(
                file,
                stored.Seq > last ? $"Events {last + 1} to {stored.Seq - 1} of epoch {epoch} are missing." : $"Event {stored.Seq} of epoch {epoch} stands behind event {last}."));
        }

        _events[index] = _events[index] with { Last = Math.Max(last, stored.Seq) };
    }

    private void Configurations()
    {
        var store = new ConfigurationStore(_folder);
        foreach (var hash in _configurations)
        {
            try
            {
                store.Load(hash);
            }
            catch (JournalDamage damage)
            {
                _findings.Add(new(damage.File, "The configuration is missing or damaged, and the recording names it."));
            }
        }
    }
}
