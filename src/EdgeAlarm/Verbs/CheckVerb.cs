using System.CommandLine;
using System.Text.Json;
using EdgeAlarm.Gateway.Configuration;

namespace EdgeAlarm.Verbs;

/// <summary><c>edgealarm check</c>: every fault of the configuration at once.</summary>
internal static class CheckVerb
{
    public static Command Command()
    {
        var config = ConfigurationOption.Create();
        var json = new Option<bool>("--json") { Description = "One JSON line a fault." };
        var command = new Command("check", "Check the configuration and list every fault with file, line, column, value and what is allowed.") { config, json };
        command.SetAction(result => Run(result.GetValue(config)!, result.GetValue(json)));
        return command;
    }

    private static int Run(string path, bool json)
    {
        var (site, faults) = SiteFiles.Load(path, ConfigurationOption.ReadEnvironment());
        foreach (var fault in faults)
        {
            Console.WriteLine(json
                ? JsonSerializer.Serialize(new { file = fault.File, line = fault.Line, column = fault.Column, value = fault.Value, allowed = fault.Allowed })
                : fault.ToString());
        }

        if (site is null)
        {
            Console.Error.WriteLine($"{faults.Count} {(faults.Count == 1 ? "fault" : "faults")}.");
            return ExitCode.Found;
        }

        if (!json)
        {
            Console.WriteLine($"{path}: no fault; {site.Settings.Sources.Count} sources, {site.Tags.Count} tags, {site.Normalised.Alarms.Alarms.Length} alarms, configuration {site.Normalised.Hash[..12]}.");
        }

        return ExitCode.Done;
    }
}
