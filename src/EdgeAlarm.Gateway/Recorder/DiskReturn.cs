namespace EdgeAlarm.Gateway.Recorder;

/// <summary>
/// The way back from memory to a disk that works again (rule R9): what the dead journal may hold beyond its last flush is cut off, the events that were told meanwhile become
/// an event segment, the state a snapshot, and a new segment begins behind it all. Whatever step a power cut ends it at, the next start finds the states and owes an epoch.
/// </summary>
/// <param name="folder">The data folder.</param>
/// <param name="options">How the journal writes.</param>
/// <param name="time">Where time comes from.</param>
internal sealed class DiskReturn(DataFolder folder, JournalOptions options, TimeProvider time)
{
    private const int ProbeLength = 4 * 1024 * 1024;

    /// <summary>Writes, flushes and deletes as much as a return may want.</summary>
    /// <exception cref="IOException">The disk is still dead.</exception>
    public void Probe()
    {
        var path = Path.Combine(folder.Journal, "probe");
        folder.Disk.Delete(path);
        using (var file = folder.Disk.Create(path))
        {
            try
            {
                file.Write(new byte[ProbeLength], 0);
                file.Flush();
            }
            finally
            {
                folder.Disk.Delete(path);
            }
        }

        folder.Disk.FlushFolder(folder.Journal);
    }

    /// <summary>Goes back.</summary>
    /// <param name="durable">Behind the last flush of the journal that failed.</param>
    /// <param name="memory">What was recorded meanwhile.</param>
    /// <param name="state">The state now, at a position behind everything that either has.</param>
    /// <returns>The journal, begun at that position.</returns>
    /// <exception cref="IOException">The disk is dead again; nothing that was told is lost by that.</exception>
    /// <exception cref="JournalFailure">The same, while the segment was begun.</exception>
    public Journal Run(long durable, VolatileRecording memory, Snapshot state)
    {
        // wherever this ends, the next start is not to go on with the old epoch behind the one in memory
        var mark = new UnrecordedMark(folder);
        mark.Write(durable);
        CutBack(folder, durable);
        EventSegment.Write(
            folder, new(SegmentKind.Events, memory.Begin, state.Epoch, state.ConfigurationHash, state.At, state.WallClock), memory.Events(), new(state.At, state.WallClock, state.NextSeq));
        new SnapshotStore(folder).Save(state);
        var journal = new Journal(folder, options, new(null, state.Position, state.Epoch, state.ConfigurationHash, state.At, state.WallClock), time);
        try
        {
            mark.Delete();
            return journal;
        }
        catch
        {
            journal.Dispose();
            throw;
        }
    }

    /// <summary>Cuts off what the journal has beyond a position: it had no effect.</summary>
    public static void CutBack(DataFolder folder, long durable)
    {
        foreach (var file in SegmentFile.List(folder.Journal, SegmentFile.JournalExtension))
        {
            var wanted = durable - file.FirstPosition + SegmentHeader.Length;
            if (file.FirstPosition >= durable && durable > 0)
            {
                folder.Disk.Delete(file.Path);
            }
            else if (new FileInfo(file.Path).Length > wanted && !IsSealed(file))
            {
                folder.Disk.Truncate(file.Path, wanted);
            }
        }

        folder.Disk.FlushFolder(folder.Journal);
    }

    private static bool IsSealed(SegmentFile file)
    {
        using var reader = SegmentReader.Open(file.Path);
        return reader is { IsPacked: true } || reader?.Footer() is not null;
    }
}
