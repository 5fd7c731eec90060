using System.Collections.Immutable;

namespace EdgeAlarm.Engine;

/// <summary>
/// A configuration cut down to one alarm and what decides about it: the tags that it reads, their sources, what suppresses it by design with the sources of all that it hides, and the alarm that stands behind that.
/// An engine of it tells of the alarm what the engine of the whole list would tell, in as little state as possible: for whoever searches through many of its states.
/// </summary>
/// <remarks>
/// The other alarms of a first-out group decide about nothing but the mark of the first, and are left out with it. Of the alarm that suppresses only the condition counts: it has no
/// handling here.
/// </remarks>
/// <param name="Configuration">The cut configuration; everything in the order of the whole one.</param>
/// <param name="Alarm">Index of the alarm in it.</param>
/// <param name="Tags">By the index of a tag in it: the index in the whole configuration.</param>
/// <param name="Sources">By the index of a source in it: the index in the whole configuration.</param>
public sealed record AlarmCone(AlarmConfiguration Configuration, int Alarm, EquatableArray<int> Tags, EquatableArray<int> Sources)
{
    /// <summary>Cuts a configuration.</summary>
    /// <param name="whole">A validated configuration.</param>
    /// <param name="alarm">Index of the alarm in it.</param>
    /// <exception cref="IndexOutOfRangeException">There is no such alarm.</exception>
    public static AlarmCone Of(AlarmConfiguration whole, int alarm)
    {
        var definition = whole.Alarms[alarm];
        var group = definition.Handling.SuppressionGroup is >= 0 and var index ? whole.SuppressionGroups[index] : null;
        var behind = group?.Trigger is SuppressionTrigger.AlarmActive active ? active.Alarm : alarm;
        ImmutableArray<int> alarms = [.. new[] { alarm, behind }.Distinct().Order()];
        var condition = group?.Trigger is SuppressionTrigger.Holds holds ? holds.Expression.Tags.Items : [];
        ImmutableArray<int> tags = [.. alarms.SelectMany(each => whole.Alarms[each].Cone).Concat(condition).Distinct().Order()];
        // whether a trigger that is away may go on hiding depends on what else it hides
        ImmutableArray<int> beside = group is null ? [] : [.. whole.Alarms.Where(each => each.Handling.SuppressionGroup == definition.Handling.SuppressionGroup).SelectMany(each => each.Cone).Select(tag => whole.Tags[tag].Source).Distinct()];
        ImmutableArray<int> sources = [.. tags.Select(tag => whole.Tags[tag].Source).Concat(beside).Distinct().Order()];
        var handling = definition.Handling with { SuppressionGroup = group is null ? -1 : 0, FirstOutGroup = -1 };
        var configuration = new AlarmConfiguration(
            [.. sources.Select(source => whole.Sources[source])],
            [.. tags.Select(tag => whole.Tags[tag] with { Source = sources.IndexOf(whole.Tags[tag].Source) })],
            [.. alarms.Select(each => Cut(whole.Alarms[each], tags) with { Handling = each == alarm ? handling : AlarmHandling.Default })])
        {
            SuppressionGroups = group is null ? [] : [group with { Trigger = Cut(group.Trigger, tags, alarms), OtherSources = new([.. beside.Select(source => sources.IndexOf(source))]) }],
        };
        return new(configuration, alarms.IndexOf(alarm), new(tags), new(sources));
    }

    private static AlarmDefinition Cut(AlarmDefinition alarm, ImmutableArray<int> tags) => alarm with
    {
        Tag = tags.IndexOf(alarm.Tag),
        SetpointTag = alarm.SetpointTag is { } other ? tags.IndexOf(other) : null,
        Expression = alarm.Expression is { } expression ? Cut(expression, tags) : null,
    };

    private static SuppressionTrigger Cut(SuppressionTrigger trigger, ImmutableArray<int> tags, ImmutableArray<int> alarms) => trigger switch
    {
        SuppressionTrigger.Holds holds => new SuppressionTrigger.Holds(Cut(holds.Expression, tags)),
        SuppressionTrigger.AlarmActive active => new SuppressionTrigger.AlarmActive(alarms.IndexOf(active.Alarm)),
        _ => throw new InvariantViolation($"The engine does not know the suppression trigger {trigger}."),
    };

    private static Expression Cut(Expression expression, ImmutableArray<int> tags) =>
        new(expression.Steps.Items, [.. expression.Tags.Items.Select(tag => tags.IndexOf(tag))]);
}
