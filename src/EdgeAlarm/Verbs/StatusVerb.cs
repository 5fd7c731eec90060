using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using EdgeAlarm.Composition;

namespace EdgeAlarm.Verbs;

/// <summary><c>edgealarm status</c>: what the gateway sees, what is not armed and why, what waits for its receipt.</summary>
internal static class StatusVerb
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

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

            var age = TimeProvider.System.GetUtcNow() - report.At;
            if (json)
            {
                Console.WriteLine(JsonSerializer.Serialize(report, JsonSerializerOptions.Web));
            }
            else
            {
                Print(report, age);
            }

            var isWell = age <= Fresh && report is { NotArmedCount: 0, Uplink.Connected: true, Uplink.Problem: null }
                && report.Sources.All(source => source.Reason.Length == 0 && source.Items == source.Tags);
            return isWell ? ExitCode.Done : ExitCode.Found;
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(failure.Message);
            return ExitCode.CouldNotRun;
        }
    }

    private static void Print(StatusReport report, TimeSpan age)
    {
        var running = age <= Fresh
            ? $"running, process {report.ProcessId}"
            : $"NOT RUNNING: its last sign of life is {report.At.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)}";
        Console.WriteLine($"{report.Site}/{report.Gateway}  EdgeAlarm {report.Version}  {running}");
        if (age > Fresh)
        {
            Console.WriteLine($"armed     NONE of {report.Alarms} alarms; what follows is its last word, not the present");
        }

        Console.WriteLine($"journal   {report.LastSeq} events, {report.Samples} samples since the start, epoch {report.Epoch}");
        Console.WriteLine($"outbox    {report.Outbox.Waiting} wait for their receipt{(report.Outbox.Refilling ? ", refilling from the journal" : string.Empty)}");
        Console.WriteLine($"uplink    {(report.Uplink.Connected ? "connected" : "NOT CONNECTED")}, receipted through {report.Uplink.Through}{(report.Uplink.Problem is { } problem ? $": {problem}" : string.Empty)}");
        foreach (var source in report.Sources)
        {
            Console.WriteLine(
                $"source    {source.Name}  {(source.Reason.Length == 0 ? source.State : $"{source.State}: {source.Reason}")}, {source.Server}, {source.Items} of {source.Tags} tags in {source.Subscriptions} of {source.SubscriptionsWanted} subscriptions, "
                + string.Create(CultureInfo.InvariantCulture, $"{source.PublishOutstanding} of {source.PublishLimit} Publish requests outstanding, round trip {source.RoundTripMs:0.0} ms, {source.Reconnects} reconnects, {source.Recreations} subscriptions made anew, {source.Renewals} token renewals"));
        }

        Console.WriteLine($"armed     {report.Alarms - report.NotArmedCount} of {report.Alarms} alarms{(age > Fresh ? " then" : "")}");
        foreach (var reason in report.NotArmed.GroupBy(entry => entry.Reason, StringComparer.Ordinal))
        {
            Console.WriteLine($"          NOT ARMED, {reason.Key}: {string.Join(", ", reason.Select(entry => entry.Alarm).Take(12))}{(reason.Count() > 12 ? $" and {reason.Count() - 12} more" : string.Empty)}");
        }

        foreach (var alarm in report.Standing)
        {
            Console.WriteLine($"alarm     {alarm.Since.ToLocalTime().ToString("HH:mm:ss", CultureInfo.InvariantCulture)}  {alarm.Priority,-8}  {alarm.State,-22}  {alarm.Id}  {alarm.Message}");
        }
    }
}
