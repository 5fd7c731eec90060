using System.Globalization;
using EdgeAlarm.Engine;

namespace EdgeAlarm.Gateway.Configuration;

/// <summary>Reads alarms.csv, the master alarm list.</summary>
internal static class AlarmTable
{
    private const int MessageLengthMax = 80;

    /// <summary>The longest delay.</summary>
    public static readonly TimeSpan DelayMax = TimeSpan.FromHours(24);

    private static readonly string[] Required = ["Alarm", "Tag", "Area", "Message", "Type", "Priority"];

    private static readonly string[] Known =
    [
        .. Required, "Setpoint", "Deadband", "Window", "Expression", "OnDelay", "OffDelay", "MinPulse", "BadQuality", "AckRequired",
        "Cause", "Consequence", "Response", "Reference", "RespondWithin", .. LevelColumns.Columns, .. HandlingColumns.Columns,
    ];

    /// <summary>The words for what bad quality does.</summary>
    internal static readonly string[] BadQualityPolicies = ["hold", "alarm", "inhibit"];

    private static readonly string[] Types = Enum.GetNames<ConditionType>();
    private static readonly string[] Priorities = [.. Enum.GetNames<AlarmPriority>().Select(name => name.ToLowerInvariant())];

    public static AlarmList Read(string path, string name, TagTable tags, IReadOnlyList<AlarmClass> classes, FaultList faults)
    {
        var handling = new HandlingColumns(tags, classes);
        var alarms = new List<AlarmDefinition>();
        var rows = new List<(TableRow Row, AlarmDefinition Alarm)>();
        // two ids that only differ in case would be told apart by nobody on the phone
        var lines = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        var faultsBefore = faults.All.Count;
        var table = Table.Read(path, name, Required, Known, faults);
        if (table.Rows.Count == 0 && faults.All.Count == faultsBefore)
        {
            faults.Add(name, 1, "Alarm", null, "stands in no row: a gateway without alarms protects nobody. An empty list is most often a file that was cut off.");
        }

        foreach (var row in table.Rows)
        {
            var alarm = ReadRow(row, tags, handling);
            if (alarm.Id.Length > 0 && !lines.TryAdd(alarm.Id, row.Line))
            {
                row.Fault("Alarm", $"stands in line {lines[alarm.Id]} already; ids are unique, whatever their case.");
            }

            alarms.Add(alarm);
            rows.Add((row, alarm));
        }

        LevelOrder.Check(rows);

        return handling.Finish(alarms);
    }

    private static AlarmDefinition ReadRow(TableRow row, TagTable tags, HandlingColumns handling)
    {
        var tag = FindTag(row, tags);
        var type = Enum.Parse<ConditionType>(row.RequiredChoice("Type", Types));
        _ = row.Time("RespondWithin", TimeSpan.Zero);
        var priority = Enum.Parse<AlarmPriority>(row.RequiredChoice("Priority", Priorities), ignoreCase: true);
        var (alarmClass, handled) = handling.Read(row);
        var faultsBefore = row.FaultCount;
        var alarm = new ConditionColumns(row, tags, tag).ReadInto(new AlarmDefinition(
            ReadId(row),
            Math.Max(tag, 0),
            Readable(row, "Area", row.Required("Area")),
            ReadMessage(row),
            type,
            Setpoint: 0,
            Deadband: 0,
            ReadDelay(row, "OnDelay"),
            ReadDelay(row, "OffDelay"),
            ReadBadQuality(row, priority, alarmClass),
            priority,
            alarmClass.Name,
            string.Equals(row.Choice("AckRequired", "yes", ["yes", "no"]), "yes", StringComparison.Ordinal)) { Handling = handled });
        if (tag >= 0 && row.FaultCount == faultsBefore)
        {
            if (tags.Ranges[tag] is { } range)
            {
                new ConditionReach(row, tags.Settings[tag].Name, range.Low, range.High).Check(alarm);
            }

            CheckMinimumPulse(row, alarm, tags);
        }

        return alarm;
    }

    private static int FindTag(TableRow row, TagTable tags)
    {
        var name = row.Required("Tag");
        if (tags.TryFind(name, out var index))
        {
            return index;
        }

        if (name.Length > 0)
        {
            row.Fault("Tag", $"is no tag of the tag list; {NearestName.Suggest(name, tags.Names)}");
        }

        return -1;
    }

    // A delay of days is a slip of the unit, and an alarm that never comes.
    private static TimeSpan ReadDelay(TableRow row, string column)
    {
        var delay = row.Time(column, TimeSpan.Zero);
        if (delay > DelayMax)
        {
            row.Fault(column, $"is longer than {DelayMax.TotalHours:0} hours: such an alarm comes too late for anybody.");
        }

        return delay;
    }

    private static BadQualityPolicy ReadBadQuality(TableRow row, AlarmPriority priority, AlarmClass alarmClass)
    {
        var text = row.Choice("BadQuality", string.Empty, BadQualityPolicies);
        var policy = text.Length == 0 ? alarmClass.BadQuality : Enum.Parse<BadQualityPolicy>(text, ignoreCase: true);
        if (policy == BadQualityPolicy.Inhibit && priority == AlarmPriority.Critical)
        {
            row.Fault("BadQuality", $"a critical alarm may not go quiet because its measurement failed; allowed: hold, alarm.{(text.Length == 0 ? $" Class {alarmClass.Name} says inhibit where a row says nothing." : "")}");
        }

        return policy;
    }

    private static string ReadId(TableRow row)
    {
        var id = row.Required("Alarm");
        if (id.Length > 0 && !TagTable.IsName(id))
        {
            row.Fault("Alarm", "use letters, digits, '_', '.' and '-': commands, scenarios and topics name it.");
        }

        return id;
    }

    // a control character forges a line of the screen
    private static string Readable(TableRow row, string column, string text)
    {
        if (text.Any(char.IsControl))
        {
            row.Fault(column, "has a line break or another control character; write it as one line of plain text.");
        }

        return text;
    }

    private static string ReadMessage(TableRow row) => CheckMessage(row, "Message", row.Required("Message"));

    /// <summary>A message, told at its column where it is too long.</summary>
    public static string CheckMessage(TableRow row, string column, string message)
    {
        if (message.Length > MessageLengthMax)
        {
            row.Fault(column, $"has {message.Length} characters; an operator reads at most {MessageLengthMax} at a glance.");
        }

        return Readable(row, column, message);
    }

    // A pulse shorter than the sampling interval is invisible, whatever else is done (OPC 10000-4 §5.12.1.2), and what is seen of a longer one may be shorter by an interval. What the
    // server makes of the interval counts in the end.
    private static void CheckMinimumPulse(TableRow row, AlarmDefinition alarm, TagTable tags)
    {
        var pulse = row.Time("MinPulse", TimeSpan.Zero);
        if (pulse <= TimeSpan.Zero)
        {
            return;
        }

        var slowest = alarm.Cone.Select(tag => tags.Settings[tag]).MaxBy(tag => tag.Sampling)!; // a cone has the watched tag at least
        var delay = alarm.Levels.Span.ToArray().Select(level => level.OnDelay).Append(alarm.Levels.Span.IsEmpty ? alarm.OnDelay : TimeSpan.Zero).Max() + (alarm.Type == ConditionType.Discrepancy ? alarm.Window : TimeSpan.Zero);
        foreach (var tag in alarm.Cone)
        {
            tags.Demand(tag, new(alarm.Id, pulse));
        }

        if (pulse < slowest.Sampling)
        {
            row.Fault("MinPulse", $"cannot be seen: {slowest.Name} is sampled every {slowest.Sampling.TotalMilliseconds:0} ms; sample faster or latch the pulse in the PLC.");
        }
        else if (delay > TimeSpan.Zero && pulse < delay + slowest.Sampling)
        {
            row.Fault(
                "MinPulse",
                string.Create(CultureInfo.InvariantCulture, $"is over before the alarm comes: OnDelay{(delay > alarm.OnDelay ? " and Window" : "")} and the sampling of {slowest.Name} take {(delay + slowest.Sampling).TotalMilliseconds:0} ms; shorten the delay, or latch the pulse in the PLC."));
        }
    }
}
