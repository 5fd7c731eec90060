using System.Security.Cryptography;
using EdgeAlarm.Gateway.Configuration;

namespace EdgeAlarm.Composition;

/// <summary>
/// Takes an edited alarm list into a running gateway. The files are one bundle: it is taken whole or not at all, and where settings or tags changed too, only a restart takes it,
/// because the PLC connections were made for those.
/// </summary>
internal sealed class SiteReload
{
    private const int NamedMax = 20;

    private readonly string _path;
    private readonly IReadOnlyDictionary<string, string> _environment;
    private readonly string _tagsFile;
    private readonly byte[] _settings;
    private readonly byte[] _tags;
    private NormalisedConfiguration _present;

    /// <summary>Remembers the files as they are now.</summary>
    /// <param name="path">gateway.json.</param>
    /// <param name="environment">What overrides it.</param>
    /// <param name="site">What was read from it.</param>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public SiteReload(string path, IReadOnlyDictionary<string, string> environment, Site site)
    {
        (_path, _environment, _tagsFile, _present) = (path, environment, site.Settings.TagsFile, site.Normalised);
        (_settings, _tags) = (HashOf(path), HashOf(_tagsFile));
    }

    /// <summary>Reads the files again.</summary>
    /// <returns>The list that can take effect, or null; and the words for whoever asked.</returns>
    public (NormalisedConfiguration? List, string Words) Read()
    {
        var (site, faults) = SiteFiles.Load(_path, _environment);
        if (site is null)
        {
            return (null, $"Nothing was changed, the files have faults:{Environment.NewLine}{string.Join(Environment.NewLine, faults)}");
        }

        if (!_settings.AsSpan().SequenceEqual(HashOf(_path)) || !_tags.AsSpan().SequenceEqual(HashOf(_tagsFile)))
        {
            return (null, $"Nothing was changed: {Path.GetFileName(_path)} or {Path.GetFileName(_tagsFile)} is another than at the start, and the files are taken together. Restart the gateway.");
        }

        var words = $"{site.Normalised.Alarms.Alarms.Length} alarms are in effect, configuration {site.Normalised.Hash[..12]}.{Difference(_present, site.Normalised)}";
        _present = site.Normalised;
        return (site.Normalised, words);
    }

    private static string Difference(NormalisedConfiguration before, NormalisedConfiguration after)
    {
        var (old, now) = (Ids(before), Ids(after));
        var added = now.Where(id => !old.Contains(id)).ToList();
        var gone = old.Where(id => !now.Contains(id)).ToList();
        return (added.Count > 0 ? $" New: {Named(added)}." : "") + (gone.Count > 0 ? $" GONE, and withdrawn where they stood: {Named(gone)}." : "");

        static HashSet<string> Ids(NormalisedConfiguration list) => [.. list.Alarms.Alarms.Select(alarm => alarm.Id)];

        static string Named(List<string> ids) => string.Join(", ", ids.Take(NamedMax)) + (ids.Count > NamedMax ? $" and {ids.Count - NamedMax} more" : "");
    }

    private static byte[] HashOf(string file) => SHA256.HashData(File.ReadAllBytes(file));
}
