namespace EdgeAlarm.TestServers;

/// <summary>Writes a password file as the product demands it: readable by its owner alone.</summary>
public static class SecretOnDisk
{
    /// <summary>Writes or replaces the file.</summary>
    public static void Write(string path, string secret)
    {
        File.WriteAllText(path, secret + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }
}
