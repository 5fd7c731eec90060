using System.Globalization;

namespace EdgeAlarm.Engine.Tests.Conditions;

/// <summary>What an alarm shows after each of some values, as one line: <c>89 -; 90 on</c>.</summary>
internal static class StoryOf
{
    /// <summary>Values of tag 0, a second apart.</summary>
    public static string Values(AlarmDefinition alarm, string story) => Run(new PlantRig(Plants.With(alarm)), story);

    /// <summary>The same for a plant that stands already.</summary>
    public static string Run(PlantRig plant, string story)
    {
        var at = 1;
        return string.Join("; ", story.Split("; ").Select(step => step.Split(' ')[0]).Select(text =>
        {
            plant.Step(PlantRig.SampleOf(0, ValueOf(text), at, at++));
            return $"{text} {(plant.Engine.AlarmState(0).Condition ? "on" : "-")}";
        }));
    }

    // 7 is a real number, 7i an integer, 0x07 an unsigned word, true a boolean, none a text or an array
    private static TagValue ValueOf(string text) => text switch
    {
        "none" => TagValue.None,
        "true" or "false" => TagValue.From(text is "true"),
        _ when text.StartsWith("0x", StringComparison.Ordinal) => TagValue.From(ulong.Parse(text[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture)),
        _ when text.EndsWith('i') => TagValue.From(long.Parse(text[..^1], CultureInfo.InvariantCulture)),
        _ => TagValue.From(double.Parse(text, CultureInfo.InvariantCulture)),
    };
}
