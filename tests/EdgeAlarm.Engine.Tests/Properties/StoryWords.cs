using System.Globalization;
using System.Reflection;

namespace EdgeAlarm.Engine.Tests.Properties;

/// <summary>The steps and alarms of a story for people: a line each, times in seconds of the story, and nothing that is as it always is.</summary>
internal static class StoryWords
{
    private static readonly AlarmDefinition Usual = Plants.Alarm("?", 0) with { Handling = AlarmHandling.Default };

    /// <summary>One step.</summary>
    public static string Of(object step) => step switch
    {
        Sample sample => $"{Value(sample.PlantTime)} tag {sample.Tag} = {Value(sample.Value)} quality {Value(sample.Quality)} source time {Value(sample.SourceTime)}",
        Reloaded reloaded => $"{Value(reloaded.At)} Reloaded\n  {string.Join("\n  ", reloaded.Configuration.Alarms.Select(Of))}",
        KpiEvent told => $"{Value(told.At)} {Members(told, null)}",
        PlantTime at => $"{Value(at)} nothing",
        Input input => $"{Value(input.At)} {input.GetType().Name} {Members(input, null)}",
        _ => step.ToString()!,
    };

    /// <summary>One alarm.</summary>
    public static string Of(AlarmDefinition alarm) => $"{alarm.Id} {Members(alarm, Usual)}";

    /// <summary>What suppresses by design.</summary>
    public static string Of(SuppressionGroupDefinition group) => $"group {Members(group, null)}";

    private static string Members(object record, object? usual) => string.Join(
        ' ',
        record.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.Name is not ("EqualityContract" or "At" or "Id" or "CommandId" or "Message" or "Area") && property.GetIndexParameters().Length == 0)
            .Select(property => (property.Name, Value: Value(property.GetValue(record)), Usual: usual is null ? "" : Value(property.GetValue(usual))))
            .Where(member => member.Value != member.Usual && member.Value.Length > 0)
            .Select(member => $"{member.Name}={member.Value}"));

    private static string Value(object? value) => value switch
    {
        null => "",
        PlantTime at => $"{PlantRig.Seconds(at).ToString(CultureInfo.InvariantCulture)} s",
        UtcTime { IsMissing: true } => "missing",
        UtcTime { Ticks: var ticks } => ticks is long.MinValue or long.MaxValue ? ticks.ToString(CultureInfo.InvariantCulture) : $"{PlantRig.Seconds(new(ticks)).ToString(CultureInfo.InvariantCulture)} s",
        TimeSpan span => $"{span.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s",
        OccurrenceId occurrence => $"{occurrence.Seq}",
        AlarmHandling handling => $"({Members(handling, AlarmHandling.Default)})",
        Expression expression => $"[{string.Join(' ', expression.Steps.Items.Select(step => Value(step)))}] over {string.Join(',', expression.Tags.Items)}",
        EquatableArray<LevelDefinition> levels => string.Join(", ", levels.Span.ToArray().Select(level => Value(level))),
        EquatableArray<int> numbers => string.Join(", ", numbers.Span.ToArray()),
        EquatableArray<double> set => string.Join(", ", set.Span.ToArray()),
        TagValue tag => tag.Kind == TagValueKind.None ? "nothing" : $"{tag.Kind} {tag.AsNumber().ToString(CultureInfo.InvariantCulture)}",
        Quality quality => quality.Code.ToString("X8", CultureInfo.InvariantCulture),
        LevelDefinition level => $"({Members(level, null)})",
        ExpressionStep step => step.Operator switch { ExpressionOperator.Tag => $"tag{step.Operand}", ExpressionOperator.Number => Value(step.Number), _ => step.Operator.ToString() },
        SuppressionTrigger.Holds holds => Value(holds.Expression),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}
