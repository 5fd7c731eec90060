using CsCheck;

namespace EdgeAlarm.Engine.Tests.Properties;

/// <summary>A change of an alarm list as people make it: one row, or the order of rows or of tags, and the rest as it was.</summary>
internal sealed record ListEdit(Func<AlarmConfiguration, AlarmConfiguration> Change)
{
    private static readonly Gen<int> RowGen = Gen.Int[0, 5];

    /// <summary>Any edit; the conditions and handlings that it puts in are drawn from these.</summary>
    public static Gen<ListEdit> Any(Gen<AlarmDefinition> conditions, Gen<AlarmHandling> handlings) => Gen.OneOf(
        Gen.Select(RowGen, Gen.OneOf(0.0, 0.3, 5, 15, 60), (row, seconds) => Row(row, alarm => alarm with { OnDelay = TimeSpan.FromSeconds(seconds) })),
        Gen.Select(RowGen, Gen.OneOf(0.0, 0.3, 4, 60), (row, seconds) => Row(row, alarm => alarm with { OffDelay = TimeSpan.FromSeconds(seconds) })),
        Gen.Select(RowGen, Gen.OneOf(9.0, 11, 85, 91), (row, setpoint) => Row(row, alarm => IsLimit(alarm) ? alarm with { Setpoint = setpoint } : alarm)),
        Gen.Select(RowGen, Gen.OneOf(Enum.GetValues<BadQualityPolicy>()), (row, policy) => Row(row, alarm => alarm with { BadQuality = policy })),
        RowGen.Select(row => Row(row, alarm => alarm with { AckRequired = !alarm.AckRequired })),
        Gen.Select(RowGen, handlings, (row, handling) => Row(row, alarm => alarm with { Handling = handling })),
        Gen.Select(RowGen, conditions, (row, condition) => Row(row, alarm => condition with { Id = alarm.Id, Handling = alarm.Handling })),
        RowGen.Select(RowsFrom),
        Gen.Select(Gen.Int[0, 2], Gen.OneOf(0.0, 3, 20), (tag, seconds) => Silence(tag, TimeSpan.FromSeconds(seconds))),
        Gen.Int[0, 2].Select(TagLast));

    /// <summary>The list after it.</summary>
    public AlarmConfiguration Of(AlarmConfiguration list) => WithoutCircles(Change(list));

    /// <summary>Suppression group 1 goes by the condition of the first alarm, which therefore cannot be in it.</summary>
    public static AlarmConfiguration WithoutCircles(AlarmConfiguration list) =>
        list.Alarms[0].Handling.SuppressionGroup == 1 ? Row(0, alarm => alarm with { Handling = alarm.Handling with { SuppressionGroup = -1 } }).Change(list) : list;

    private static ListEdit Row(int row, Func<AlarmDefinition, AlarmDefinition> change) =>
        new(list => list with { Alarms = list.Alarms.SetItem(row % list.Alarms.Length, change(list.Alarms[row % list.Alarms.Length])) });

    private static ListEdit Silence(int tag, TimeSpan most) => new(list => list with { Tags = list.Tags.SetItem(tag, list.Tags[tag] with { StaleAfter = most }) });

    // another row comes first, and what goes by the first alarm goes by that one
    private static ListEdit RowsFrom(int row) => new(list => list with { Alarms = [.. list.Alarms[(row % list.Alarms.Length)..], .. list.Alarms[..(row % list.Alarms.Length)]] });

    // each tag has another index, and everything that reads it follows
    private static ListEdit TagLast(int tag) => new(list =>
    {
        int Moved(int index) => index == tag ? list.Tags.Length - 1 : index > tag ? index - 1 : index;
        Expression Follow(Expression expression) => new(expression.Steps.Items, [.. expression.Tags.Items.Select(Moved)]);
        return list with
        {
            Tags = list.Tags.RemoveAt(tag).Add(list.Tags[tag]),
            Alarms =
            [
                .. list.Alarms.Select(alarm => alarm with
                {
                    Tag = Moved(alarm.Tag),
                    SetpointTag = alarm.SetpointTag is { } other ? Moved(other) : null,
                    Expression = alarm.Expression is { } expression ? Follow(expression) : null,
                }),
            ],
            SuppressionGroups =
            [
                .. list.SuppressionGroups.Select(group => group.Trigger is SuppressionTrigger.Holds holds ? group with { Trigger = new SuppressionTrigger.Holds(Follow(holds.Expression)) } : group),
            ],
        };
    });

    private static bool IsLimit(AlarmDefinition alarm) => alarm.SetpointTag is null && alarm.Type is ConditionType.HiHi or ConditionType.Hi or ConditionType.Lo or ConditionType.LoLo;
}
