using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using EdgeAlarm.Browsing;
using EdgeAlarm.Gateway.Acquisition;
using EdgeAlarm.Gateway.Configuration;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Client;
using EdgeAlarm.OpcUa.Security;

namespace EdgeAlarm.Verbs;

/// <summary><c>edgealarm browse</c>: what a server has, as a tree or as rows of tags.csv.</summary>
internal static class BrowseVerb
{
    private const int DepthDefault = 20;
    private const int WidthDefault = 100;
    private const int WidthMin = 60;
    private const int LeftOutShownMax = 50;
    private static readonly string Securities = string.Join(", ", EndpointSecurity.All);

    public static Command Command()
    {
        var config = ConfigurationOption.Create();
        var source = new Option<string?>("--source") { Description = "A source of the settings, where there are several; with --url the name in the rows of --tags.", HelpName = "NAME" };
        var url = new Option<string?>("--url") { Description = "A server, instead of a source of the settings.", HelpName = "opc.tcp://HOST:PORT" };
        var security = new Option<string?>("--security") { Description = $"With --url: what is demanded of the server, never less. {Securities}.", HelpName = "NAME" };
        var user = new Option<string?>("--user") { Description = "With --url: the user's name; without, nobody in particular.", HelpName = "NAME" };
        var passwordFile = new Option<string?>("--password-file") { Description = "With --user: file whose first line is the password.", HelpName = "FILE" };
        var certificates = new Option<string>("--certificates") { Description = "With --url: certificate folder with own/ and trusted/.", HelpName = "FOLDER", DefaultValueFactory = _ => "certs" };
        var from = new Option<string?>("--from") { Description = "Where to begin: nsu=<uri>;s=<name> (or i= g= b=). Without, all but the Server object.", HelpName = "NODEID" };
        var depth = new Option<int?>("--depth") { Description = "Steps to go down, 1 to 50; without, 20.", HelpName = "STEPS" };
        var filter = new Option<string?>("--filter") { Description = "Only variables whose path has this in it; with *, which stands for anything, those whose path or name is so as a whole.", HelpName = "TEXT" };
        var tags = new Option<bool>("--tags") { Description = "Rows of tags.csv, with units and ranges as the server tells them." };
        var json = new Option<bool>("--json") { Description = "One JSON line a variable." };
        var command = new Command("browse", "Show what a server has: names, values, units, types; or write it as rows of tags.csv.")
        {
            config, source, url, security, user, passwordFile, certificates, from, depth, filter, tags, json,
        };
        depth.Validators.Add(result =>
        {
            if (result.Tokens is [var given] && !(int.TryParse(given.Value, CultureInfo.InvariantCulture, out var steps) && steps is >= 1 and <= 50))
            {
                result.AddError($"--depth: '{given.Value}' is no number of steps. Allowed: 1 to 50.");
            }
        });
        command.Validators.Add(result =>
        {
            if (result.GetValue(url) is null != result.GetValue(security) is null)
            {
                result.AddError($"--url and --security belong together. Allowed: {Securities}.");
            }
            else if (result.GetValue(security) is { } demanded && !EndpointSecurity.TryFind(demanded, out _))
            {
                result.AddError($"--security: '{demanded}' is no security. Allowed: {Securities}.");
            }
            if (result.GetValue(url) is { } address && !(Uri.TryCreate(address, UriKind.Absolute, out var parsed) && string.Equals(parsed.Scheme, "opc.tcp", StringComparison.Ordinal)))
            {
                result.AddError($"--url: '{address}' is no address of a server. Allowed: opc.tcp://host:port.");
            }
            if (result.GetValue(tags) && result.GetValue(json))
            {
                result.AddError("--tags and --json exclude each other: --tags writes rows of tags.csv, --json one line of JSON a variable.");
            }
            if (result.GetValue(user) is null != result.GetValue(passwordFile) is null)
            {
                result.AddError("--user and --password-file belong together.");
            }
            if (result.GetValue(from) is { } node && !ExpandedNodeId.TryParse(node, out _))
            {
                result.AddError($"--from: '{node}' is no node id. Allowed: nsu=<uri>;s=<name> (or i= g= b=).");
            }
        });
        command.SetAction(async (result, cancellationToken) =>
        {
            var client = result.GetValue(url) is { } address
                ? OfUrl(new Uri(address), result.GetValue(security)!, result.GetValue(user), result.GetValue(passwordFile), result.GetValue(certificates)!, result.GetValue(source) ?? "PLC1")
                : OfSettings(result.GetValue(config)!, result.GetValue(source));
            var begin = result.GetValue(from) is { } node ? ExpandedNodeId.Parse(node) : (ExpandedNodeId?)null;
            var show = result.GetValue(tags) ? ShowTags : result.GetValue(json) ? ShowJson : (Action<string, PlantBrowser, IReadOnlyList<BrowseRow>>)ShowTree;
            return client is { } ready ? await RunAsync(ready.Name, ready.Options, begin, result.GetValue(depth) ?? DepthDefault, result.GetValue(filter), show, cancellationToken) : ExitCode.CouldNotRun;
        });
        return command;
    }

    private static (string Name, Func<UaClientOptions> Options)? OfUrl(Uri url, string security, string? user, string? passwordFile, string certificates, string name)
    {
        if (!EndpointSecurity.TryFind(security, out var demanded))
        {
            // the validator refused it before
            return null;
        }
        return (name, () => new UaClientOptions
        {
            EndpointUrl = url,
            Policy = demanded.Policy,
            Mode = demanded.Mode,
            Certificates = new CertificateStore(certificates),
            User = user is null ? UserIdentity.Anonymous : UserIdentity.Named(user, SecretFile.Read(passwordFile!)), // they come together
            SessionName = "EdgeAlarm browse",
        });
    }

    private static (string Name, Func<UaClientOptions> Options)? OfSettings(string path, string? name)
    {
        // what is browsed for is not in the tables yet: their faults do not matter here
        var (settings, faults) = SiteFiles.LoadSettings(path, ConfigurationOption.ReadEnvironment());
        ConfigurationOption.Report(faults);
        if (settings is null || faults.Count > 0)
        {
            return null;
        }
        var names = settings.Sources.Select(known => known.Name).ToArray();
        var source = name is null && names.Length == 1 ? 0 : Array.IndexOf(names, name);
        if (source < 0)
        {
            Console.Error.WriteLine($"{(name is null ? "Which source?" : $"--source: '{name}' is no source.")} Allowed: --source with one of {string.Join(", ", names)}.");
            return null;
        }
        var plc = OpcUaPlcOptions.From(settings, source, [], _ => { });
        return (names[source], () => plc.Client with { SessionName = $"{plc.Client.SessionName} browse", User = plc.ReadUser?.Invoke() ?? UserIdentity.Anonymous });
    }

    private static async Task<int> RunAsync(
        string name, Func<UaClientOptions> options, ExpandedNodeId? from, int depth, string? filter, Action<string, PlantBrowser, IReadOnlyList<BrowseRow>> show, CancellationToken cancellationToken)
    {
        try
        {
            await using var session = await UaSession.ConnectAsync(options(), TimeProvider.System, cancellationToken);
            var browser = new PlantBrowser(session);
            var rows = await browser.RunAsync(from, depth, filter, cancellationToken);
            show(name, browser, rows);
            if (browser.Unreadable > 0)
            {
                await Console.Error.WriteLineAsync($"{browser.Unreadable} nodes could not be browsed by this user.");
            }
            if (browser.IsCutShort)
            {
                await Console.Error.WriteLineAsync("There is more than was shown: name a node with --from, or go deeper with --depth.");
            }
            return rows.Any(row => row.IsVariable) ? ExitCode.Done : ExitCode.Found;
        }
        catch (Exception failure) when (failure is UaClientException or IOException or UnauthorizedAccessException or System.Security.Cryptography.CryptographicException)
        {
            await Console.Error.WriteLineAsync($"{name}: {failure.Message.TrimEnd('.')}.");
            return ExitCode.CouldNotRun;
        }
    }

    private static void ShowTree(string name, PlantBrowser browser, IReadOnlyList<BrowseRow> rows)
    {
        var width = Console.IsOutputRedirected ? WidthDefault : Math.Max(WidthMin, Console.WindowWidth - 1);
        foreach (var line in BrowseTree.Lines(rows, width).Concat(BrowseTree.Legend(rows, browser.Namespaces)))
        {
            Console.WriteLine(line);
        }
        Console.WriteLine($"{name}: {rows.Count(row => row.IsVariable)} variables in {rows.Count} nodes.");
    }

    private static void ShowTags(string name, PlantBrowser browser, IReadOnlyList<BrowseRow> rows)
    {
        var tags = new TagRows(name);
        foreach (var line in tags.Lines(rows))
        {
            Console.WriteLine(line);
        }
        foreach (var (path, why) in tags.LeftOut.Take(LeftOutShownMax))
        {
            Console.Error.WriteLine($"left out: {path}: {why}.");
        }
        if (tags.LeftOut.Count > 0)
        {
            Console.Error.WriteLine($"{tags.LeftOut.Count} variables are left out: no alarm can compare what they hold{(tags.LeftOut.Count > LeftOutShownMax ? $"; the first {LeftOutShownMax} are named" : "")}.");
        }
    }

    private static void ShowJson(string name, PlantBrowser browser, IReadOnlyList<BrowseRow> rows)
    {
        foreach (var row in rows.Where(row => row.IsVariable))
        {
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                source = name,
                path = row.Node.Path,
                address = row.Address.ToString(),
                type = BrowseWords.Type(row),
                value = BrowseWords.Value(row),
                status = $"0x{row.Value.Status.Code.ToString("X8", CultureInfo.InvariantCulture)}",
                unit = row.Description!.Unit?.DisplayName.Text, // a variable has one
                low = row.Description.Range?.Low,
                high = row.Description.Range?.High,
                history = row.Description.HasHistory,
                description = row.Description.Description,
            }));
        }
    }
}
