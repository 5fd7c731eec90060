using System.CommandLine;
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
        var logger = logging.Factory.CreateLogger<GatewayHost>();
        try
        {
            await using var host = await GatewayHost.OpenAsync(site, TimeProvider.System, logging.Factory);
            var settings = site.Settings;
            CompositionLog.GatewayStarted(
                logger, GatewayHost.Version, settings.Site, settings.Gateway, site.Tags.Count, site.Normalised.Alarms.Alarms.Length, site.Normalised.Hash, settings.DataFolder);
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var operatorAtTerminal = Console.IsInputRedirected ? Task.CompletedTask : Task.WhenAll(
                ServeOperatorAsync(host, new SiteReload(path, ConfigurationOption.ReadEnvironment(), site), ending.Token), ShowAlarmsAsync(host, ending.Token));
            await host.RunAsync(cancellationToken);
            await ending.CancelAsync();
            await operatorAtTerminal.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            CompositionLog.GatewayStopped(logger, settings.Site, settings.Gateway, host.Pump.State.LastSeq);
            return ExitCode.Done;
        }
        catch (Exception failure) when (failure is DataFolderUnusable or JournalFailure or IOException or UnauthorizedAccessException or CryptographicException)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return ExitCode.CouldNotRun;
        }
    }

    private static async Task ShowAlarmsAsync(GatewayHost host, CancellationToken cancellationToken)
    {
        var ticker = new AlarmTicker();
        using var timer = new PeriodicTimer(LookEvery, TimeProvider.System);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            foreach (var line in ticker.Changes(host.Pump.State))
            {
                await Console.Out.WriteLineAsync(line);
            }
        }
    }

    private static async Task ServeOperatorAsync(GatewayHost host, SiteReload files, CancellationToken cancellationToken)
    {
        var by = $"terminal:{Environment.UserName}";
        var desk = new OperatorDesk(host.Pump.Inbox.CommandAsync, () => host.Pump.State, by);
        await foreach (var line in ConsoleLines.ReadAsync(Console.In, cancellationToken))
        {
            var answer = line.Trim().ToLowerInvariant() switch
            {
                "a" => await host.AcknowledgeOldestAsync(by, cancellationToken),
                "reload" => await ReloadAsync(host, files, cancellationToken),
                _ => await desk.DoAsync(line, cancellationToken)
                    ?? $"a                               acknowledge the oldest alarm{Environment.NewLine}{OperatorDesk.Words}{Environment.NewLine}reload                          take the edited alarm list{Environment.NewLine}Ctrl+C                          end the gateway",
            };
            await Console.Out.WriteLineAsync(answer);
        }
    }

    private static async Task<string> ReloadAsync(GatewayHost host, SiteReload files, CancellationToken cancellationToken)
    {
        try
        {
            var (list, words) = files.Read();
            if (list is not null)
            {
                await host.Pump.ReloadAsync(list, cancellationToken);
            }

            return words;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return $"Nothing was changed: {failure.Message}";
        }
    }
}
