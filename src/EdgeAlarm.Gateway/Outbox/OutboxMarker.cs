using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace EdgeAlarm.Gateway.Outbox;

/// <summary>
/// The small file beside the database that says whether it was closed in order, and what every epoch is receipted through. Only "closed in order", written and synced
/// after the data, lets the next start trust the database. A receipt recorded here may be older than the truth (events are sent again) and is never newer.
/// </summary>
internal sealed record OutboxMarker
{
    internal const int FormatVersion = 1;

    /// <summary>Version of the format.</summary>
    public int Version { get; init; } = FormatVersion;

    /// <summary>Whether the database was closed in order.</summary>
    public required bool Clean { get; init; }

    /// <summary>Length of the database file at that moment.</summary>
    public long DataLength { get; init; }

    /// <summary>The epochs, oldest first.</summary>
    public required IReadOnlyList<Entry> Epochs { get; init; }

    /// <summary>One epoch.</summary>
    internal sealed record Entry(int Ordinal, Guid Epoch, long Through, long Tail, IReadOnlyList<SeqRange> Holes);

    /// <summary>Reads the marker; null if there is none, or none that is whole.</summary>
    internal static OutboxMarker? Load(string path)
    {
        try
        {
            var lines = File.ReadAllLines(path);
            return lines.Length == 2 && string.Equals(lines[1], Seal(lines[0]), StringComparison.Ordinal)
                && JsonSerializer.Deserialize(lines[0], OutboxMarkerJson.Default.OutboxMarker) is { Version: FormatVersion } marker
                ? marker
                : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Replaces the marker.</summary>
    /// <param name="path">Where.</param>
    /// <param name="durable">
    /// At opening and closing: written in place and synced, so that no power cut can bring an old "closed in order" back; one that tears the line leaves no marker,
    /// which counts as "not closed in order". Otherwise replaced by a rename and not synced, so that a kill leaves the old or the new one.
    /// </param>
    internal void Save(string path, bool durable)
    {
        var json = JsonSerializer.Serialize(this, OutboxMarkerJson.Default.OutboxMarker);
        var bytes = Encoding.UTF8.GetBytes($"{json}\n{Seal(json)}\n");
        if (durable)
        {
            using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
            file.Write(bytes);
            file.SetLength(bytes.Length);
            file.Flush(flushToDisk: true);
        }
        else
        {
            File.WriteAllBytes(path + ".new", bytes);
            File.Move(path + ".new", path, overwrite: true);
        }
    }

    private static string Seal(string json) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)));
}
