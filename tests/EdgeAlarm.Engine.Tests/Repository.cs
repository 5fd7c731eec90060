using System.Runtime.CompilerServices;

namespace EdgeAlarm.Engine.Tests;

/// <summary>The checkout, for tests that hold a document to the code.</summary>
internal static class Repository
{
    /// <summary>The lines of a section of src/ARCHITECTURE.md, tables only.</summary>
    public static string[] Table(string heading) => [.. File.ReadAllLines(Path.Combine(Here(), "..", "..", "src", "ARCHITECTURE.md"))
        .SkipWhile(line => line != heading)
        .Skip(1)
        .TakeWhile(line => !line.StartsWith('#'))
        .Where(line => line.StartsWith('|'))];

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
