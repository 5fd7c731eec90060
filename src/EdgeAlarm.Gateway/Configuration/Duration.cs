using System.Globalization;
using System.Text.RegularExpressions;

namespace EdgeAlarm.Gateway.Configuration;

/// <summary>Durations as people write them: <c>500ms</c>, <c>15s</c>, <c>5m</c>, <c>1h30m</c>, <c>7d</c>.</summary>
public static partial class Duration
{
    /// <summary>What to tell whoever wrote something else.</summary>
    public const string Allowed = "write a duration as 500ms, 15s, 5m, 1h30m or 7d.";

    /// <summary>Reads a duration. A bare 0 is allowed, a bare other number is not: its unit would be a guess.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        if (string.Equals(text, "0", StringComparison.Ordinal))
        {
            return true;
        }

        var match = Pattern().Match(text);
        if (!match.Success || match.Length == 0)
        {
            return false;
        }

        try
        {
            var milliseconds = (Part(match, "d") * 86_400_000m) + (Part(match, "h") * 3_600_000m) + (Part(match, "m") * 60_000m) + (Part(match, "s") * 1_000m)
                + Part(match, "ms");
            duration = TimeSpan.FromTicks((long)(milliseconds * TimeSpan.TicksPerMillisecond));
            return true;
        }
        catch (OverflowException)
        {
            return false;
        }
    }

    private static decimal Part(Match match, string unit) => match.Groups[unit] is { Success: true } group
        ? decimal.Parse(group.Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture)
        : 0m;

    [GeneratedRegex(@"^(?:(?<d>\d+)d)?(?:(?<h>\d+)h)?(?:(?<m>\d+)m)?(?:(?<s>\d+(?:\.\d+)?)s)?(?:(?<ms>\d+(?:\.\d+)?)ms)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pattern();
}
