using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace EdgeAlarm.Tests;

/// <summary>Rules of the house that no compiler holds.</summary>
public sealed partial class TidyTests
{
    private const int FileLinesMax = 400;

    private static readonly Dictionary<string, string[]> AllowedReferences = new(StringComparer.Ordinal)
    {
        ["EdgeAlarm.Engine"] = [],
        ["EdgeAlarm.OpcUa"] = [],
        ["EdgeAlarm.Wire"] = [],
        ["EdgeAlarm.Gateway"] = ["EdgeAlarm.Engine", "EdgeAlarm.OpcUa", "EdgeAlarm.Wire"],
        ["EdgeAlarm.Historian"] = ["EdgeAlarm.Wire"],
        ["EdgeAlarm.PlantSimulator"] = ["EdgeAlarm.OpcUa"],
        ["EdgeAlarm"] = ["EdgeAlarm.Gateway", "EdgeAlarm.Historian", "EdgeAlarm.PlantSimulator"],
    };

    private static readonly string[] AllowedAtTheTop =
        ["src", "tests", "config", "certs", "EdgeAlarm.sln", "README.md", "LICENSE", "global.json"];

    // OPC 10000-5 §12.4 and OPC 10000-6 §5.2.2.12 name these two
    private static readonly string[] NamedByTheStandard = ["BuildInfo", "DiagnosticInfo"];

    // each with what to use instead
    private static readonly (string Pattern, string Instead)[] BannedInSource =
    [
        (@"\b(class|record|struct|interface) \w*(Manager|Helper|Service|Utils|Util|Info)\b(?!Message)", "name it after what it is in the field's words"),
        (@"#region", "split by noun into files"),
        (@"\b(TODO|FIXME|HACK|XXX)\b", "do it"),
        (@"NotImplementedException", "build it or leave it out"),
        (@"async void", "return a Task and await it"),
        (@"catch\s*(\(Exception\))?\s*\{\s*\}", "handle it or let it go"),
        (@"\bSkip\s*=", "a test that does not run proves nothing"),
    ];

    [Fact]
    public void References_point_inward_only()
    {
        foreach (var (project, allowed) in AllowedReferences)
        {
            var references = XDocument.Parse(Repository.Read($"src/{project}/{project}.csproj"))
                .Descendants("ProjectReference")
                .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));
            Assert.Equal(allowed.Order(StringComparer.Ordinal), references.Order(StringComparer.Ordinal));
        }

        Assert.Equal(
            AllowedReferences.Keys.Order(StringComparer.Ordinal),
            Directory.EnumerateDirectories(Path.Combine(Repository.Root, "src")).Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_top_of_the_tree_holds_nothing_else()
    {
        var unexpected = Directory.EnumerateFileSystemEntries(Repository.Root)
            .Select(entry => Path.GetFileName(entry)!)
            .Where(name => !name.StartsWith('.') && name is not "data" && !AllowedAtTheTop.Contains(name, StringComparer.Ordinal));

        Assert.Empty(unexpected);
    }

    [Fact]
    public void No_banned_words_stand_in_the_source()
    {
        var found = Repository.Files("src", "*.cs").Concat(Repository.Files("tests", "*.cs"))
            .Where(file => !file.EndsWith("/TidyTests.cs", StringComparison.Ordinal) && !NamedByTheStandard.Contains(Path.GetFileNameWithoutExtension(file), StringComparer.Ordinal))
            .SelectMany(file => Repository.Read(file).Split('\n').Select((line, index) => (file, index, line)))
            .SelectMany(place => BannedInSource
                .Where(banned => Regex.IsMatch(place.line, banned.Pattern, RegexOptions.None, TimeSpan.FromSeconds(1)))
                .Select(banned => $"{place.file}:{place.index + 1}: {place.line.Trim()} -> {banned.Instead}"));

        Assert.Empty(found);
    }

    [Fact]
    public void A_type_is_partial_only_where_a_generator_needs_it()
    {
        string[] generators = ["[LoggerMessage", "[GeneratedRegex", "[JsonSerializable", "[LibraryImport"];
        var found = Repository.Files("src", "*.cs").Concat(Repository.Files("tests", "*.cs"))
            .Where(file => PartialType().IsMatch(Repository.Read(file)))
            .Where(file => !generators.Any(generator => Repository.Read(file).Contains(generator, StringComparison.Ordinal)));

        Assert.Empty(found);
    }

    [Fact]
    public void The_engine_asks_no_clock_no_disk_and_no_chance()
    {
        string[] banned = ["System.IO", "System.Net", "System.Threading", "DateTime.Now", "DateTime.UtcNow", "Guid.NewGuid", "CreateVersion7", "new Random", "Stopwatch", "CultureInfo", "Math.Exp", "Math.Pow", "Math.Sin", "Math.Cos", "Math.Log"];
        var found = Repository.Files("src/EdgeAlarm.Engine", "*.cs")
            .SelectMany(file => banned.Where(word => Repository.Read(file).Contains(word, StringComparison.Ordinal)).Select(word => $"{file}: {word}"));

        Assert.Empty(found);
    }

    [Fact]
    public void A_source_file_is_short_enough_to_have_one_purpose()
    {
        // tables of the standard's numbers are data, not code
        var tooLong = Repository.Files("src", "*.cs")
            .Where(file => !file.EndsWith("/StatusCodes.cs", StringComparison.Ordinal))
            .Select(file => (file, lines: Repository.Read(file).Count(character => character == '\n')))
            .Where(entry => entry.lines > FileLinesMax);

        Assert.Empty(tooLong);
    }

    [Fact]
    public void Ids_of_log_messages_are_unique_and_lie_in_the_block_of_their_component()
    {
        var ids = new[] { typeof(Gateway.PlantClock).Assembly, typeof(Program).Assembly, Assembly.Load("EdgeAlarm.Historian"), Assembly.Load("EdgeAlarm.PlantSimulator") }
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.FullName!.Contains("EventIds", StringComparison.Ordinal))
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(field => field.IsLiteral && field.FieldType == typeof(int))
            .Select(field => (name: $"{field.DeclaringType!.FullName}.{field.Name}", id: (int)field.GetRawConstantValue()!, block: field.DeclaringType!.FullName))
            .ToList();

        Assert.NotEmpty(ids);
        Assert.Empty(ids.GroupBy(entry => entry.id).Where(group => group.Count() > 1).Select(group => string.Join(" = ", group.Select(entry => entry.name))));
        Assert.Empty(ids.GroupBy(entry => entry.block).Where(block => block.Select(entry => entry.id / 100).Distinct().Count() > 1).Select(block => block.Key));
    }

    [Fact]
    public void Log_messages_take_their_ids_from_the_list()
    {
        var found = Repository.Files("src", "*.cs")
            .SelectMany(file => Repository.Read(file).Split('\n').Select((line, index) => (file, index, line)))
            .Where(place => LiteralEventId().IsMatch(place.line))
            .Select(place => $"{place.file}:{place.index + 1}");

        Assert.Empty(found);
    }

    [Fact]
    public void Nothing_names_a_path_of_a_developers_machine()
    {
        var found = new[] { "src", "tests", "config" }.SelectMany(folder => Repository.Files(folder, "*")).Append("README.md")
            .Where(file => Path.GetExtension(file) is ".cs" or ".md" or ".json" or ".csv" or ".mjs" or ".csproj" or ".props" or ".scenario" or "")
            .Where(file => !file.EndsWith("/TidyTests.cs", StringComparison.Ordinal) && File.Exists(Path.Combine(Repository.Root, file)))
            .Where(file => DeveloperPath().IsMatch(Repository.Read(file)));

        Assert.Empty(found);
    }

    [GeneratedRegex(@"EventId\s*=\s*[0-9]|LoggerMessage\([0-9]", RegexOptions.None, 1000)]
    private static partial Regex LiteralEventId();

    [GeneratedRegex(@"^[a-z ]*\bpartial (class|struct|record)", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex PartialType();

    [GeneratedRegex(@"/(work|farm|root|home)/[a-z]|C:\\Users", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DeveloperPath();
}
