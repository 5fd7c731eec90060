using System.Globalization;

namespace EdgeAlarm.RuleTests;

/// <summary>Times of a scenario as people write them.</summary>
internal static class ScenarioTime
{
    /// <summary>Seconds without needless digits: <c>27.2s</c>.</summary>
    public static string Text(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.###}s");
}
