namespace EdgeAlarm.Gateway.Recorder;

/// <summary>A file of an <see cref="IDisk"/>, open for changes. One thread.</summary>
public interface IDiskFile : IDisposable
{
    /// <summary>Writes bytes; durable after <see cref="Flush"/>.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="offset">Where in the file.</param>
    void Write(ReadOnlySpan<byte> bytes, long offset);

    /// <summary>Cuts or lengthens the file; durable after <see cref="Flush"/>.</summary>
    /// <param name="length">In bytes.</param>
    void SetLength(long length);

    /// <summary>Makes everything that was written durable. Where it fails nobody knows what is on the disk, and a second call proves nothing: the file is not to be written to any more.</summary>
    void Flush();
}
