using System.Globalization;
using System.Text.Json;

namespace EdgeAlarm.Historian;

/// <summary>Reads historian.json: JSON with comments and trailing commas. Paths in it are relative to its folder.</summary>
public static class HistorianSettings
{
    private static readonly JsonDocumentOptions Reading = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Reads and validates a file.</summary>
    /// <param name="path">Path of the file.</param>
    /// <exception cref="HistorianSettingsException">It cannot be read, or has faults; each names file, key, value and what is allowed.</exception>
    public static HistorianOptions Load(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path), Reading);
            var faults = new List<string>();
            var options = Read(document.RootElement, Path.GetDirectoryName(Path.GetFullPath(path))!, faults); // a file's full path has a folder
            faults.AddRange(options.Validate());
            return faults.Count == 0 ? options : throw new HistorianSettingsException([.. faults.Select(fault => $"{path}: {fault}")]);
        }
        catch (JsonException fault)
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"line {fault.LineNumber + 1}, column {fault.BytePositionInLine + 1}");
            throw new HistorianSettingsException([$"{path}: {place}: this is no JSON (comments and trailing commas are allowed)"], fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new HistorianSettingsException([$"{path}: cannot be read: {fault.Message}"], fault);
        }
    }

    private static HistorianOptions Read(JsonElement root, string folder, List<string> faults)
    {
        var top = new SettingsObject("", root, ["group", "mqtt", "store"], faults);
        var mqtt = new SettingsObject("mqtt.", top.Member("mqtt"), ["host", "port", "tls", "caFile", "user", "passwordFile"], faults);
        var store = new SettingsObject("store.", top.Member("store"), ["postgres", "passwordFile", "sqlite"], faults);
        string? Located(string? path) => string.IsNullOrEmpty(path) ? path : Path.GetFullPath(path, folder);
        return new HistorianOptions
        {
            Group = top.Text("group") ?? "main",
            Broker = new BrokerOptions
            {
                Host = mqtt.Text("host") ?? "",
                Port = mqtt.Number("port") ?? 8883,
                Tls = mqtt.Truth("tls") ?? true,
                CertificateAuthorityFile = Located(mqtt.Text("caFile")),
                User = mqtt.Text("user"),
                PasswordFile = Located(mqtt.Text("passwordFile")),
            },
            Store = new StoreOptions { Postgres = store.Text("postgres"), PasswordFile = Located(store.Text("passwordFile")), Sqlite = Located(store.Text("sqlite")) },
        };
    }
}
