using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Configuration.Expressions;

namespace EdgeAlarm.Gateway.Configuration;

/// <summary>
/// Reads SuppressWhen, SuppressEntry, SuppressExit and SuppressMax. Rows that say the same make one group, so that the plant's state is worked out once for all of them.
/// <c>alarm LT101_HIHI</c> stands for the condition of another alarm, which may come further down in the list.
/// </summary>
/// <param name="tags">All tags.</param>
internal sealed class SuppressionColumns(TagTable tags)
{
    private const string AlarmWord = "alarm ";
    private static readonly TimeSpan MaxDefault = TimeSpan.FromHours(8);
    private static readonly TimeSpan MaxMost = TimeSpan.FromDays(31);
    private static readonly TimeSpan DelayMost = TimeSpan.FromHours(1);

    private readonly List<(TableRow Row, SuppressionGroupDefinition? Group, string? Alarm)> _groups = [];
    private readonly Dictionary<(string When, TimeSpan Entry, TimeSpan Exit, TimeSpan Max), int> _byContent = [];

    /// <summary>The group of a row; -1 where nothing suppresses it.</summary>
    public int Read(TableRow row)
    {
        var text = row.Text("SuppressWhen");
        if (text.Length == 0)
        {
            foreach (var column in (ReadOnlySpan<string>)["SuppressEntry", "SuppressExit", "SuppressMax"])
            {
                if (row.Text(column) is { Length: > 0 } and not "0")
                {
                    row.Fault(column, "has no meaning without SuppressWhen; leave it blank.");
                }
            }

            return -1;
        }

        var (entry, exit) = (ReadDelay(row, "SuppressEntry"), ReadDelay(row, "SuppressExit"));
        var max = row.Time("SuppressMax", MaxDefault);
        if (max <= TimeSpan.Zero || max > MaxMost)
        {
            row.Fault("SuppressMax", $"allowed is up to {MaxMost.TotalDays:0}d, and more than 0: nothing is suppressed without an end.");
        }

        if (_byContent.TryGetValue((text, entry, exit, max), out var known))
        {
            return known;
        }

        var group = _groups.Count;
        _byContent.Add((text, entry, exit, max), group);
        var other = text.StartsWith(AlarmWord, StringComparison.Ordinal) ? text[AlarmWord.Length..].Trim() : null;
        SuppressionTrigger? trigger = other is null ? ReadTrigger(row, text) : new SuppressionTrigger.AlarmActive(-1);
        _groups.Add((row, trigger is null ? null : new(text, trigger, entry, exit, max), other));
        return group;
    }

    /// <summary>The groups, once all rows are read. Faults leave out nothing that would be used.</summary>
    public IReadOnlyList<SuppressionGroupDefinition> Finish(IReadOnlyList<AlarmDefinition> alarms)
    {
        var groups = new List<SuppressionGroupDefinition>();
        foreach (var (row, group, alarm) in _groups)
        {
            if (group is not null)
            {
                groups.Add(alarm is null ? group : group with { Trigger = new SuppressionTrigger.AlarmActive(Find(row, alarm, alarms)) });
            }
        }

        for (var index = 0; groups.Count == _groups.Count && index < groups.Count; index++)
        {
            if (IsCircular(groups, alarms, index))
            {
                _groups[index].Row.Fault("SuppressWhen", "suppresses in a circle: alarms would hide each other, and none would be seen.");
            }
        }

        return groups;
    }

    private static int Find(TableRow row, string id, IReadOnlyList<AlarmDefinition> alarms)
    {
        for (var index = 0; index < alarms.Count; index++)
        {
            if (string.Equals(alarms[index].Id, id, StringComparison.Ordinal))
            {
                CheckTrigger(row, alarms[index]);
                return index;
            }
        }

        row.Fault("SuppressWhen", $"names no alarm of the list; {NearestName.Suggest(id, [.. alarms.Select(alarm => alarm.Id)])}");
        return -1;
    }

    // what is not known suppresses nothing, so a condition that stands because the value is bad would begin to suppress when the value is good again
    private static void CheckTrigger(TableRow row, AlarmDefinition trigger)
    {
        if (trigger.Type == ConditionType.BadQuality || trigger.BadQuality != BadQualityPolicy.Hold)
        {
            row.Fault("SuppressWhen", $"names {trigger.Id}, which stands where its measurement is bad: a failed measurement hides no other alarm. Name an alarm whose BadQuality is hold.");
        }
    }

    // from an alarm that suppresses to what suppresses that one; a way longer than there are groups comes back to where it was
    private static bool IsCircular(List<SuppressionGroupDefinition> groups, IReadOnlyList<AlarmDefinition> alarms, int group)
    {
        for (var steps = 0; steps <= groups.Count; steps++)
        {
            if (groups[group].Trigger is not SuppressionTrigger.AlarmActive { Alarm: >= 0 and var alarm } || alarms[alarm].Handling.SuppressionGroup is not (>= 0 and var next))
            {
                return false;
            }

            group = next;
        }

        return true;
    }

    private SuppressionTrigger.Holds? ReadTrigger(TableRow row, string text)
    {
        var expression = ExpressionCompiler.Compile(text, tags, out var faults);
        foreach (var (at, words) in faults)
        {
            row.Fault("SuppressWhen", $"at character {at}: {words}");
        }

        return expression is null ? null : new(expression);
    }

    private static TimeSpan ReadDelay(TableRow row, string column)
    {
        var delay = row.Time(column, TimeSpan.Zero);
        if (delay > DelayMost)
        {
            row.Fault(column, $"is longer than {DelayMost.TotalHours:0} hour; a suppression that begins or ends so late suits no state of a plant.");
        }

        return delay;
    }
}
