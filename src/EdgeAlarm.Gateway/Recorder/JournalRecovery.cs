namespace EdgeAlarm.Gateway.Recorder;

/// <summary>
/// Reads what the last run left behind. A torn tail is cut: behind the last commit inputs stay and events go, since they had no effect. A bad record with the mark
/// of a later flush behind it is damage of flushed bytes: those files are set aside and a new epoch begins (rule R3). What is kept is flushed before anything is derived from it.
/// </summary>
/// <param name="folder">The data folder, locked.</param>
/// <param name="snapshots">Its snapshots.</param>
internal sealed class JournalRecovery(DataFolder folder, SnapshotStore snapshots)
{
    /// <summary>Reads and repairs.</summary>
    /// <exception cref="DataFolderUnusable">A newer build wrote it.</exception>
    public RecoveredJournal Run()
    {
        var mark = new UnrecordedMark(folder);
        if (mark.Position is { } durable)
        {
            DiskReturn.CutBack(folder, durable);
            // what is recorded from here on is not to be cut by a later start
            mark.Write(null);
        }

        var recovered = Read();
        return !mark.IsThere || recovered.NewEpochReason is not null
            ? recovered
            : recovered with
            {
                NewEpochReason = "the last run could not record its end: its disk was dead, and it went on in memory under an epoch of its own",
                FoldUntil = recovered.LastCommitEnd,
                Segment = null,
                Position = BehindEvents(recovered.Position) + 1,
            };
    }

    // what was told meanwhile may have become an event segment: what comes now comes after it
    private long BehindEvents(long position) => SegmentFile.List(folder.Events, SegmentFile.EventsExtension)
        .Where(file => file.FirstPosition >= position)
        .Select(file => EndOf(file) + SegmentHeader.Length)
        .Append(position)
        .Max();

    private RecoveredJournal Read()
    {
        var newest = snapshots.NewestFirst().FirstOrDefault();
        var files = SegmentFile.List(folder.Journal, SegmentFile.JournalExtension);
        var first = Math.Max(0, files.FindLastIndex(file => newest is null || file.FirstPosition <= newest.Position));
        if (newest is null)
        {
            // after an upgrade an old break in the chain is no new damage: what follows it is whole, though nothing can be folded onto
            var begin = snapshots.LeftAside is null ? 0 : new JournalReader(folder).ChainBegin();
            first = Math.Max(0, files.FindIndex(file => file.FirstPosition == begin));
        }

        var scans = files.Skip(first).Select(SegmentScan.Of).ToList();
        if (scans is [.., { Header: null, WasFlushed: false } torn])
        {
            // the power went while the file was made: nothing was ever under a commit in it. The newest snapshot may stand where it was to begin, at the end of the one before
            folder.Disk.Delete(torn.File.Path);
            folder.Disk.FlushFolder(folder.Journal);
            return Read();
        }

        if (scans.Count == 0)
        {
            return Lost(newest);
        }

        var damaged = scans.FindIndex(scan => IsDamaged(scans, scan));
        return damaged >= 0 ? Damaged(scans, damaged) : Whole(scans, newest);
    }

    /// <summary>Sets damaged files aside, after what is readable of their events was copied to where readers find it.</summary>
    public void SetAside(IReadOnlyList<SegmentFile> files)
    {
        foreach (var file in files)
        {
            Quarantine.SetAside(folder, file);
        }
    }

    private static bool IsDamaged(List<SegmentScan> scans, SegmentScan scan)
    {
        var index = scans.IndexOf(scan);
        var isLast = index == scans.Count - 1;
        return scan.Header is null
            || scan.WasFlushed
            || (!isLast && (scan.IsBroken || scan.End != scans[index + 1].File.FirstPosition || scan.End != Math.Max(scan.LastCommitEnd, scan.File.FirstPosition)));
    }

    private static RecoveredJournal Lost(Snapshot? newest) => newest is null
        ? new() { Skipped = [], NewEpochReason = "first start on this data folder" }
        : new()
        {
            Base = newest,
            FoldFrom = newest.Position,
            FoldUntil = newest.Position,
            LastCommit = new(newest.At, newest.WallClock, newest.NextSeq),
            LastCommitEnd = newest.Position,
            Epoch = newest.Epoch,
            LastSeq = newest.NextSeq - 1,
            NewEpochReason = "the journal is gone; the states are those of the last snapshot",
            Skipped = [],
            Position = newest.Position,
        };

    private RecoveredJournal Whole(List<SegmentScan> scans, Snapshot? newest)
    {
        var last = scans[^1];
        var commitScan = scans.FindLast(scan => scan.LastCommitEnd >= 0);
        // inputs behind the last commit are kept, events are dropped: nobody has seen them
        var end = last.FirstEventBehind >= 0 ? last.FirstEventBehind : last.End;
        var file = last.File.Path;
        var wanted = end - last.File.FirstPosition + SegmentHeader.Length;
        var tornBytes = last.IsSealed ? 0 : new FileInfo(file).Length - wanted;
        if (tornBytes > 0)
        {
            folder.Disk.Truncate(file, wanted);
        }
        else
        {
            // the last run may have died between write and flush: what is read now must still be there after a power cut
            folder.Disk.FlushFile(file);
        }

        folder.Disk.FlushFolder(folder.Journal);
        if (newest is not null && newest.Position > end)
        {
            return Lost(newest) with
            {
                NewEpochReason = "the journal ends before its last snapshot: flushed records are gone; the states are those of the snapshot",
                TornBytes = tornBytes,
            };
        }

        var recovered = new RecoveredJournal
        {
            NewEpochReason = IsEpochOwed(scans) ? "the start after a break of the journal ended before its new epoch began" : null,
            Skipped = [.. scans.SelectMany(scan => scan.Skipped)],
            FoldUntil = end,
            LastCommit = commitScan?.LastCommit ?? (newest is null ? null : new Commit(newest.At, newest.WallClock, newest.NextSeq)),
            LastCommitEnd = commitScan?.LastCommitEnd ?? newest?.Position ?? 0,
            Epoch = EpochOf(scans, newest),
            LastSeq = SeqOf(scans, newest),
            Segment = last.IsSealed ? null : last.Header,
            Position = end,
            TornBytes = tornBytes,
        };
        // a snapshot before the chain of segments cannot be folded from
        if (newest is not null && newest.Position >= scans[0].File.FirstPosition)
        {
            return recovered with { Base = newest, FoldFrom = newest.Position };
        }

        return scans[0].File.FirstPosition == 0
            ? recovered with { FirstConfigurationHash = scans[0].Header!.ConfigurationHash }
            : recovered with
            {
                FoldFrom = end,
                Segment = null,
                NewEpochReason = "no snapshot is readable and the beginning of the journal is gone; all states are lost",
            };
    }

    // a chain behind a break begins with the turn that begins an epoch; where that turn is missing, the events of the old epoch that went on are not in this journal
    private bool IsEpochOwed(List<SegmentScan> scans)
    {
        var begin = scans[^1].File.FirstPosition;
        if (begin == 0 || scans[^1].LastCommitEnd >= 0)
        {
            return false;
        }

        var files = SegmentFile.List(folder.Journal, SegmentFile.JournalExtension);
        var before = files.FindLastIndex(file => file.FirstPosition < begin);
        return before < 0 || SegmentScan.Of(files[before]).End != begin;
    }

    private RecoveredJournal Damaged(List<SegmentScan> scans, int damaged)
    {
        var scan = scans[damaged];
        var files = scans.Skip(damaged).Select(each => each.File).ToList();
        var position = files.Max(EndOf);
        var usable = scans.Take(damaged).Append(scan).Where(each => each.LastCommitEnd >= 0).ToList();
        var until = usable.Count > 0 ? usable[^1].LastCommitEnd : 0;
        // a snapshot from behind the damage knows more than the records before it
        var candidates = snapshots.NewestFirst().Where(snapshot => snapshot.Position <= position).ToList();
        var start = candidates.Find(snapshot => snapshot.Position > until) ?? candidates.Find(snapshot => snapshot.Position >= scans[0].File.FirstPosition);
        var isFromBegin = start is null && scans[0].File.FirstPosition == 0 && usable.Count > 0 && scans[0].Header is not null;
        var foldFrom = start?.Position ?? 0;
        return new()
        {
            Base = start,
            FoldFrom = foldFrom,
            FoldUntil = start is not null || isFromBegin ? Math.Max(foldFrom, until) : foldFrom,
            FirstConfigurationHash = isFromBegin ? scans[0].Header!.ConfigurationHash : null,
            LastCommit = scans.FindLast(each => each.LastCommitEnd >= 0)?.LastCommit ?? (start is null ? null : new Commit(start.At, start.WallClock, start.NextSeq)),
            LastCommitEnd = Math.Max(foldFrom, until),
            Epoch = EpochOf(scans, start),
            LastSeq = SeqOf(scans, start),
            NewEpochReason = $"the journal is damaged at position {scan.End} ({Path.GetFileName(scan.File.Path)}); the file is set aside",
            Skipped = [.. scans.SelectMany(each => each.Skipped)],
            // one further than anything was written: where the start ends before the files are set aside, the snapshot at this position lies beyond the journal and the
            // next start begins the epoch
            Position = position + 1,
            Damaged = files,
        };
    }

    private static long EndOf(SegmentFile file)
    {
        using var reader = SegmentReader.OpenAnyway(file);
        return file.FirstPosition + Math.Max(0, reader.RecordBytes);
    }

    private static Guid EpochOf(List<SegmentScan> scans, Snapshot? snapshot) =>
        scans.FindLast(scan => scan.Epoch != Guid.Empty)?.Epoch ?? snapshot?.Epoch ?? scans.FindLast(scan => scan.Header is not null)?.Header!.Epoch ?? Guid.Empty;

    private static long SeqOf(List<SegmentScan> scans, Snapshot? snapshot) =>
        Math.Max(scans.FindLast(scan => scan.Epoch != Guid.Empty)?.LastSeq ?? 0, snapshot?.Epoch == EpochOf(scans, snapshot) ? snapshot.NextSeq - 1 : 0);
}
