using System.Security.Cryptography;
using EdgeAlarm.Gateway.Configuration;

namespace EdgeAlarm.Composition;

/// <summary>Reads edited files for a running gateway. They are one bundle: it is taken whole or not at all.</summary>
internal sealed class SiteReload
{
    private const int NamedMax = 20;

    private readonly string _path;
    private readonly IReadOnlyDictionary<string, string> _environment;
    private byte[] _taken;
    private byte[] _read;

    /// <summary>Remembers the files as they are now.</summary>
    /// <param name="path">gateway.json.</param>
    /// <param name="environment">What overrides it.</param>
    /// <param name="site">What was read from it.</param>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public SiteReload(string path, IReadOnlyDictionary<string, string> environment, Site site)
    {
        (_path, _environment) = (path, environment);
        _taken = _read = HashOf(site);
    }

    /// <summary>Reads the files again.</summary>
    /// <param name="present">What is in effect.</param>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public EditedSite Read(Site present)
    {
        var (site, faults) = SiteFiles.Load(_path, _environment);
        if (site is null)
        {
            return new(SiteChange.None, null, $"Nothing was changed, the files have faults:{Environment.NewLine}{string.Join(Environment.NewLine, faults)}");
        }

        if ((site.Settings.Site, site.Settings.Gateway, site.Settings.DataFolder) != (present.Settings.Site, present.Settings.Gateway, present.Settings.DataFolder))
        {
            return new(SiteChange.None, null, $"Nothing was changed: \"site\", \"gateway\" or \"data\" of {Path.GetFileName(_path)} is another, and that is another gateway. End this one and start that.");
        }

        _read = HashOf(site);
        var isListOnly = _read.AsSpan().SequenceEqual(_taken);
        var words = $"{site.Normalised.Alarms.Alarms.Length} alarms are in effect, configuration {site.Normalised.Hash[..12]}.{Difference(present.Normalised, site.Normalised)}";
        return isListOnly
            ? new(SiteChange.Alarms, site, words)
            : new(SiteChange.Everything, site, $"{words} Settings or tags changed too: every source was connected anew, and what was missed meanwhile is told as a gap.");
    }

    /// <summary>What was read last is in effect.</summary>
    public void Taken() => _taken = _read;

    private static string Difference(NormalisedConfiguration before, NormalisedConfiguration after)
    {
        var (old, now) = (Ids(before), Ids(after));
        var added = now.Where(id => !old.Contains(id)).ToList();
        var gone = old.Where(id => !now.Contains(id)).ToList();
        return (added.Count > 0 ? $" New: {Named(added)}." : "") + (gone.Count > 0 ? $" GONE, and withdrawn where they stood: {Named(gone)}." : "");

        static HashSet<string> Ids(NormalisedConfiguration list) => [.. list.Alarms.Alarms.Select(alarm => alarm.Id)];

        static string Named(List<string> ids) => string.Join(", ", ids.Take(NamedMax)) + (ids.Count > NamedMax ? $" and {ids.Count - NamedMax} more" : "");
    }

    // of settings and tags together
    private byte[] HashOf(Site site) => SHA256.HashData([.. SHA256.HashData(File.ReadAllBytes(_path)), .. SHA256.HashData(File.ReadAllBytes(site.Settings.TagsFile))]);
}
