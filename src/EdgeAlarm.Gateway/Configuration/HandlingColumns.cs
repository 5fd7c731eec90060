using System.Globalization;
using EdgeAlarm.Engine;

namespace EdgeAlarm.Gateway.Configuration;

/// <summary>Reads what the rows of the master alarm list say of handling: Class, Latch, ReAlarm, ShelveMax, FirstOutGroup and the suppression by design.</summary>
/// <param name="tags">All tags.</param>
/// <param name="classes">The classes that the settings define; where they define none, any name is a class.</param>
internal sealed class HandlingColumns(TagTable tags, IReadOnlyList<AlarmClass> classes)
{
    private static readonly TimeSpan ReAlarmLeast = TimeSpan.FromSeconds(10);

    private readonly SuppressionColumns _suppression = new(tags);
    private readonly List<string> _firstOutGroups = [];

    /// <summary>The columns that it reads.</summary>
    public static IReadOnlyList<string> Columns { get; } =
        ["Class", "Latch", "ReAlarm", "ShelveMax", "FirstOutGroup", "SuppressWhen", "SuppressEntry", "SuppressExit", "SuppressMax"];

    /// <summary>The handling of a row, and its class.</summary>
    public (AlarmClass Class, AlarmHandling Handling) Read(TableRow row)
    {
        var alarmClass = FindClass(row);
        var (latch, latchFor) = ReadLatch(row);
        var group = _suppression.Read(row);
        if (alarmClass.IsHighlyManaged)
        {
            CheckHighlyManaged(row, alarmClass, group);
        }

        return (alarmClass, new()
        {
            Latch = latch,
            LatchFor = latchFor,
            ReAlarm = ReadReAlarm(row),
            ShelveMax = ReadShelveMax(row, alarmClass),
            OutOfServiceMax = alarmClass.OutOfServiceMax,
            IsNoteRequired = alarmClass.NeedsNote,
            IsHighlyManaged = alarmClass.IsHighlyManaged,
            ChatterWithin = alarmClass.ChatterWithin,
            FleetingWithin = alarmClass.FleetingWithin,
            SuppressionGroup = group,
            FirstOutGroup = ReadFirstOutGroup(row),
        });
    }

    /// <summary>The list, once all rows are read.</summary>
    public AlarmList Finish(IReadOnlyList<AlarmDefinition> alarms) => new(alarms, _suppression.Finish(alarms), _firstOutGroups);

    private static void CheckHighlyManaged(TableRow row, AlarmClass alarmClass, int group)
    {
        if (group >= 0)
        {
            row.Fault("SuppressWhen", $"class {alarmClass.Name} is highly managed; its alarms are never suppressed by design.");
        }

        if (row.Text("AckRequired") is "no")
        {
            row.Fault("AckRequired", $"class {alarmClass.Name} is highly managed; each of its occurrences is acknowledged.");
        }

        if (row.Text("BadQuality") is "inhibit")
        {
            row.Fault("BadQuality", $"class {alarmClass.Name} is highly managed; its alarms may not go quiet because their measurement failed; allowed: hold, alarm.");
        }
    }

    private AlarmClass FindClass(TableRow row)
    {
        var name = row.Text("Class") is { Length: > 0 } text ? text : AlarmClass.DefaultName;
        if (classes.FirstOrDefault(known => string.Equals(known.Name, name, StringComparison.Ordinal)) is { } found)
        {
            return found;
        }

        if (classes.Count > 0 && !string.Equals(name, AlarmClass.DefaultName, StringComparison.Ordinal))
        {
            row.Fault("Class", $"is no name of \"classes\" in the settings; {NearestName.Suggest(name, [.. classes.Select(known => known.Name)])}");
        }

        return AlarmClass.Unsaid(name);
    }

    private static (LatchMode Latch, TimeSpan For) ReadLatch(TableRow row)
    {
        switch (row.Text("Latch"))
        {
            case "" or "none":
                return (LatchMode.None, TimeSpan.Zero);
            case "manual":
                return (LatchMode.Manual, TimeSpan.Zero);
            case var text when Duration.TryParse(text, out var time) && time > TimeSpan.Zero:
                return (LatchMode.Timed, time);
            default:
                row.Fault("Latch", "write none, manual, or the duration after which it resets itself, as 10m.");
                return (LatchMode.None, TimeSpan.Zero);
        }
    }

    private static TimeSpan ReadReAlarm(TableRow row)
    {
        var text = row.Text("ReAlarm");
        if (text is "" or "never")
        {
            return TimeSpan.Zero;
        }

        if (Duration.TryParse(text, out var time) && time >= ReAlarmLeast)
        {
            return time;
        }

        row.Fault("ReAlarm", $"write never, or a duration of at least {ReAlarmLeast.TotalSeconds:0}s, as 30m.");
        return TimeSpan.Zero;
    }

    private static TimeSpan ReadShelveMax(TableRow row, AlarmClass alarmClass)
    {
        var time = row.Time("ShelveMax", alarmClass.ShelveMax);
        if (time > AlarmClass.ShelveMost)
        {
            row.Fault("ShelveMax", $"allowed is up to {AlarmClass.ShelveMost.TotalHours:0}h: whoever has the next shift decides anew.");
        }
        else if (alarmClass.IsHighlyManaged && time > TimeSpan.Zero)
        {
            row.Fault("ShelveMax", $"class {alarmClass.Name} is highly managed; its alarms are never shelved.");
        }
        else if (time > alarmClass.ShelveMax)
        {
            row.Fault("ShelveMax", $"is more than its class {alarmClass.Name} allows, {(alarmClass.ShelveMax == TimeSpan.Zero ? "which is never shelved" : string.Create(CultureInfo.InvariantCulture, $"{alarmClass.ShelveMax.TotalMinutes:0} minutes"))}.");
        }

        return time;
    }

    private int ReadFirstOutGroup(TableRow row)
    {
        var name = row.Text("FirstOutGroup");
        if (name.Length > 0 && !_firstOutGroups.Contains(name, StringComparer.Ordinal))
        {
            _firstOutGroups.Add(name);
        }

        return _firstOutGroups.IndexOf(name);
    }
}
