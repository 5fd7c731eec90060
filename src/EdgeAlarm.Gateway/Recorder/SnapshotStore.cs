using System.Globalization;

namespace EdgeAlarm.Gateway.Recorder;

/// <summary>
/// The snapshots of a data folder. Two are always kept, so that a damaged one costs nothing; of the older ones the first of each segment that is still there, so that
/// the recording can be folded from its oldest segment on.
/// </summary>
/// <param name="folder">The data folder.</param>
internal sealed class SnapshotStore(DataFolder folder)
{
    private const string Extension = ".snapshot";
    private const int KeptMin = 2;

    /// <summary>The first snapshot met that an older build wrote in a form that is not read any more, and why it was left aside; null where there was none.</summary>
    public (long Position, string Reason)? LeftAside { get; private set; }

    /// <summary>Writes one durably; the journal must be flushed up to its position.</summary>
    public void Save(Snapshot snapshot) =>
        folder.Disk.WriteWhole(Path.Combine(folder.Snapshots, snapshot.Position.ToString("D20", CultureInfo.InvariantCulture) + Extension), snapshot.Encode());

    /// <summary>The unhurt snapshots, newest first; each is read when it is reached.</summary>
    public IEnumerable<Snapshot> NewestFirst()
    {
        var positions = Positions();
        for (var i = positions.Count - 1; i >= 0; i--)
        {
            if (Load(positions[i]) is { } snapshot)
            {
                yield return snapshot;
            }
        }
    }

    /// <summary>The oldest unhurt snapshot at or behind a position.</summary>
    public Snapshot? OldestFrom(long position) => Positions().Where(candidate => candidate >= position).Select(Load).FirstOrDefault(snapshot => snapshot is not null);

    /// <summary>Deletes those that nobody needs.</summary>
    /// <param name="segments">First positions of the segments that are there, ascending.</param>
    public void Thin(IReadOnlyList<long> segments)
    {
        var positions = Positions();
        var kept = positions.TakeLast(KeptMin).ToHashSet();
        foreach (var segment in segments)
        {
            var first = positions.FindIndex(position => position >= segment);
            if (first >= 0)
            {
                kept.Add(positions[first]);
            }
        }

        foreach (var position in positions.Where(position => !kept.Contains(position)))
        {
            folder.Disk.Delete(PathOf(position));
        }
    }

    /// <summary>The lowest position from which a start may have to fold: that of the older of the two newest snapshots.</summary>
    public long NeededFrom()
    {
        var positions = Positions();
        return positions.Count >= KeptMin ? positions[^KeptMin] : 0;
    }

    /// <summary>Reads every snapshot.</summary>
    /// <param name="configurations">Takes the hashes that they name.</param>
    /// <param name="findings">Takes what is damaged.</param>
    /// <param name="notes">Takes what is older than this build reads.</param>
    /// <returns>How many there are.</returns>
    internal int Verify(HashSet<string> configurations, List<VerificationFinding> findings, List<VerificationFinding> notes)
    {
        var positions = Positions();
        foreach (var position in positions.Where(position => File.Exists(PathOf(position))))
        {
            LeftAside = null;
            if (Load(position) is { } snapshot)
            {
                configurations.Add(snapshot.ConfigurationHash);
            }
            else if (LeftAside is { } older)
            {
                notes.Add(new(PathOf(position), $"Not read: {older.Reason}."));
            }
            else if (File.Exists(PathOf(position)))
            {
                findings.Add(new(PathOf(position), "The snapshot is damaged."));
            }
        }

        return positions.Count;
    }

    private Snapshot? Load(long position)
    {
        try
        {
            var path = PathOf(position);
            var snapshot = Snapshot.Decode(path, File.ReadAllBytes(path), out var older);
            if (older is not null)
            {
                LeftAside ??= (position, older);
            }

            return snapshot?.Position == position ? snapshot : null;
        }
        catch (Exception failure) when (failure is FileNotFoundException or InvalidDataException)
        {
            return null;
        }
    }

    private List<long> Positions()
    {
        var positions = new List<long>();
        if (Directory.Exists(folder.Snapshots))
        {
            foreach (var path in Directory.EnumerateFiles(folder.Snapshots, "*" + Extension))
            {
                if (long.TryParse(Path.GetFileNameWithoutExtension(path.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out var position))
                {
                    positions.Add(position);
                }
            }
        }

        positions.Sort();
        return positions;
    }

    private string PathOf(long position) => Path.Combine(folder.Snapshots, position.ToString("D20", CultureInfo.InvariantCulture) + Extension);
}
