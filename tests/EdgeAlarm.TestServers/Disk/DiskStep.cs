namespace EdgeAlarm.TestServers.Disk;

/// <summary>What is done to a disk.</summary>
public enum DiskStep
{
    Create,
    Write,
    SetLength,
    Flush,
    Move,
    Delete,
    FlushFolder,
}
