namespace EdgeAlarm.Gateway.Recorder;

/// <summary>
/// Whatever the recorder does to its files, and nothing else, so that a test can cut the power between any two of these steps. Reading is no part of it: it changes nothing.
/// Every member throws IOException or UnauthorizedAccessException where the disk refuses.
/// </summary>
public interface IDisk
{
    /// <summary>Makes a file that is not there yet. Its name survives a power cut only after <see cref="FlushFolder"/>.</summary>
    /// <param name="path">The file.</param>
    IDiskFile Create(string path);

    /// <summary>Opens a file that is there for changes.</summary>
    /// <param name="path">The file.</param>
    IDiskFile Open(string path);

    /// <summary>Renames a file within or between folders; one that has the new name already is replaced.</summary>
    /// <param name="from">The file.</param>
    /// <param name="to">Its new name.</param>
    void Move(string from, string to);

    /// <summary>Deletes a file; nothing where there is none.</summary>
    /// <param name="path">The file.</param>
    void Delete(string path);

    /// <summary>Makes the names in a folder durable.</summary>
    /// <param name="folder">The folder.</param>
    void FlushFolder(string folder);
}
