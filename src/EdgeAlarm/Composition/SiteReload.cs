using System.Security.Cryptography;
using EdgeAlarm.Gateway.Configuration;

namespace EdgeAlarm.Composition;

/// <summary>
/// Takes an edited alarm list into a running gateway. The files are one bundle: it is taken whole or not at all, and where settings or tags changed too, only a restart takes it,
/// because the PLC connections were made for those.
/// </summary>
internal sealed class SiteReload
{
    private readonly string _path;
    private readonly IReadOnlyDictionary<string, string> _environment;
    private readonly string _tagsFile;
    private readonly byte[] _settings;
    private readonly byte[] _tags;

    /// <summary>Remembers the files as they are now.</summary>
    /// <param name="path">gateway.json.</param>
    /// <param name="environment">What overrides it.</param>
    /// <param name="site">What was read from it.</param>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public SiteReload(string path, IReadOnlyDictionary<string, string> environment, Site site)
    {
        (_path, _environment, _tagsFile) = (path, environment, site.Settings.TagsFile);
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

        return (site.Normalised, $"{site.Normalised.Alarms.Alarms.Length} alarms are in effect, configuration {site.Normalised.Hash[..12]}.");
    }

    private static byte[] HashOf(string file) => SHA256.HashData(File.ReadAllBytes(file));
}
