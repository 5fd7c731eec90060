namespace EdgeAlarm.Gateway.Recorder;

/// <summary>The bytes of a segment as they were written, wherever they are. One thread.</summary>
internal interface ISegmentBytes : IDisposable
{
    /// <summary>How many there are; of a segment that grows, now.</summary>
    long Length { get; }

    /// <summary>Whether the file is a packed one, which was whole when it was made.</summary>
    bool IsPacked { get; }

    /// <summary>Whether what tells where its blocks are stands where it belongs; where not, it was made up from the blocks.</summary>
    bool IsIndexWhole { get; }

    /// <summary>Reads bytes; zeros where they cannot be had any more, which no record is.</summary>
    /// <param name="bytes">Takes them.</param>
    /// <param name="offset">Where to begin.</param>
    /// <returns>How many; 0 at the end.</returns>
    int Read(Span<byte> bytes, long offset);
}
