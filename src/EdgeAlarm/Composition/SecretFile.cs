namespace EdgeAlarm.Composition;

/// <summary>Reads a secret from its file. It is never logged and never part of a message.</summary>
internal static class SecretFile
{
    /// <summary>The first line of the file.</summary>
    /// <exception cref="IOException">The file cannot be read, is empty, or others than its owner may read it.</exception>
    public static string Read(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            const UnixFileMode others = UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
            if ((File.GetUnixFileMode(path) & others) != UnixFileMode.None)
            {
                throw new IOException($"Others may read the secret in {path}. Allow only its owner: chmod 600 {path}");
            }
        }

        var secret = File.ReadLines(path).FirstOrDefault();
        return string.IsNullOrEmpty(secret) ? throw new IOException($"The secret file {path} is empty; its first line is the password.") : secret;
    }
}
