using System.Buffers;
using System.Globalization;

namespace EdgeAlarm.PlantSimulator.Scenarios;

/// <summary>Durations as people write them: <c>500ms</c>, <c>15s</c>, <c>5m</c>, <c>1h30m</c>.</summary>
public static class ScenarioDuration
{
    /// <summary>What to tell whoever wrote something else.</summary>
    public const string Allowed = "a duration such as 500ms, 15s, 5m or 1h30m";

    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.");

    private static readonly (string Unit, long Ticks)[] Units =
    [
        ("d", TimeSpan.TicksPerDay), ("h", TimeSpan.TicksPerHour), ("m", TimeSpan.TicksPerMinute), ("s", TimeSpan.TicksPerSecond),
        ("ms", TimeSpan.TicksPerMillisecond),
    ];

    /// <summary>Reads a duration. Units are <c>d h m s ms</c>, the larger first, each at most once; a number may have a decimal point; at most 10,000 days.</summary>
    /// <returns><see langword="false"/> where <paramref name="text"/> is anything else.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out TimeSpan duration)
    {
        duration = default;
        var total = 0m;
        var nextUnit = 0;
        var position = 0;
        while (position < text.Length)
        {
            var number = text[position..];
            number = number[..DigitsOf(number)];
            var unit = text[(position + number.Length)..];
            unit = unit[..LettersOf(unit)];
            var index = IndexOfUnit(unit);
            if (index < nextUnit || number.Length > 12 || !decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
            {
                return false;
            }

            total += value * Units[index].Ticks;
            nextUnit = index + 1;
            position += number.Length + unit.Length;
        }

        if (text.Length == 0 || total > 10_000m * TimeSpan.TicksPerDay)
        {
            return false;
        }

        duration = TimeSpan.FromTicks((long)total);
        return true;
    }

    private static int DigitsOf(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExcept(NumberCharacters);
        return end < 0 ? text.Length : end;
    }

    private static int LettersOf(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyInRange('0', '9');
        return end < 0 ? text.Length : end;
    }

    private static int IndexOfUnit(ReadOnlySpan<char> unit)
    {
        for (var i = 0; i < Units.Length; i++)
        {
            if (unit.SequenceEqual(Units[i].Unit))
            {
                return i;
            }
        }

        return -1;
    }
}
