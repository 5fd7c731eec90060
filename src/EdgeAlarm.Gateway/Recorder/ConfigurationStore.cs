using EdgeAlarm.Gateway.Configuration;

namespace EdgeAlarm.Gateway.Recorder;

/// <summary>Normalised configurations by their hash, kept as long as a segment may name them (rule R4).</summary>
/// <param name="folder">The data folder.</param>
internal sealed class ConfigurationStore(DataFolder folder)
{
    /// <summary>Makes a configuration durable, unless it is already.</summary>
    public void Save(NormalisedConfiguration configuration)
    {
        var path = PathOf(configuration.Hash);
        if (TryLoad(configuration.Hash) is null)
        {
            folder.Disk.WriteWhole(path, configuration.Bytes.Span);
        }
    }

    /// <summary>Loads a configuration.</summary>
    /// <exception cref="JournalDamage">It is missing, or its bytes do not have its hash.</exception>
    public NormalisedConfiguration Load(string hash) =>
        TryLoad(hash) ?? throw new JournalDamage(PathOf(hash), 0, "The configuration that the journal names is missing or damaged.");

    private NormalisedConfiguration? TryLoad(string hash)
    {
        try
        {
            var configuration = NormalisedConfiguration.Decode(File.ReadAllBytes(PathOf(hash)));
            return configuration.Hash == hash ? configuration : null;
        }
        catch (Exception failure) when (failure is InvalidDataException or FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private string PathOf(string hash) => Path.Combine(folder.Configurations, hash);
}
