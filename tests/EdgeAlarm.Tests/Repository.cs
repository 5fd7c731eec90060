using System.Runtime.CompilerServices;

namespace EdgeAlarm.Tests;

/// <summary>The checkout, for tests that read it.</summary>
internal static class Repository
{
    private static readonly string[] Ignored = ["bin", "obj", "node_modules", ".git", ".vs"];

    public static string Root { get; } = Path.GetFullPath(Path.Combine(Here(), "..", ".."));

    /// <summary>Files below a folder of the checkout, without build output, as paths relative to the checkout.</summary>
    public static IEnumerable<string> Files(string folder, string pattern) => Directory
        .EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
        .Where(file => !file.Split('/').Any(Ignored.Contains));

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
