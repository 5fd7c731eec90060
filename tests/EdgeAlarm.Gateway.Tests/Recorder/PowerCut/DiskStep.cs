namespace EdgeAlarm.Gateway.Tests.Recorder.PowerCut;

/// <summary>What is done to a disk.</summary>
internal enum DiskStep
{
    Create,
    Write,
    SetLength,
    Flush,
    Move,
    Delete,
    FlushFolder,
}
