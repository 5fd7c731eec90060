using EdgeAlarm.OpcUa.Security;

namespace EdgeAlarm.Gateway.Recorder;

/// <summary>Changes of files that are there already that survive a power cut; whole files are written by <see cref="DurableFolder.Write"/>.</summary>
internal static class DurableFile
{
    /// <summary>Cuts a file and flushes it.</summary>
    public static void Truncate(string path, long length)
    {
        using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        RandomAccess.SetLength(handle, length);
        RandomAccess.FlushToDisk(handle);
    }

    /// <summary>Flushes what was written to a file by whoever held it before.</summary>
    public static void Flush(string path)
    {
        using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        RandomAccess.FlushToDisk(handle);
    }

    /// <summary>Renames a file within or between folders, for good.</summary>
    public static void Move(string from, string to)
    {
        File.Move(from, to);
        DurableFolder.Flush(Path.GetDirectoryName(to)!);
        DurableFolder.Flush(Path.GetDirectoryName(from)!);
    }
}
