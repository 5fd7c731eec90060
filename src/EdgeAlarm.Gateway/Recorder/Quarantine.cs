namespace EdgeAlarm.Gateway.Recorder;

/// <summary>Where damaged files go: the gateway never deletes what somebody may still want to look at.</summary>
internal static class Quarantine
{
    /// <summary>Sets a damaged segment aside, after what is readable of its events was copied to where readers find it.</summary>
    public static void SetAside(DataFolder folder, SegmentFile file)
    {
        EventSegment.Salvage(folder, file);
        folder.Disk.MoveTo(file.Path, Path.Combine(folder.Quarantine, Path.GetFileName(file.Path)));
    }
}
