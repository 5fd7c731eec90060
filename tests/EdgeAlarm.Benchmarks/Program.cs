using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace EdgeAlarm.Benchmarks;

/// <summary>Benchmarks by name: each prints a table, and with <c>--json</c> one line a figure.</summary>
internal static class Program
{
    private static readonly SortedDictionary<string, Func<Task<IReadOnlyList<Figure>>>> Benchmarks = new(StringComparer.Ordinal)
    {
        ["engine"] = () => Whole(EngineBenchmark.Run()),
        ["journal"] = () => Whole(JournalBenchmark.Run()),
        ["opcua"] = () => Whole(OpcUaBenchmark.Run()),
        ["opcua-client"] = OpcUaClientBenchmark.RunAsync,
        ["outbox"] = () => Whole(OutboxBenchmark.Run()),
    };

    private static async Task<int> Main(string[] args)
    {
        var json = args.Contains("--json", StringComparer.Ordinal);
        var names = args.Where(argument => !argument.StartsWith('-')).ToList();
        if (names.Count == 0 || names.Exists(name => !Benchmarks.ContainsKey(name)))
        {
            Console.Error.WriteLine($"Name one or more of: {string.Join(' ', Benchmarks.Keys)} [--json]");
            return 2;
        }

        Console.WriteLine($"# {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}");
        Console.WriteLine($"# {RuntimeInformation.FrameworkDescription}, {(System.Runtime.GCSettings.IsServerGC ? "server" : "workstation")} GC");
        if (!json)
        {
            Console.WriteLine($"{"figure",-52} {"value",14} {"unit",-12} {"limit",14} {"ratio",8}  limit is");
        }

        foreach (var name in names)
        {
            foreach (var figure in await Benchmarks[name]())
            {
                Console.WriteLine(json ? ToJson(figure) : ToRow(figure));
            }
        }

        return 0;
    }

    private static Task<IReadOnlyList<Figure>> Whole(IEnumerable<Figure> figures) => Task.FromResult<IReadOnlyList<Figure>>([.. figures]);

    private static string ToJson(Figure figure) => JsonSerializer.Serialize(new
    {
        name = figure.Name,
        value = figure.Value,
        unit = figure.Unit,
        limit = figure.Limit,
        limitName = figure.LimitName,
        ratio = figure.Ratio,
    });

    private static string ToRow(Figure figure) =>
        $"{figure.Name,-52} {Show(figure.Value),14} {figure.Unit,-12} {Show(figure.Limit),14} {figure.Ratio?.ToString("0.000", CultureInfo.InvariantCulture),8}  {figure.LimitName}";

    private static string Show(double? value) => value switch
    {
        null => string.Empty,
        >= 1000 or <= -1000 => value.Value.ToString("#,0", CultureInfo.InvariantCulture),
        _ => value.Value.ToString("0.###", CultureInfo.InvariantCulture),
    };
}
