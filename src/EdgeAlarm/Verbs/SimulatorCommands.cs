using System.Globalization;
using EdgeAlarm.PlantSimulator;
using EdgeAlarm.PlantSimulator.Plant;
using EdgeAlarm.PlantSimulator.Scenarios;

namespace EdgeAlarm.Verbs;

/// <summary>Faults on command: one line of text each.</summary>
internal static class SimulatorCommands
{
    private const string Allowed = "allowed: cut | lose 5s | set TAG VALUE | quality TAG NAME.";

    /// <summary>Obeys lines until there are no more.</summary>
    public static async Task RunAsync(PlantServer server, TextReader input, TextWriter output, CancellationToken cancellationToken)
    {
        await foreach (var line in ConsoleLines.ReadAsync(input, cancellationToken))
        {
            await output.WriteLineAsync(Obey(server, line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)));
        }
    }

    private static string Obey(PlantServer server, string[] words)
    {
        switch (words)
        {
            case []:
                return Allowed;
            case ["cut"]:
                server.CutConnections();
                return "every connection is cut";
            case ["lose", var text] when ScenarioDuration.TryParse(text, out var duration):
                server.LoseConnections(duration);
                return $"connections are refused for {text}";
            case ["set", var tag, var text] when Knows(server, tag) && double.TryParse(text, CultureInfo.InvariantCulture, out var value):
                server.SetValue(tag, value);
                return $"{tag} = {text}";
            case ["quality", var tag, var name] when Knows(server, tag) && QualityNames.Find(name) is { } status:
                server.SetQuality(tag, status);
                return $"{tag} is {name}";
            default:
                return $"\"{string.Join(' ', words)}\" is not understood; {Allowed}";
        }
    }

    private static bool Knows(PlantServer server, string tag) => server.Snapshot().Any(reading => string.Equals(reading.Tag.Name, tag, StringComparison.Ordinal));
}
