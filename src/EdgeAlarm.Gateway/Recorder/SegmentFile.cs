using System.Globalization;

namespace EdgeAlarm.Gateway.Recorder;

/// <summary>A segment in the folder: its name says the position of its first record, so that the names sort in the order of the journal.</summary>
/// <param name="Path">The file.</param>
/// <param name="FirstPosition">From its name.</param>
internal readonly record struct SegmentFile(string Path, long FirstPosition)
{
    public const string JournalExtension = ".journal";
    public const string EventsExtension = ".events";

    public static string PathOf(string folder, long firstPosition, string extension) =>
        System.IO.Path.Combine(folder, firstPosition.ToString("D20", CultureInfo.InvariantCulture) + extension);

    /// <summary>The segments of a folder in the order of the journal; none if there is no such folder.</summary>
    public static List<SegmentFile> List(string folder, string extension)
    {
        var files = new List<SegmentFile>();
        if (!Directory.Exists(folder))
        {
            return files;
        }

        foreach (var path in Directory.EnumerateFiles(folder, "*" + extension))
        {
            if (long.TryParse(System.IO.Path.GetFileNameWithoutExtension(path.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out var first))
            {
                files.Add(new(path, first));
            }
        }

        files.Sort((left, right) => left.FirstPosition.CompareTo(right.FirstPosition));
        return files;
    }
}
