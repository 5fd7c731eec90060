using System.CommandLine;
using System.Text.Json;
using EdgeAlarm.Gateway.Acquisition;
using EdgeAlarm.Gateway.Acquisition.Proof;
using EdgeAlarm.Gateway.Configuration;

namespace EdgeAlarm.Verbs;

/// <summary><c>edgealarm check</c>: every fault of the configuration at once, and with <c>--connect</c> every tag proved against its real server.</summary>
internal static class CheckVerb
{
    public static Command Command()
    {
        var config = ConfigurationOption.Create();
        var json = new Option<bool>("--json") { Description = "One JSON line a fault, and with --connect one a source." };
        var connect = new Option<bool>("--connect") { Description = "Connect to every source and prove every tag: monitored, readable, sampled fast enough. Changes nothing at the servers." };
        var command = new Command("check", "Check the configuration and list every fault with file, line, column, value and what is allowed.") { config, json, connect };
        command.SetAction((result, cancellationToken) => RunAsync(result.GetValue(config)!, result.GetValue(json), result.GetValue(connect), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string path, bool json, bool connect, CancellationToken cancellationToken)
    {
        var (site, faults) = SiteFiles.Load(path, ConfigurationOption.ReadEnvironment());
        Print(faults, json);
        if (site is null)
        {
            Console.Error.WriteLine($"{faults.Count} {(faults.Count == 1 ? "fault" : "faults")}.");
            return ExitCode.Found;
        }

        var found = connect ? await ConnectAsync(site, path, json, cancellationToken) : 0;
        if (found > 0)
        {
            Console.Error.WriteLine($"{found} {(found == 1 ? "fault" : "faults")}.");
            return ExitCode.Found;
        }

        if (!json)
        {
            Console.WriteLine($"{path}: no fault; {site.Settings.Sources.Count} sources, {site.Tags.Count} tags, {site.Normalised.Alarms.Alarms.Length} alarms, configuration {site.Normalised.Hash[..12]}{(connect ? "; every tag is proved" : "")}.");
        }

        return ExitCode.Done;
    }

    // one after the other, so that what is printed belongs together
    private static async Task<int> ConnectAsync(Site site, string path, bool json, CancellationToken cancellationToken)
    {
        var found = 0;
        for (var source = 0; source < site.Settings.Sources.Count; source++)
        {
            var proof = await SourceProver.ProveAsync(OpcUaPlcOptions.From(site.Settings, source, site.Tags, static _ => { }), TimeProvider.System, cancellationToken);
            if (json)
            {
                Console.WriteLine(JsonSerializer.Serialize(proof, JsonSerializerOptions.Web));
            }
            else
            {
                foreach (var line in SourceProofPage.Lines(proof))
                {
                    Console.WriteLine(line);
                }
            }

            var faults = Faults(proof, site, Path.GetFileName(path)).ToArray();
            Print(faults, json);
            found += faults.Length;
        }

        return found;
    }

    private static IEnumerable<ConfigurationFault> Faults(SourceProof proof, Site site, string settingsFile)
    {
        foreach (var fault in proof.Failure is { } failure ? [failure, .. proof.Faults] : proof.Faults)
        {
            yield return new(settingsFile, 0, "sources", proof.Source, fault);
        }

        foreach (var tag in proof.Tags)
        {
            foreach (var fault in tag.Faults)
            {
                yield return new(Path.GetFileName(site.Settings.TagsFile), site.Tags[tag.Index].Line, "NodeId", $"{tag.Name}: {site.Tags[tag.Index].NodeId}", fault);
            }
        }
    }

    private static void Print(IReadOnlyList<ConfigurationFault> faults, bool json)
    {
        foreach (var fault in faults)
        {
            Console.WriteLine(json
                ? JsonSerializer.Serialize(new { file = fault.File, line = fault.Line, column = fault.Column, value = fault.Value, allowed = fault.Allowed })
                : fault.ToString());
        }
    }
}
