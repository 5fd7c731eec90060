namespace EdgeAlarm.Gateway.Recorder;

/// <summary>Changes of a disk that survive a power cut, each as a whole.</summary>
internal static class DurableFile
{
    private const string AsideSuffix = ".aside";

    /// <summary>Writes a whole file aside, flushes it and gives it its name: after a power cut there is the old file, the new one or none, never half of one.</summary>
    public static void WriteWhole(this IDisk disk, string path, ReadOnlySpan<byte> content)
    {
        var aside = path + AsideSuffix;
        disk.Delete(aside);
        using (var file = disk.Create(aside))
        {
            try
            {
                file.Write(content, 0);
                file.Flush();
            }
            catch
            {
                // on a full disk half a file takes room that others need
                disk.Delete(aside);
                throw;
            }
        }

        disk.Move(aside, path);
        disk.FlushFolder(Path.GetDirectoryName(path)!);
    }

    /// <summary>Cuts a file.</summary>
    public static void Truncate(this IDisk disk, string path, long length)
    {
        using var file = disk.Open(path);
        file.SetLength(length);
        file.Flush();
    }

    /// <summary>Flushes what was written to a file by whoever held it before.</summary>
    public static void FlushFile(this IDisk disk, string path)
    {
        using var file = disk.Open(path);
        file.Flush();
    }

    /// <summary>Renames a file into another folder for good: at any moment it has one of its names at least.</summary>
    public static void MoveTo(this IDisk disk, string from, string to)
    {
        disk.Move(from, to);
        disk.FlushFolder(Path.GetDirectoryName(to)!);
        disk.FlushFolder(Path.GetDirectoryName(from)!);
    }
}
