using System.CommandLine;
using System.Text.Json;
using EdgeAlarm.Composition;
using EdgeAlarm.Gateway.Recorder;

namespace EdgeAlarm.Verbs;

/// <summary><c>edgealarm status</c>: what the gateway sees, what is not armed and why, which conditions stand, what waits for its receipt.</summary>
internal static class StatusVerb
{
    private const int Width = 80;

    public static Command Command()
    {
        var config = ConfigurationOption.Create();
        var json = new Option<bool>("--json") { Description = "The whole status as JSON." };
        var command = new Command("status", "Show what the gateway sees, what is not armed and why. Exit code 1 if anything is not as it should be.") { config, json };
        command.SetAction(result => Run(result.GetValue(config)!, result.GetValue(json)));
        return command;
    }

    private static int Run(string path, bool json)
    {
        if (ConfigurationOption.LoadOrReport(path) is not { } site)
        {
            return ExitCode.CouldNotRun;
        }

        try
        {
            if (StatusFile.Read(site.Settings.DataFolder) is not { } report)
            {
                Console.Error.WriteLine($"No gateway has run on {site.Settings.DataFolder} yet. Start one with 'edgealarm run --config {path}'.");
                return ExitCode.CouldNotRun;
            }

            var isRunning = Liveness.IsRunning(report, new DataFolder(site.Settings.DataFolder), TimeProvider.System.GetUtcNow());
            if (json)
            {
                Console.WriteLine(JsonSerializer.Serialize(report, JsonSerializerOptions.Web));
            }
            else
            {
                foreach (var line in StatusPage.Lines(report, isRunning, Width))
                {
                    Console.WriteLine(line);
                }
            }

            var isWell = isRunning && report is { NotArmedCount: 0, ConditionCount: 0, Uplink.Connected: true, Uplink.Problem: null }
                && report.Sources.All(source => source.Reason.Length == 0 && source.Items == source.Tags);
            return isWell ? ExitCode.Done : ExitCode.Found;
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(failure.Message);
            return ExitCode.CouldNotRun;
        }
    }
}
