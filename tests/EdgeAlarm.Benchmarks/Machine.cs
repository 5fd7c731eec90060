using System.Runtime;

namespace EdgeAlarm.Benchmarks;

/// <summary>What figures depend on beside the code.</summary>
internal static class Machine
{
    /// <summary>The processor's name; where the system does not tell it, that it is unknown.</summary>
    internal static string Name => File.Exists("/proc/cpuinfo")
        ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(static line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[^1].Trim() ?? "unknown processor"
        : "unknown processor";

    /// <summary>Processes that wanted a core in the last 1, 5 and 15 minutes; other work makes every figure worse.</summary>
    internal static string Load => File.Exists("/proc/loadavg") ? string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ').Take(3)) : "unknown";

    /// <summary>The settings of the runtime that cost or save memory and time.</summary>
    internal static string Runtime =>
        $"{(GCSettings.IsServerGC ? "server" : "workstation")} GC, {(GCSettings.LatencyMode == GCLatencyMode.Batch ? "not concurrent" : "concurrent")}, thread pool spins {AppContext.GetData("System.Threading.ThreadPool.UnfairSemaphoreSpinLimit") ?? "as it likes"}";
}
