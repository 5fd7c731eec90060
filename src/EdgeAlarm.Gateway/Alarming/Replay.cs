using EdgeAlarm.Gateway.Recorder;

namespace EdgeAlarm.Gateway.Alarming;

/// <summary>Proves a recording: folds its inputs again and compares with its events, byte for byte. Reads only, so it may run beside the gateway.</summary>
public static class Replay
{
    /// <summary>Replays a data folder from its oldest record, or from the oldest snapshot where older segments went.</summary>
    /// <param name="dataFolder">The folder.</param>
    /// <exception cref="JournalDamage">The recording is damaged, or there is none.</exception>
    public static ReplayResult Run(string dataFolder)
    {
        var folder = new DataFolder(Path.GetFullPath(dataFolder));
        var configurations = new ConfigurationStore(folder);
        var reader = new JournalReader(folder);
        var segments = reader.Segments();
        if (segments.Count == 0)
        {
            throw new JournalDamage(folder.Journal, 0, "There is no recording.");
        }

        // what lies before a break in the chain of segments is folded no more: the run after it began with a snapshot
        var chain = reader.ChainBegin();
        var begin = chain == 0 ? null : new SnapshotStore(folder).OldestFrom(chain);
        if (begin is null && chain != 0)
        {
            throw new JournalDamage(folder.Snapshots, 0, $"No snapshot is left from which the recording, unbroken since position {chain}, could be folded.");
        }

        var from = begin?.Position ?? 0;
        var skipped = new HashSet<long>();
        foreach (var record in reader.ReadRecords(from))
        {
            if (record.Input is Engine.InputSkipped skip)
            {
                skipped.Add(skip.Position);
            }
        }

        var tail = TailFold.Run(
            () => begin is null ? EngineFold.Fresh(configurations, configurations.Load(segments[0].ConfigurationHash), new()) : EngineFold.From(configurations, begin, new()),
            reader.ReadRecords(from),
            skipped);
        return new(from, tail.Inputs, tail.Samples, tail.Events, tail.Differences, tail.FirstDifference, DamageIn(folder));
    }

    // a torn tail of the last segment is no fault of the recording; what was flushed and is broken is: what stands behind it was not folded
    private static string? DamageIn(DataFolder folder)
    {
        var last = SegmentScan.Of(SegmentFile.List(folder.Journal, SegmentFile.JournalExtension)[^1]);
        return last.WasFlushed
            ? $"{last.File.Path} is damaged at position {last.End}: it had been flushed, and what stands behind it could not be folded. The next start of the gateway sets the file aside and begins a new epoch."
            : null;
    }
}
