using System.Globalization;
using System.Text.RegularExpressions;

namespace EdgeAlarm.Gateway.Configuration;

/// <summary>Sizes as people write them: <c>500MB</c>, <c>20GB</c> (powers of 1000).</summary>
internal static partial class ByteSize
{
    public const string Allowed = "write a size as 500MB or 20GB.";

    public static bool TryParse(string text, out long bytes)
    {
        var match = Pattern().Match(text);
        bytes = 0;
        if (!match.Success)
        {
            return false;
        }

        var factor = match.Groups["unit"].Value switch
        {
            "KB" => 1_000L,
            "MB" => 1_000_000L,
            "GB" => 1_000_000_000L,
            _ => 1_000_000_000_000L,
        };
        bytes = int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture) * factor;
        return bytes > 0;
    }

    [GeneratedRegex("^(?<number>[0-9]{1,5})(?<unit>KB|MB|GB|TB)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pattern();
}
