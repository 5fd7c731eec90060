using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using EdgeAlarm.Benchmarks.OpcUa;

namespace EdgeAlarm.Benchmarks;

/// <summary>
/// Benchmarks by name: each prints a table, and with <c>--json</c> one line a figure. <c>--quick</c> shortens the windows of those that have long ones: it tests the benchmark.
/// Further verbs are for the processes that the benchmarks start themselves.
/// </summary>
internal static class Program
{
    private static readonly SortedDictionary<string, Func<bool, Task<IReadOnlyList<Figure>>>> Benchmarks = new(StringComparer.Ordinal)
    {
        ["engine"] = _ => Whole(EngineBenchmark.Run()),
        ["journal"] = _ => Whole(JournalBenchmark.Run()),
        ["opcua"] = OpcUaBenchmark.RunAsync,
        ["outbox"] = _ => Whole(OutboxBenchmark.Run()),
    };

    private static async Task<int> Main(string[] args)
    {
        switch (args)
        {
            case [MeasuredClient.Verb, var load]:
                await MeasuredClient.RunAsync(JsonSerializer.Deserialize<ClientLoad>(load)!);
                return 0;
            case [MeasuredClient.EmptyVerb]:
                MeasuredClient.SayEmpty();
                return 0;
            case [ReplayServer.Verb, var load]:
                await new ReplayServer(JsonSerializer.Deserialize<ReplayLoad>(load)!).RunAsync(CancellationToken.None);
                return 0;
            default:
                return await MeasureAsync(args);
        }
    }

    private static async Task<int> MeasureAsync(string[] args)
    {
        var isQuick = args.Contains("--quick", StringComparer.Ordinal);
        var json = args.Contains("--json", StringComparer.Ordinal);
        var names = args.Where(argument => !argument.StartsWith('-')).ToList();
        if (names.Count == 0 || names.Exists(name => !Benchmarks.ContainsKey(name)))
        {
            Console.Error.WriteLine($"Name one or more of: {string.Join(' ', Benchmarks.Keys)} [--quick] [--json]");
            return 2;
        }

        Console.WriteLine($"# {Machine.Name}, {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}; load {Machine.Load}");
        Console.WriteLine($"# EdgeAlarm {typeof(Program).Assembly.GetName().Version}, {RuntimeInformation.FrameworkDescription}, {Machine.Runtime}");
        if (!json)
        {
            Console.WriteLine($"{"figure",-62} {"value",14} {"unit",-12} {"limit",14} {"ratio",8}  limit is");
        }

        foreach (var name in names)
        {
            foreach (var figure in await Benchmarks[name](isQuick))
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
        $"{figure.Name,-62} {Show(figure.Value),14} {figure.Unit,-12} {Show(figure.Limit),14} {figure.Ratio?.ToString("0.000", CultureInfo.InvariantCulture),8}  {figure.LimitName}";

    private static string Show(double? value) => value switch
    {
        null => string.Empty,
        >= 1000 or <= -1000 => value.Value.ToString("#,0", CultureInfo.InvariantCulture),
        _ => value.Value.ToString("0.###", CultureInfo.InvariantCulture),
    };
}
