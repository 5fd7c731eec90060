namespace EdgeAlarm.Gateway.Recorder;

/// <summary>The places inside a data folder.</summary>
/// <param name="Root">The folder, absolute.</param>
public sealed record DataFolder(string Root)
{
    /// <summary>The disk on which they are; the machine's own by default.</summary>
    public IDisk Disk { get; init; } = LocalDisk.Instance;

    /// <summary>Segments of the flight recorder.</summary>
    public string Journal => Path.Combine(Root, "journal");

    /// <summary>Events of segments that went, kept until receipted and for at least 30 days.</summary>
    public string Events => Path.Combine(Root, "events");

    /// <summary>Snapshots of the engine.</summary>
    public string Snapshots => Path.Combine(Root, "snapshots");

    /// <summary>Normalised configurations by their hash.</summary>
    public string Configurations => Path.Combine(Root, "configurations");

    /// <summary>Damaged files, set aside and never deleted by the gateway.</summary>
    public string Quarantine => Path.Combine(Root, "quarantine");

    /// <summary>Makes what is missing.</summary>
    /// <exception cref="DataFolderUnusable">A folder cannot be made or written to.</exception>
    public void Create()
    {
        try
        {
            foreach (var folder in (ReadOnlySpan<string>)[Root, Journal, Events, Snapshots, Configurations, Quarantine])
            {
                MakePrivate(folder);
                // a folder that exists may still be read-only: find out now, not at the first alarm
                var probe = Path.Combine(folder, ".writable");
                using (File.OpenHandle(probe, FileMode.Create, FileAccess.Write, FileShare.None))
                {
                }

                File.Delete(probe);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new DataFolderUnusable(
                $"The data folder {Root} cannot be written to by user {Environment.UserName}: {failure.Message} Make it writable, or set \"data\" in gateway.json to a folder that is.",
                failure);
        }
    }

    // what the plant did and who acknowledged it is for the service's account alone; a folder that exists keeps the rights that somebody gave it
    private static void MakePrivate(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
