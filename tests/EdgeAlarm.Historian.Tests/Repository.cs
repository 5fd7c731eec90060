using System.Runtime.CompilerServices;

namespace EdgeAlarm.Historian.Tests;

/// <summary>Where the checkout is.</summary>
internal static class Repository
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Here(), "..", ".."));

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
