using EdgeAlarm.Engine;

namespace EdgeAlarm.RuleTests;

/// <summary>The names that a scenario may use.</summary>
/// <param name="Sources">Sources by index.</param>
/// <param name="Tags">Tags by index.</param>
/// <param name="Alarms">Alarms by index.</param>
internal sealed record RuleNames(IReadOnlyList<string> Sources, IReadOnlyList<string> Tags, IReadOnlyList<string> Alarms)
{
    /// <summary>These, and the alarms of further lists that come in the course of a scenario.</summary>
    public RuleNames With(IEnumerable<RuleNames> others) => this with { Alarms = [.. Alarms.Concat(others.SelectMany(other => other.Alarms)).Distinct(StringComparer.Ordinal)] };

    public static RuleNames Of(AlarmConfiguration configuration) => new(
        [.. configuration.Sources.Select(source => source.Name)], [.. configuration.Tags.Select(tag => tag.Name)], [.. configuration.Alarms.Select(alarm => alarm.Id)]);
}
