using EdgeAlarm.Gateway.Recorder;

namespace EdgeAlarm.Gateway.Tests.Recorder;

/// <summary>The machine's disk without its flushes, for many turns in little time.</summary>
internal sealed class UnflushedDisk : IDisk
{
    public static UnflushedDisk Instance { get; } = new();

    public IDiskFile Create(string path) => new UnflushedFile(LocalDisk.Instance.Create(path));

    public IDiskFile Open(string path) => new UnflushedFile(LocalDisk.Instance.Open(path));

    public void Move(string from, string to) => LocalDisk.Instance.Move(from, to);

    public void Delete(string path) => LocalDisk.Instance.Delete(path);

    public void FlushFolder(string folder)
    {
    }

    private sealed class UnflushedFile(IDiskFile file) : IDiskFile
    {
        public void Write(ReadOnlySpan<byte> bytes, long offset) => file.Write(bytes, offset);

        public void SetLength(long length) => file.SetLength(length);

        public void Flush()
        {
        }

        public void Dispose() => file.Dispose();
    }
}
