using System.CommandLine;
using EdgeAlarm.Composition;
using EdgeAlarm.Historian;
using EdgeAlarm.Historian.Intake;
using Microsoft.Extensions.Logging;

namespace EdgeAlarm.Verbs;

/// <summary><c>edgealarm historian</c>: the central writer.</summary>
internal static class HistorianVerb
{
    public static Command Command()
    {
        var config = new Option<string>("--config")
        {
            Description = "The historian's settings file.",
            DefaultValueFactory = _ => Path.Combine("config", "historian.json"),
            HelpName = "FILE",
        };
        var log = new Option<string?>("--log") { Description = "Folder for log files; without it the log goes to the console alone.", HelpName = "FOLDER" };
        var command = new Command("historian", "Write the events of all gateways into the database and confirm each by a receipt.") { config, log };
        command.SetAction((result, cancellationToken) => RunAsync(result.GetValue(config)!, result.GetValue(log), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string path, string? logFolder, CancellationToken cancellationToken)
    {
        try
        {
            var options = HistorianSettings.Load(path);
            if (logFolder is not null && !Logging.CanWrite(logFolder, out var why))
            {
                await Console.Error.WriteLineAsync($"--log {logFolder}: no log file can be written there: {why} Name a folder that user {Environment.UserName} can write to.");
                return ExitCode.CouldNotRun;
            }

            using var logging = new Logging(logFolder, console: true);
            await using var intake = new HistorianIntake(
                options, options.Store.CreateStore(options.Group, TimeProvider.System), TimeProvider.System, logging.Factory.CreateLogger<HistorianIntake>());
            await intake.RunAsync(cancellationToken);
            return ExitCode.Done;
        }
        catch (HistorianSettingsException failure)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return ExitCode.CouldNotRun;
        }
    }
}
