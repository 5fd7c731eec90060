using System.Globalization;

namespace EdgeAlarm.Evaluation;

/// <summary>Reads a plant's value log: a header line, then <c>ticks,tag,value,status</c>, with .NET UTC ticks and the status in hexadecimal.</summary>
internal static class ValueLogFile
{
    /// <summary>All values in the order of the file. A last line that was cut off in writing is left out.</summary>
    public static List<LoggedValue> Read(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        var text = reader.ReadToEnd();
        var values = new List<LoggedValue>();
        foreach (var line in text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Skip(1))
        {
            var fields = line.Split(',');
            values.Add(new(
                new DateTime(long.Parse(fields[0], CultureInfo.InvariantCulture), DateTimeKind.Utc),
                fields[1],
                ParseValue(fields[2]),
                (Convert.ToUInt32(fields[3], 16) & 0x8000_0000) != 0));
        }

        return values;
    }

    private static double ParseValue(string text) => text switch
    {
        "true" or "True" => 1,
        "false" or "False" => 0,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };
}
