using System.Globalization;

namespace EdgeAlarm.TestServers;

/// <summary>A line of a plant's value log: what the plant really did.</summary>
/// <param name="Ticks">SourceTimestamp in 100 ns ticks of UTC.</param>
/// <param name="Tag">Name of the tag.</param>
/// <param name="Value">The value.</param>
/// <param name="Status">The StatusCode.</param>
public readonly record struct PlantValue(long Ticks, string Tag, double Value, uint Status)
{
    /// <summary>Reads a value log with the header <c>ticks,tag,value,status</c>.</summary>
    public static IReadOnlyList<PlantValue> ReadLog(string file)
    {
        var values = new List<PlantValue>();
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            var cells = line.Split(',');
            values.Add(new(
                long.Parse(cells[0], CultureInfo.InvariantCulture), cells[1], double.Parse(cells[2], CultureInfo.InvariantCulture),
                uint.Parse(cells[3].AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture)));
        }

        return values;
    }
}
