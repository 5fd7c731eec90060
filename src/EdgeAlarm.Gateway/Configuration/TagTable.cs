using System.Text.RegularExpressions;
using EdgeAlarm.Engine;

namespace EdgeAlarm.Gateway.Configuration;

/// <summary>Reads tags.csv.</summary>
internal sealed partial class TagTable
{
    private static readonly string[] Required = ["Tag", "Source", "NodeId"];
    private static readonly string[] Known = [.. Required, "Unit", "Low", "High", "Sampling", "StaleAfter", "Description"];

    private readonly Dictionary<string, int> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _byAddress = new(StringComparer.Ordinal);

    /// <summary>The tags for acquisition, by index.</summary>
    public List<TagSettings> Settings { get; } = [];

    /// <summary>The same tags for the engine, by index.</summary>
    public List<TagDefinition> Definitions { get; } = [];

    /// <summary>Low and high end of each tag's range, where given.</summary>
    public List<(double Low, double High)?> Ranges { get; } = [];

    public IReadOnlyCollection<string> Names => _byName.Keys;

    public static TagTable Read(string path, string name, IReadOnlyList<SourceSettings> sources, FaultList faults)
    {
        var tags = new TagTable();
        foreach (var row in Table.Read(path, name, Required, Known, faults).Rows)
        {
            tags.Add(row, sources);
        }

        return tags;
    }

    public bool TryFind(string name, out int index) => _byName.TryGetValue(name, out index);

    /// <summary>An alarm must not miss a pulse of a tag; the shortest one counts.</summary>
    public void Demand(int tag, PulseDemand pulse)
    {
        if (Settings[tag].ShortestPulse is not { } known || pulse.Length < known.Length)
        {
            Settings[tag] = Settings[tag] with { ShortestPulse = pulse };
        }
    }

    /// <summary>Whether a tag or an alarm may be called so.</summary>
    public static bool IsName(string name) => NamePattern().IsMatch(name);

    private void Add(TableRow row, IReadOnlyList<SourceSettings> sources)
    {
        var name = row.Required("Tag");
        if (name.Length > 0 && !IsName(name))
        {
            row.Fault("Tag", "use letters, digits, '_', '.' and '-'.");
        }
        else if (name.Length > 0 && !_byName.TryAdd(name, Settings.Count))
        {
            row.Fault("Tag", $"stands in row {Settings.FindIndex(tag => string.Equals(tag.Name, name, StringComparison.Ordinal)) + 1} already; names are unique.");
        }

        var source = FindSource(row, sources);
        var address = ReadAddress(row, source);
        var sampling = row.Time("Sampling", source < 0 ? TimeSpan.Zero : sources[source].Sampling);
        var staleAfter = row.Time("StaleAfter", TimeSpan.Zero);
        var reported = source < 0 ? sampling : sampling + sources[source].Publishing;
        if (row.Text("StaleAfter").Length > 0 && staleAfter < 2 * reported)
        {
            row.Fault("StaleAfter", FormattableString.Invariant($"a value may take {reported.TotalMilliseconds:0} ms to be sampled and published; allowed is twice that or more, or blank for a value that may rest."));
        }

        var range = ReadRange(row);
        Settings.Add(new(name, Math.Max(source, 0), address, sampling, row.Text("Unit"), range) { Line = row.Line });
        Definitions.Add(new(name, Math.Max(source, 0), row.Text("Unit")) { StaleAfter = staleAfter });
        Ranges.Add(range);
    }

    private static int FindSource(TableRow row, IReadOnlyList<SourceSettings> sources)
    {
        var name = row.Required("Source");
        for (var index = 0; index < sources.Count; index++)
        {
            if (string.Equals(sources[index].Name, name, StringComparison.Ordinal))
            {
                return index;
            }
        }

        if (name.Length > 0)
        {
            row.Fault("Source", $"is no name of \"sources\" in the settings; {NearestName.Suggest(name, [.. sources.Select(source => source.Name)])}");
        }

        return -1;
    }

    private string ReadAddress(TableRow row, int source)
    {
        var address = row.Required("NodeId");
        if (address.Length > 0 && !TagAddress.TryParse(address, out _, out var fault))
        {
            row.Fault("NodeId", fault);
        }
        else if (address.Length > 0 && !_byAddress.TryAdd($"{source} {address}", row.Text("Tag")))
        {
            row.Fault("NodeId", $"is the address of {_byAddress[$"{source} {address}"]} already; one tag, one address.");
        }

        return address;
    }

    private static (double Low, double High)? ReadRange(TableRow row)
    {
        var low = row.Number("Low");
        var high = row.Number("High");
        if (low is null || high is null)
        {
            return null;
        }

        if (low < high)
        {
            return (low.Value, high.Value);
        }

        row.Fault("High", $"the range ends below its begin ({row.Text("Low")}).");
        return null;
    }

    [GeneratedRegex("^[A-Za-z0-9_.-]+$", RegexOptions.None, 1000)]
    private static partial Regex NamePattern();
}
