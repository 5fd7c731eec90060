namespace EdgeAlarm.OpcUa.Security;

/// <summary>Writes a certificate so that a power cut leaves the old file or the new one, never an empty one: an empty own certificate connects to no server.</summary>
internal static class DurableCertificate
{
    /// <summary>Writes it aside, flushes it, gives it its name and flushes the folder that holds the name.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static void Write(string path, ReadOnlySpan<byte> der)
    {
        var aside = path + ".aside";
        using (var handle = File.OpenHandle(aside, FileMode.Create, FileAccess.Write))
        {
            RandomAccess.Write(handle, der, 0);
            RandomAccess.FlushToDisk(handle);
        }

        File.Move(aside, path, overwrite: true);
        DurableFolder.Flush(Path.GetDirectoryName(path)!);
    }
}
