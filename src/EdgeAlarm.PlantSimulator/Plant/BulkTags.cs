using System.Globalization;

namespace EdgeAlarm.PlantSimulator.Plant;

/// <summary>
/// Tags for load: <c>TAG00000</c>, <c>TAG00001</c>, ... Even ones are Int32 counters (one up each change, so that a lost sample shows
/// as a hole), odd ones are Double waves. Every value follows from index and time alone.
/// </summary>
public static class BulkTags
{
    /// <summary>The most tags there can be.</summary>
    public const int CountMax = 100_000;

    /// <summary>Name of the tag with this index.</summary>
    public static string NameOf(int index) => string.Create(CultureInfo.InvariantCulture, $"TAG{index:00000}");

    /// <summary>The value of a tag.</summary>
    /// <param name="index">Index of the tag, from 0.</param>
    /// <param name="change">Number of the change: UTC ticks divided by the ticks between two changes.</param>
    /// <returns>Even index: (change + index) modulo 2,000,000,000. Odd index: a triangle of 0..100 with a period of 600 changes, shifted by the index.</returns>
    public static double ValueAt(int index, long change)
    {
        if (index % 2 == 0)
        {
            return (change + index) % 2_000_000_000;
        }

        var phase = (change + (index * 7L)) % 600;
        return (phase < 300 ? phase : 600 - phase) / 3.0;
    }

    internal static IEnumerable<PlantTag> Tags(int count) => Enumerable.Range(0, count).Select(index => index % 2 == 0
        ? new PlantTag(NameOf(index), "Counter for load tests", string.Empty, 0, 2_000_000_000, PlantValueKind.Int32, 0)
        : new PlantTag(NameOf(index), "Wave for load tests", "%", 0, 100, PlantValueKind.Double, 0));
}
