using System.Diagnostics;

namespace EdgeAlarm.Simulation.World;

/// <summary>An image of a folder, as a backup of the disk has it: also of files that a process has to itself.</summary>
internal static class FolderCopy
{
    public static void Make(string from, string to)
    {
        using var cp = Process.Start("cp", ["-r", from, to]);
        cp.WaitForExit();
        Assert.Equal(0, cp.ExitCode);
    }
}
