namespace EdgeAlarm.TestServers;

/// <summary>A folder of its own below the machine's temporary folder, deleted with the object.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>Creates the folder.</summary>
    /// <param name="name">Part of its name.</param>
    /// <param name="inMemory">Whether it lies in memory where the machine has a file system there: for tests that mean no disk.</param>
    public TemporaryFolder(string name = "test", bool inMemory = false)
    {
        FullName = Path.Combine(inMemory && Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), $"edgealarm-{name}-{Guid.NewGuid():N}");
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
