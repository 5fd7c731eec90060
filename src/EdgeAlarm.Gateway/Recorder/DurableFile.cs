using System.ComponentModel;
using System.Runtime.InteropServices;

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
        FlushFolder(Path.GetDirectoryName(path)!);
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
        FlushFolder(Path.GetDirectoryName(to)!);
        FlushFolder(Path.GetDirectoryName(from)!);
    }

    /// <summary>Makes the names in a folder durable. Windows keeps them in its own journal and has no such call.</summary>
    public static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var descriptor = Open(folder, 0);
        if (descriptor < 0)
        {
            throw new IOException($"The folder {folder} cannot be opened to flush it.", new Win32Exception(Marshal.GetLastPInvokeError()));
        }

        var result = Fsync(descriptor);
        var error = Marshal.GetLastPInvokeError();
        _ = Close(descriptor);
        if (result != 0)
        {
            throw new IOException($"The folder {folder} cannot be flushed.", new Win32Exception(error));
        }
    }

    // .NET opens no folders, and without this a new file may be gone after a power cut though its bytes were flushed
    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Fsync(int descriptor);

    [DllImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);
}
