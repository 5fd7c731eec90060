namespace EdgeAlarm.Gateway.Recorder;

/// <summary>Recorded bytes that were flushed are not what was written.</summary>
/// <param name="file">The file.</param>
/// <param name="offset">Where in the file the first bad record begins.</param>
/// <param name="message">What is wrong, in words for people.</param>
public sealed class JournalDamage(string file, long offset, string message) : Exception($"{file}, byte {offset}: {message}")
{
    /// <summary>The file.</summary>
    public string File { get; } = file;

    /// <summary>Where in the file the first bad record begins.</summary>
    public long Offset { get; } = offset;
}
