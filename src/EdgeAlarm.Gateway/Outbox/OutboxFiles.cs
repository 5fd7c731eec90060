using System.Globalization;

namespace EdgeAlarm.Gateway.Outbox;

/// <summary>The outbox's files: the database with its log as a pair, the marker, and the pairs that were set aside.</summary>
internal sealed class OutboxFiles(string folder, int setAsideMax)
{
    private readonly string _marker = Path.Combine(folder, "outbox.marker");
    private readonly string _aside = Path.Combine(folder, "set-aside");

    /// <summary>Length of the database file; 0 if there is none.</summary>
    internal long DataLength => new FileInfo(OutboxStore.DataPath(folder)) is { Exists: true } file ? file.Length : 0;

    internal OutboxMarker? LoadMarker() => OutboxMarker.Load(_marker);

    /// <exception cref="IOException">The folder cannot be written.</exception>
    internal void SaveMarker(IReadOnlyList<OutboxMarker.Entry> epochs, bool clean, bool durable) =>
        new OutboxMarker { Clean = clean, DataLength = clean ? DataLength : 0, Epochs = epochs }.Save(_marker, durable);

    /// <summary>Moves the pair out of the way and deletes the oldest pairs beyond the limit; returns where the pair lies now.</summary>
    internal string SetAside()
    {
        var numbers = Numbers();
        var place = Path.Combine(_aside, string.Create(CultureInfo.InvariantCulture, $"{(numbers.Count == 0 ? 1 : numbers[^1] + 1):D6}"));
        Directory.CreateDirectory(place);
        Move(OutboxStore.DataPath(folder), place);
        Move(OutboxStore.LogPath(folder), place);
        numbers = Numbers();
        foreach (var number in numbers.Take(Math.Max(0, numbers.Count - setAsideMax)))
        {
            Directory.Delete(Path.Combine(_aside, number.ToString("D6", CultureInfo.InvariantCulture)), recursive: true);
        }

        return place;
    }

    internal void SetAsideIfAny()
    {
        if (File.Exists(OutboxStore.DataPath(folder)) || File.Exists(OutboxStore.LogPath(folder)))
        {
            SetAside();
        }
    }

    private static void Move(string file, string place)
    {
        if (File.Exists(file))
        {
            File.Move(file, Path.Combine(place, Path.GetFileName(file)));
        }
    }

    private List<int> Numbers()
    {
        var numbers = new List<int>();
        if (Directory.Exists(_aside))
        {
            foreach (var place in Directory.EnumerateDirectories(_aside))
            {
                if (int.TryParse(Path.GetFileName(place), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                {
                    numbers.Add(number);
                }
            }
        }

        numbers.Sort();
        return numbers;
    }
}
