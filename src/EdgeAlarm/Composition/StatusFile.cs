using System.Text.Json;

namespace EdgeAlarm.Composition;

/// <summary>The status of a running gateway in its data folder: four times a second, written aside and renamed, so that a reader never sees half of it.</summary>
internal static class StatusFile
{
    public const string Name = "status.json";

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Writes the report. A full disk costs the report, never the gateway: the journal decides about that.</summary>
    public static void Write(string path, StatusReport report)
    {
        try
        {
            var aside = path + ".aside";
            File.WriteAllBytes(aside, JsonSerializer.SerializeToUtf8Bytes(report, Format));
            File.Move(aside, path, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // the age of the file tells the reader
        }
    }

    /// <summary>Reads the report of a data folder; null if there is none.</summary>
    /// <exception cref="InvalidDataException">The file is no status.</exception>
    public static StatusReport? Read(string dataFolder)
    {
        try
        {
            return JsonSerializer.Deserialize<StatusReport>(File.ReadAllBytes(Path.Combine(dataFolder, Name)), Format);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (JsonException failure)
        {
            throw new InvalidDataException($"{Path.Combine(dataFolder, Name)} is no status: {failure.Message}", failure);
        }
    }
}
