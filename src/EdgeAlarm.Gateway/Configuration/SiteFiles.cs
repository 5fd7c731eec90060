using EdgeAlarm.Engine;

namespace EdgeAlarm.Gateway.Configuration;

/// <summary>Loads a site's configuration and tells every fault of it at once.</summary>
public static class SiteFiles
{
    private const string VariablePrefix = "EDGEALARM__";

    /// <summary>Loads gateway.json and the files that it names.</summary>
    /// <param name="settingsPath">The settings file.</param>
    /// <param name="overrides">Environment: names like <c>EDGEALARM__MQTT__HOST</c> replace <c>mqtt.host</c>; others are ignored.</param>
    /// <param name="looksAtSecrets">Whether files with passwords and keys have to be there; not for those who log in nowhere.</param>
    /// <returns>The site, or null if there is any fault; and all faults, in the order of the files.</returns>
    public static (Site? Site, IReadOnlyList<ConfigurationFault> Faults) Load(
        string settingsPath, IReadOnlyDictionary<string, string> overrides, bool looksAtSecrets = true)
    {
        var faults = new FaultList(looksAtSecrets);
        if (ReadSettings(settingsPath, overrides, faults) is not { } settings)
        {
            return (null, faults.All);
        }

        var tags = TagTable.Read(settings.TagsFile, Path.GetFileName(settings.TagsFile), settings.Sources, faults);
        if (tags.Definitions.Count == 0)
        {
            if (faults.All.Count == 0)
            {
                faults.Add(Path.GetFileName(settings.TagsFile), 1, "Tag", null, "stands in no row: there is nothing to watch. An empty list is most often a file that was cut off.");
            }

            return (null, faults.All);
        }

        var alarms = AlarmTable.Read(settings.AlarmsFile, Path.GetFileName(settings.AlarmsFile), tags, settings.Classes, faults);
        if (faults.All.Count > 0)
        {
            return (null, faults.All);
        }

        var configuration = new AlarmConfiguration([.. settings.Sources.Select(source => new SourceDefinition(source.Name))], [.. tags.Definitions], [.. alarms.Alarms])
        {
            SuppressionGroups = [.. alarms.SuppressionGroups],
            FirstOutGroups = [.. alarms.FirstOutGroups],
        };
        return (new Site(settings, tags.Settings, NormalisedConfiguration.Create(settings.Site, settings.Gateway, configuration)), faults.All);
    }

    /// <summary>Loads gateway.json alone, for those who have no tables yet.</summary>
    /// <inheritdoc cref="Load" path="/param" />
    /// <returns>The settings, or null if they cannot be used; and all faults of them.</returns>
    public static (GatewaySettings? Settings, IReadOnlyList<ConfigurationFault> Faults) LoadSettings(string settingsPath, IReadOnlyDictionary<string, string> overrides)
    {
        var faults = new FaultList();
        return (ReadSettings(settingsPath, overrides, faults), faults.All);
    }

    private static GatewaySettings? ReadSettings(string settingsPath, IReadOnlyDictionary<string, string> overrides, FaultList faults)
    {
        var name = Path.GetFileName(settingsPath);
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(settingsPath);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            faults.Add(settingsPath, 0, string.Empty, null, $"cannot be read: {failure.Message} Name the settings file with --config.");
            return null;
        }

        if (SettingsNode.Parse(name, bytes, faults) is not { } root)
        {
            return null;
        }

        Override(root, overrides, faults);
        return GatewaySettingsFile.Read(root, Path.GetDirectoryName(Path.GetFullPath(settingsPath))!, faults) is { } settings ? settings with { File = settingsPath } : null;
    }

    // EDGEALARM__SOURCES__0__URL replaces sources[0].url; names are matched without regard to case, as environments have them in capitals.
    private static void Override(SettingsNode root, IReadOnlyDictionary<string, string> overrides, FaultList faults)
    {
        foreach (var (variable, value) in overrides.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (!variable.StartsWith(VariablePrefix, StringComparison.Ordinal))
            {
                continue;
            }

            var steps = variable[VariablePrefix.Length..].Split("__");
            if (!TryReplace(root, steps, SettingsNode.FromEnvironment(variable, value)))
            {
                faults.Add(variable, 0, string.Empty, value, "names no object of the settings file; sections are separated by two underscores, list items are numbers.");
            }
        }
    }

    private static bool TryReplace(SettingsNode node, ReadOnlySpan<string> steps, SettingsNode value)
    {
        var step = steps[0];
        if (int.TryParse(step, out var index))
        {
            return steps.Length > 1 && index < node.Items.Count && TryReplace(node.Items[index], steps[1..], value);
        }

        var name = node.Members.Keys.FirstOrDefault(key => string.Equals(key, step, StringComparison.OrdinalIgnoreCase));
        if (steps.Length > 1)
        {
            return name is not null && TryReplace(node.Members[name], steps[1..], value);
        }

        // a name that no setting has stays as it is, and is reported as unknown with the nearest one
        node.Members[name ?? SettingNames.Find(step) ?? step] = value;
        return true;
    }
}
