namespace EdgeAlarm.Gateway.Recorder;

/// <summary>Space on the disk that is taken before others take it, to be given up when the disk is full. Written whole, since a hole in a file is no space.</summary>
/// <param name="folder">The data folder.</param>
/// <param name="length">In bytes.</param>
internal sealed class ReserveFile(DataFolder folder, long length)
{
    private const int BlockLength = 64 * 1024;

    private readonly string _path = Path.Combine(folder.Root, "reserve");

    /// <summary>Whether all of it is there.</summary>
    public bool IsHeld => new FileInfo(_path) is { Exists: true } file && file.Length == length;

    /// <summary>Takes the space, if it is not taken yet.</summary>
    /// <exception cref="IOException">There is too little; what was taken is given back.</exception>
    public void Hold()
    {
        if (IsHeld)
        {
            return;
        }

        folder.Disk.Delete(_path);
        using var file = folder.Disk.Create(_path);
        try
        {
            // a disk that compresses would make nothing of zeros
            var block = new byte[BlockLength];
            new Random(1).NextBytes(block);
            for (var offset = 0L; offset < length; offset += BlockLength)
            {
                file.Write(block.AsSpan(0, (int)Math.Min(BlockLength, length - offset)), offset);
            }

            file.Flush();
        }
        catch
        {
            folder.Disk.Delete(_path);
            throw;
        }
    }

    /// <summary>Gives it up.</summary>
    /// <returns>Whether it was there.</returns>
    public bool GiveUp()
    {
        var wasThere = File.Exists(_path);
        folder.Disk.Delete(_path);
        return wasThere;
    }
}
