using System.CommandLine;
using System.Text.Json;
using EdgeAlarm.Composition;
using EdgeAlarm.Evaluation;
using EdgeAlarm.Terminal;

namespace EdgeAlarm.Verbs;

/// <summary><c>edgealarm demo</c>: everything in one process, live.</summary>
internal static class DemoVerb
{
    public static Command Command()
    {
        var duration = new Option<string?>("--for") { Description = "Run so long, e.g. 20s, then judge the run and end.", HelpName = "DURATION" };
        var json = new Option<bool>("--json") { Description = "No page; one JSON line at the end." };
        var keep = new Option<string?>("--keep") { Description = "Keep journal, database and value log in this folder, which must not exist yet.", HelpName = "FOLDER" };
        var command = new Command("demo", "Plant, broker, gateway and historian in one process over real sockets. Exit code 1 if anything was lost, double or missed.") { duration, json, keep };
        command.SetAction(async (result, cancellationToken) =>
        {
            var length = (TimeSpan?)null;
            if (result.GetValue(duration) is { } text)
            {
                if (!Gateway.Configuration.Duration.TryParse(text, out var parsed) || parsed < TimeSpan.FromSeconds(5))
                {
                    await Console.Error.WriteLineAsync($"--for \"{text}\": write a duration of at least 5s, e.g. 20s or 5m.");
                    return ExitCode.CouldNotRun;
                }

                length = parsed;
            }

            return await RunAsync(length, result.GetValue(json), result.GetValue(keep), cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(TimeSpan? length, bool json, string? keep, CancellationToken cancellationToken)
    {
        var folder = keep ?? Path.Combine(Path.GetTempPath(), $"edgealarm-demo-{Guid.NewGuid():N}");
        if (Directory.Exists(folder))
        {
            await Console.Error.WriteLineAsync($"--keep {folder}: the folder exists already; name one that does not.");
            return ExitCode.CouldNotRun;
        }

        Directory.CreateDirectory(folder);
        try
        {
            using var logging = new Logging(Path.Combine(folder, "log"), console: false);
            await using var demo = await Demo.StartAsync(Path.Combine(AppContext.BaseDirectory, "config"), folder, TimeProvider.System, logging.Factory);
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, demo.Ended);
            if (length is { } limit)
            {
                ending.CancelAfter(limit);
            }

            await (json ? WaitAsync(ending.Token) : DemoScreen.RunAsync(demo, ending.Token));
            await demo.StopAsync(CancellationToken.None);
            var verdict = await demo.JudgeAsync(CancellationToken.None);
            Console.WriteLine(json ? ToJson(verdict, demo.AlarmCount) : ToWords(verdict, demo.AlarmCount));
            return verdict.IsClean ? ExitCode.Done : ExitCode.Found;
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return ExitCode.CouldNotRun;
        }
        finally
        {
            if (keep is null)
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private static async Task WaitAsync(CancellationToken ending) =>
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private static string ToJson(Verdict verdict, int alarms) => JsonSerializer.Serialize(new
    {
        samples = verdict.Samples,
        raised = verdict.Raised,
        published = verdict.Published,
        receipted = verdict.Receipted,
        lost = verdict.Lost,
        duplicates = verdict.Duplicates,
        groundTruthMissed = verdict.Missed.Count,
        judgedAlarms = verdict.Judged,
        alarms,
    });

    private static string ToWords(Verdict verdict, int alarms)
    {
        var found = verdict.IsClean ? "Nothing lost, nothing double, nothing missed." : string.Join(Environment.NewLine, verdict.Missed.Select(missed => $"MISSED {missed.Alarm} at {missed.Start:O}"));
        return $"The plant set {verdict.Samples} values; {verdict.MustAlarm} excursions of the {verdict.Judged} alarms (of {alarms}) that one value decides had to alarm, {verdict.Raised} occurrences were raised; "
            + $"{verdict.Published} events published, {verdict.Receipted} receipted; lost {verdict.Lost}, double {verdict.Duplicates}, missed {verdict.Missed.Count}. {found}";
    }
}
