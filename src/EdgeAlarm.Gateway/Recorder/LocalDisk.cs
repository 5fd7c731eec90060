using EdgeAlarm.OpcUa.Security;
using Microsoft.Win32.SafeHandles;

namespace EdgeAlarm.Gateway.Recorder;

/// <summary>The machine's own disk.</summary>
public sealed class LocalDisk : IDisk
{
    private LocalDisk()
    {
    }

    /// <summary>The one there is.</summary>
    public static LocalDisk Instance { get; } = new();

    /// <inheritdoc />
    public IDiskFile Create(string path) => new LocalFile(File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete));

    /// <inheritdoc />
    public IDiskFile Open(string path) => new LocalFile(File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete));

    /// <inheritdoc />
    public void Move(string from, string to) => File.Move(from, to, overwrite: true);

    /// <inheritdoc />
    public void Delete(string path) => File.Delete(path);

    /// <inheritdoc />
    public void FlushFolder(string folder) => DurableFolder.Flush(folder);

    private sealed class LocalFile(SafeFileHandle handle) : IDiskFile
    {
        public void Write(ReadOnlySpan<byte> bytes, long offset) => RandomAccess.Write(handle, bytes, offset);

        public void SetLength(long length) => RandomAccess.SetLength(handle, length);

        public void Flush() => RandomAccess.FlushToDisk(handle);

        public void Dispose() => handle.Dispose();
    }
}
