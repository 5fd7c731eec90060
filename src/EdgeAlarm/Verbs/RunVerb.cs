using System.CommandLine;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using EdgeAlarm.Composition;
using EdgeAlarm.Gateway.Recorder;
using EdgeAlarm.Terminal;
using Microsoft.Extensions.Logging;

namespace EdgeAlarm.Verbs;

/// <summary><c>edgealarm run</c>: the gateway.</summary>
internal static class RunVerb
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    public static Command Command()
    {
        var config = ConfigurationOption.Create();
        var command = new Command("run", "Run the gateway. On a terminal alarms are shown as they come, 'a' and Enter acknowledges the oldest, and 'help' lists what else can be said.") { config };
        command.SetAction((result, cancellationToken) => RunAsync(result.GetValue(config)!, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string path, CancellationToken cancellationToken)
    {
        if (ConfigurationOption.LoadOrReport(path) is not { } site)
        {
            return ExitCode.CouldNotRun;
        }

        using var logging = new Logging(Path.Combine(site.Settings.DataFolder, "log"), console: true);
        var logger = logging.Factory.CreateLogger<RunningGateway>();
        try
        {
            using var gateway = new RunningGateway(new SiteReload(path, ConfigurationOption.ReadEnvironment(), site), site, TimeProvider.System, logging.Factory);
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            using var hangUp = OperatingSystem.IsWindows() ? null : PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
            {
                // nobody hung up a terminal: this is how a service is told that its files were edited
                signal.Cancel = true;
                _ = Task.Run(async () => CompositionLog.Reloaded(logger, "signal SIGHUP", await gateway.ReloadAsync(ending.Token)), ending.Token);
            });
            var operatorAtTerminal = Console.IsInputRedirected ? Task.CompletedTask : Task.WhenAll(ServeOperatorAsync(gateway, ending.Token), ShowAlarmsAsync(gateway, ending.Token));
            await gateway.RunAsync(cancellationToken);
            await ending.CancelAsync();
            await operatorAtTerminal.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return ExitCode.Done;
        }
        catch (Exception failure) when (failure is DataFolderUnusable or JournalFailure or IOException or UnauthorizedAccessException or CryptographicException)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return ExitCode.CouldNotRun;
        }
    }

    private static async Task ShowAlarmsAsync(RunningGateway gateway, CancellationToken cancellationToken)
    {
        var ticker = new AlarmTicker();
        using var timer = new PeriodicTimer(LookEvery, TimeProvider.System);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            foreach (var line in gateway.Host is { } host ? ticker.Changes(host.Pump.State) : [])
            {
                await Console.Out.WriteLineAsync(line);
            }
        }
    }

    private static async Task ServeOperatorAsync(RunningGateway gateway, CancellationToken cancellationToken)
    {
        var by = $"terminal:{Environment.UserName}";
        await foreach (var line in ConsoleLines.ReadAsync(Console.In, cancellationToken))
        {
            await Console.Out.WriteLineAsync(await AnswerAsync(gateway, by, line, cancellationToken));
        }
    }

    private static async Task<string> AnswerAsync(RunningGateway gateway, string by, string line, CancellationToken cancellationToken)
    {
        var said = line.Trim().ToLowerInvariant();
        if (said is "reload")
        {
            return await gateway.ReloadAsync(cancellationToken);
        }

        if (gateway.Host is not { } host)
        {
            return "The gateway is being put together; say it again.";
        }

        if (said is "a")
        {
            return await host.AcknowledgeOldestAsync(by, cancellationToken);
        }

        return await new OperatorDesk(host.Pump.Inbox.CommandAsync, () => host.Pump.State, by).DoAsync(line, cancellationToken)
            ?? $"a                               acknowledge the oldest alarm{Environment.NewLine}{OperatorDesk.Words}{Environment.NewLine}reload                          take the edited files{Environment.NewLine}Ctrl+C                          end the gateway";
    }
}
