using System.ComponentModel;
using System.Runtime.InteropServices;

namespace EdgeAlarm.OpcUa.Security;

/// <summary>Names in a folder, and whole files under them, that survive a power cut. Without this a new or renamed file may be gone though its bytes were flushed.</summary>
public static class DurableFolder
{
    private const string AsideSuffix = ".aside";

    /// <summary>Writes a whole file aside, flushes it and gives it its name: after a crash there is the old file, the new one or none, never half of one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">All of it.</param>
    /// <exception cref="IOException">It cannot be written or flushed.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var aside = path + AsideSuffix;
        using (var handle = File.OpenHandle(aside, FileMode.Create, FileAccess.Write, FileShare.Read))
        {
            RandomAccess.Write(handle, content, 0);
            RandomAccess.FlushToDisk(handle);
        }

        File.Move(aside, path, overwrite: true);
        Flush(Path.GetDirectoryName(path)!);
    }

    /// <summary>Makes the names in a folder durable. Windows keeps them in its own journal and has no such call.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="IOException">It cannot be opened or flushed.</exception>
    public static void Flush(string folder)
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

    // .NET opens no folders
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
