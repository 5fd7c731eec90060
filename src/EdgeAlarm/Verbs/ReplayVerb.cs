using System.CommandLine;
using System.Text.Json;
using EdgeAlarm.Gateway.Alarming;
using EdgeAlarm.Gateway.Recorder;

namespace EdgeAlarm.Verbs;

/// <summary><c>edgealarm replay</c>: folds the recording again and compares the events byte for byte.</summary>
internal static class ReplayVerb
{
    public static Command Command()
    {
        var config = ConfigurationOption.Create();
        var data = new Option<string?>("--data") { Description = "A data folder, instead of the one in the settings.", HelpName = "FOLDER" };
        var json = new Option<bool>("--json") { Description = "One JSON line." };
        var command = new Command("replay", "Fold the recorded inputs again and compare with the recorded events, byte for byte.") { config, data, json };
        command.SetAction(result => Run(result.GetValue(config)!, result.GetValue(data), result.GetValue(json)));
        return command;
    }

    private static int Run(string path, string? data, bool json)
    {
        var folder = data ?? ConfigurationOption.LoadOrReport(path)?.Settings.DataFolder;
        if (folder is null)
        {
            return ExitCode.CouldNotRun;
        }

        if (!Directory.Exists(Path.Combine(folder, "journal")))
        {
            Console.Error.WriteLine($"There is no journal in {folder}. Name the data folder with --data.");
            return ExitCode.CouldNotRun;
        }

        try
        {
            var result = Replay.Run(folder);
            Console.WriteLine(json ? JsonSerializer.Serialize(result, JsonSerializerOptions.Web) : ToWords(result));
            return result.IsIdentical ? ExitCode.Done : ExitCode.Found;
        }
        catch (Exception failure) when (failure is JournalDamage or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(failure.Message);
            return ExitCode.CouldNotRun;
        }
    }

    private static string ToWords(ReplayResult result)
    {
        var compared = $"{result.Inputs} inputs with {result.Samples} samples gave {result.Events} events; ";
        compared += result.Differences == 0 ? "every one is the recorded one, byte for byte." : $"{result.Differences} differ from the recorded ones.";
        if (result.FirstDifference is { } difference)
        {
            compared += $"\nFirst at position {difference.Position}, seq {difference.Seq}:\n  recorded {difference.Recorded ?? "nothing"}\n  derived  {difference.Derived ?? "nothing"}";
        }

        return result.Damage is { } damage ? $"{compared}\n{damage}" : compared;
    }
}
