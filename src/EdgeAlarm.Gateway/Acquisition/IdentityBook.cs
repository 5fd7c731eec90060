using System.Text.Json;
using EdgeAlarm.OpcUa.Security;

namespace EdgeAlarm.Gateway.Acquisition;

/// <summary>
/// What the nodes of a source were when they were first met: a file of the data folder, by address. An index that shifts, or a program that is downloaded anew, may leave another
/// variable under a known address. Whoever deletes a line accepts what is there now. One caller at a time.
/// </summary>
/// <param name="path">The file; it and its folder are made when something is to be remembered.</param>
internal sealed class IdentityBook(string path)
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true };
    private SortedDictionary<string, string> _known = new(StringComparer.Ordinal);

    /// <summary>Where it is.</summary>
    public string Path { get; } = path;

    /// <summary>How many are known.</summary>
    public int Count => _known.Count;

    /// <summary>Reads the file; a missing one is an empty book.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public void Load()
    {
        try
        {
            _known = JsonSerializer.Deserialize<SortedDictionary<string, string>>(File.ReadAllBytes(Path), Format) ?? [];
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            _known = new(StringComparer.Ordinal);
        }
        catch (JsonException damaged)
        {
            throw new InvalidDataException($"{Path} is damaged: {damaged.Message} Correct it, or delete it: then every node is taken for what it is now", damaged);
        }
    }

    /// <summary>What an address was; null at the first contact.</summary>
    public string? Find(string address) => _known.GetValueOrDefault(address);

    /// <summary>Remembers an address.</summary>
    public void Remember(string address, string identity) => _known[address] = identity;

    /// <summary>Writes the file, whole or not at all.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Save()
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        DurableFolder.Write(Path, JsonSerializer.SerializeToUtf8Bytes(_known, Format));
    }
}
