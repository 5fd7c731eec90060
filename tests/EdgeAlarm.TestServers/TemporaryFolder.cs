namespace EdgeAlarm.TestServers;

/// <summary>A folder of its own below the machine's temporary folder, deleted with the object.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>Creates the folder.</summary>
    public TemporaryFolder(string name = "test")
    {
        FullName = Path.Combine(Path.GetTempPath(), $"edgealarm-{name}-{Guid.NewGuid():N}");
        Directory.CreateDirectory(FullName);
    }

    /// <summary>Absolute path.</summary>
    public string FullName { get; }

    /// <summary>The path of a file in it.</summary>
    public string File(string name) => Path.Combine(FullName, name);

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            Directory.Delete(FullName, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // a test may have removed it on purpose
        }
    }
}
