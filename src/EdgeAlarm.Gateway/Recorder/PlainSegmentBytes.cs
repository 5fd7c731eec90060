using Microsoft.Win32.SafeHandles;

namespace EdgeAlarm.Gateway.Recorder;

/// <summary>The bytes of a segment that stand in its file as they were written.</summary>
/// <param name="file">The file, which is closed with this.</param>
internal sealed class PlainSegmentBytes(SafeFileHandle file) : ISegmentBytes
{
    /// <inheritdoc />
    public long Length => RandomAccess.GetLength(file);

    /// <inheritdoc />
    public bool IsPacked => false;

    /// <inheritdoc />
    public bool IsIndexWhole => true;

    /// <inheritdoc />
    public int Read(Span<byte> bytes, long offset) => RandomAccess.Read(file, bytes, offset);

    /// <inheritdoc />
    public void Dispose() => file.Dispose();
}
