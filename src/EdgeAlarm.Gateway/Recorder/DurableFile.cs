using EdgeAlarm.OpcUa.Security;

namespace EdgeAlarm.Gateway.Recorder;

/// <summary>What it takes until a file survives a power cut: its bytes flushed, and the folder that names it flushed too.</summary>
internal static class DurableFile
{
    private const string AsideSuffix = ".aside";

    /// <summary>Writes a whole file aside, flushes it and gives it its name: after a crash there is the old file, the new one or none, never half of one.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var aside = path + AsideSuffix;
        using (var handle = File.OpenHandle(aside, FileMode.Create, FileAccess.Write, FileShare.Read))
        {
            RandomAccess.Write(handle, content, 0);
            RandomAccess.FlushToDisk(handle);
        }

        File.Move(aside, path, overwrite: true);
        DurableFolder.Flush(Path.GetDirectoryName(path)!);
    }

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
