namespace EdgeAlarm.Gateway.Configuration;

/// <summary>A secret in a file of its own: the first line, readable by its owner alone. It is never logged and never part of a message.</summary>
public static class SecretFile
{
    private const UnixFileMode Others = UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>What is wrong with the file, with the next step; null if nothing is.</summary>
    public static string? Fault(string path)
    {
        try
        {
            _ = Read(path);
            return null;
        }
        catch (IOException failure)
        {
            return failure.Message;
        }
    }

    /// <summary>The first line of the file.</summary>
    /// <exception cref="IOException">The file cannot be read, is empty, or others may read it; the message has the next step.</exception>
    public static string Read(string path)
    {
        try
        {
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != UnixFileMode.None)
            {
                throw new IOException($"Others may read the secret in {path}. Allow only its owner: chmod 600 {path}");
            }

            return File.ReadLines(path).FirstOrDefault() is { Length: > 0 } secret
                ? secret
                : throw new IOException($"The secret file {path} is empty; its first line is the password.");
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new IOException($"There is no file {path}; write the password into it and let only the service's account read it.", missing);
        }
        catch (UnauthorizedAccessException denied)
        {
            throw new IOException($"This account may not read the secret file {path}: {denied.Message}", denied);
        }
    }
}
