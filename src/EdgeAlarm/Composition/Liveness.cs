using System.ComponentModel;
using System.Diagnostics;
using EdgeAlarm.Gateway.Recorder;

namespace EdgeAlarm.Composition;

/// <summary>Whether the gateway that wrote a status still runs: its word is fresh, and its process lives or its lock is held. The age alone would call a killed one running for seconds.</summary>
internal static class Liveness
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    /// <summary>Looks.</summary>
    /// <param name="report">What it said last.</param>
    /// <param name="folder">Its data folder.</param>
    /// <param name="now">Now.</param>
    public static bool IsRunning(StatusReport report, DataFolder folder, DateTimeOffset now) =>
        // the process of a gateway in another container is not seen from here, its lock is
        now - report.At <= Fresh && (HasProcess(report.ProcessId) || DataFolderLock.IsTaken(folder));

    private static bool HasProcess(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            return false;
        }
        catch (Win32Exception)
        {
            // it is there, and another user's
            return true;
        }
    }
}
