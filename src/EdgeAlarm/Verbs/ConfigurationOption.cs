using System.Collections;
using System.CommandLine;
using EdgeAlarm.Gateway.Configuration;

namespace EdgeAlarm.Verbs;

/// <summary>The option that names the settings file, and what every verb does with it.</summary>
internal static class ConfigurationOption
{
    public static Option<string> Create() => new("--config")
    {
        Description = "The gateway's settings file.",
        DefaultValueFactory = _ => Path.Combine("config", "gateway.json"),
        HelpName = "FILE",
    };

    /// <summary>The process environment as the loader wants it.</summary>
    public static Dictionary<string, string> ReadEnvironment() => Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>()
        .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? string.Empty, StringComparer.Ordinal);

    /// <summary>Loads the site; writes every fault to the error stream and returns null if there is any.</summary>
    public static Site? LoadOrReport(string path)
    {
        var (site, faults) = SiteFiles.Load(path, ReadEnvironment());
        Report(faults);
        return site;
    }

    public static void Report(IReadOnlyList<ConfigurationFault> faults)
    {
        foreach (var fault in faults)
        {
            Console.Error.WriteLine(fault);
        }

        if (faults.Count > 0)
        {
            Console.Error.WriteLine($"{faults.Count} {(faults.Count == 1 ? "fault" : "faults")} in the configuration; nothing was started. Mend {(faults.Count == 1 ? "it" : "them")} and run 'edgealarm check'.");
        }
    }
}
